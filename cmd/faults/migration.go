package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const links = 60_000 // rows that the migration moves, so that it takes a while

// killWhileMigrating starts the program on a database of the first schema, and kills it at many moments of the upgrade.
func killWhileMigrating(ctx context.Context, l *lab) (finding, error) {
	first := filepath.Join(l.root, "first-schema")
	if err := l.makeFirstSchema(ctx, first); err != nil {
		return finding{}, err
	}
	whole, took, err := l.upgraded(ctx, first)
	if err != nil {
		return finding{}, err
	}
	before, err := schemaOf(ctx, first)
	if err != nil {
		return finding{}, err
	}
	kills := l.count(40, 400)
	old, fresh := 0, 0
	for n := range kills {
		folder, err := l.copied(first)
		if err != nil {
			return finding{}, err
		}
		if err := l.killedAfter(ctx, folder, took*time.Duration(n)/time.Duration(kills)); err != nil {
			return finding{}, err
		}
		got, err := schemaOf(ctx, folder)
		if err != nil {
			return finding{}, fmt.Errorf("after kill %d: %w", n+1, err)
		}
		switch got {
		case before:
			old++
		case whole:
			fresh++
		}
		if after, _, err := l.upgraded(ctx, folder); err != nil || after != whole {
			return finding{fmt.Sprintf("the start after kill %d: %v", n+1, err), false}, nil
		}
		if err := os.RemoveAll(folder); err != nil {
			return finding{}, err
		}
	}
	return finding{fmt.Sprintf("%d kills: %d old, %d new, %d between; every next start went on", kills, old, fresh, kills-old-fresh), old > 0 && old+fresh == kills}, nil
}

func (l *lab) copied(folder string) (string, error) {
	to, err := os.MkdirTemp(l.root, "data-")
	if err != nil {
		return "", err
	}
	return to, os.CopyFS(to, os.DirFS(folder))
}

// makeFirstSchema makes the database that the first version of the program left, with something in it.
func (l *lab) makeFirstSchema(ctx context.Context, folder string) (err error) {
	text, err := os.ReadFile(filepath.Join(l.Migrations, "00001_start.sql"))
	if err != nil {
		return err
	}
	up, _, _ := strings.Cut(string(text), "-- +goose Down")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	db, err := database(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, statement := range []string{"PRAGMA journal_mode = WAL", up, `
		CREATE TABLE goose_db_version (
			id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL,
			tstamp TIMESTAMP DEFAULT (datetime('now'))
		);
		INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1);
		INSERT INTO account (id, email, name, password_hash, admin, version, created_at) VALUES ('ada', 'ada@example.org', 'Ada', 'h', 1, 1, 1);
	`} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the first schema: %w", err)
		}
	}
	_, err = db.ExecContext(ctx, `
		WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
		INSERT INTO one_time_link (token_hash, kind, account_id, created_at, expires_at) SELECT 'hash ' || n, 'reset', 'ada', 1, 2 FROM n
	`, links)
	return err
}

// upgraded starts the program on a copy of a folder, which brings its schema up to date, and returns that and how long
// it took.
func (l *lab) upgraded(ctx context.Context, from string) (schema string, took time.Duration, err error) {
	folder, err := l.copied(from)
	if err != nil {
		return "", 0, err
	}
	start := time.Now()
	s, err := l.start(ctx, folder)
	if err != nil {
		return "", 0, err
	}
	took = time.Since(start)
	if _, err := s.stop(); err != nil {
		return "", 0, err
	}
	schema, err = schemaOf(ctx, folder)
	return schema, took, errors.Join(err, os.RemoveAll(folder))
}

// killedAfter starts the program and kills it after a while.
func (l *lab) killedAfter(ctx context.Context, folder string, delay time.Duration) error {
	command := l.serveCommand(ctx, "127.0.0.1:0", folder)
	if err := command.Start(); err != nil {
		return err
	}
	<-time.After(delay)
	if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	_ = command.Wait() // killed: that is its error
	return nil
}

// schemaOf returns the whole schema of a database with its versions and how many links it keeps, after a check of every
// page.
func schemaOf(ctx context.Context, folder string) (_ string, err error) {
	db, err := database(folder)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict, schema string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check").Scan(&verdict); err != nil || verdict != "ok" {
		return "", fmt.Errorf("the database is not sound: %s, %w", verdict, err)
	}
	err = db.QueryRowContext(ctx, `
		SELECT (SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10) ORDER BY type, name) FROM sqlite_schema)
			|| (SELECT group_concat(version_id, ' ' ORDER BY id) FROM goose_db_version)
			|| ', ' || (SELECT count(*) FROM one_time_link) || ' links'
	`).Scan(&schema)
	return schema, err
}
