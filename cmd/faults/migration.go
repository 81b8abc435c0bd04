package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"plumbline/cmd/internal/lab"
)

const links = 20_000 // rows that the migration moves, to make it take a while

// What the program logs before and after it upgrades a schema.
const (
	saysCopied = "database copied"
	saysOpen   = "database open"
)

// upgrade is how the program upgrades a database of the first schema.
type upgrade struct {
	first          string // a data folder with that schema
	before, whole  string // the schema, and what the upgrade makes of it
	between        []string
	newest         int           // number of the last step
	toCopy, toOpen time.Duration // from the start of the program until it has its copy, and the new schema
}

// killWhileMigrating starts the program on a database of the first schema, and kills it at many moments: some from its
// start on, most from the moment on at which it has made its copy and begins to upgrade.
func killWhileMigrating(ctx context.Context, t *trial) (finding, error) {
	u, err := t.rehearse(ctx)
	if err != nil {
		return finding{}, err
	}
	kills, copies := t.few(3, t.count(30, 400)), 0
	states := map[string]int{}
	for n := range kills {
		schema, copied, err := t.killOnce(ctx, u, n, kills)
		if err != nil {
			return finding{}, fmt.Errorf("kill %d: %w", n+1, err)
		}
		states[schema]++
		if copied {
			copies++
		}
	}
	old, fresh, steps := states[u.before], states[u.whole], 0
	for _, step := range u.between {
		if step != u.whole {
			steps += states[step]
		}
	}
	inside := kills - old - fresh - steps
	figure := fmt.Sprintf("%d kills: %d old, %d new, %d after a step, %d inside one; %d with the copy of before; every next start went on",
		kills, old, fresh, steps, inside, copies)
	return finding{figure: figure, met: old > 0 && fresh > 0 && inside == 0}, nil
}

// rehearse runs an upgrade without a fault.
func (t *trial) rehearse(ctx context.Context) (u upgrade, err error) {
	u.first = filepath.Join(t.root, "first-schema")
	if err := t.makeFirstSchema(ctx, u.first); err != nil {
		return u, err
	}
	if u.before, err = schemaOf(ctx, u.first); err != nil {
		return u, err
	}
	if u.whole, err = t.upgraded(ctx, u.first); err != nil {
		return u, err
	}
	if u.between, u.newest, err = t.stepsFrom(ctx, u.first); err != nil {
		return u, err
	}
	u.toCopy, u.toOpen, err = t.timesOfUpgrade(ctx, u.first)
	return u, err
}

// killOnce kills the program during one of a number of upgrades. It returns the schema that this left, and whether the
// copy of before was there. The next start must bring the schema up to date.
func (t *trial) killOnce(ctx context.Context, u upgrade, n, kills int) (schema string, copied bool, err error) {
	folder, err := t.copied(u.first)
	if err != nil {
		return "", false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	part := time.Duration(n) * 2 // up to twice the time that it took, so that some come after the end
	if n%4 == 0 {
		err = t.killedAfter(ctx, folder, "", u.toOpen*part/time.Duration(kills))
	} else {
		err = t.killedAfter(ctx, folder, saysCopied, (u.toOpen-u.toCopy)*part/time.Duration(kills))
	}
	if err != nil {
		return "", false, err
	}
	_, missing := os.Stat(filepath.Join(folder, fmt.Sprintf("before-schema-%d.db", u.newest)))
	if schema, err = schemaOf(ctx, folder); err != nil {
		return "", false, err
	}
	after, err := t.upgraded(ctx, folder)
	if err == nil && after != u.whole {
		err = errors.New("the next start leaves another schema")
	}
	return schema, missing == nil, err
}

// stepsFrom returns the schema after each step of the upgrade from a folder with the first schema, and the number of the
// last step.
func (t *trial) stepsFrom(ctx context.Context, first string) (schemas []string, newest int, err error) {
	folder, err := t.copied(first)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	files, err := filepath.Glob(filepath.Join(t.Migrations, "*.sql"))
	if err != nil {
		return nil, 0, err
	}
	for _, file := range files {
		if _, err := fmt.Sscanf(filepath.Base(file), "%d_", &newest); err != nil {
			return nil, 0, err
		}
		if newest == 1 {
			continue
		}
		if err := runStep(ctx, folder, file, newest); err != nil {
			return nil, 0, fmt.Errorf("run %s: %w", file, err)
		}
		schema, err := schemaOf(ctx, folder)
		if err != nil {
			return nil, 0, err
		}
		schemas = append(schemas, schema)
	}
	return schemas, newest, nil
}

// runStep applies one migration to a database and records it as applied.
func runStep(ctx context.Context, folder, file string, version int) (err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	up, _, _ := strings.Cut(string(text), "-- +goose Down")
	db, err := database(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, up); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)", version)
	return err
}

// makeFirstSchema makes a database as the first version of the program left it, with some data.
func (t *trial) makeFirstSchema(ctx context.Context, folder string) (err error) {
	text, err := os.ReadFile(filepath.Join(t.Migrations, "00001_start.sql"))
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
	`, t.few(2000, links))
	return err
}

// upgraded starts the program on a copy of a folder, which upgrades the schema, and returns the new schema.
func (t *trial) upgraded(ctx context.Context, from string) (schema string, err error) {
	folder, err := t.copied(from)
	if err != nil {
		return "", err
	}
	s, err := lab.Start(ctx, t.Binary, folder)
	if err != nil {
		return "", err
	}
	if _, err := s.Stop(); err != nil {
		return "", err
	}
	schema, err = schemaOf(ctx, folder)
	return schema, errors.Join(err, os.RemoveAll(folder))
}

// timesOfUpgrade returns how long after its start the program has its copy, and the new schema.
func (t *trial) timesOfUpgrade(ctx context.Context, from string) (toCopy, toOpen time.Duration, err error) {
	folder, err := t.copied(from)
	if err != nil {
		return 0, 0, err
	}
	start := time.Now()
	err = t.untilKilled(ctx, folder, func(lines *bufio.Scanner) {
		waitFor(lines, saysCopied)
		toCopy = time.Since(start)
		waitFor(lines, saysOpen)
		toOpen = time.Since(start)
	})
	return toCopy, toOpen, err
}

// waitFor reads lines up to the one with the text.
func waitFor(lines *bufio.Scanner, text string) {
	for lines.Scan() && !strings.Contains(lines.Text(), text) {
	}
}

// killedAfter starts the program and kills it a while after it has logged a text, or after its start.
func (t *trial) killedAfter(ctx context.Context, folder, text string, delay time.Duration) error {
	return t.untilKilled(ctx, folder, func(lines *bufio.Scanner) {
		if text != "" {
			waitFor(lines, text)
		}
		<-time.After(delay)
	})
}

// untilKilled starts the program, passes its log to the function, and kills it when that returns.
func (t *trial) untilKilled(ctx context.Context, folder string, look func(*bufio.Scanner)) error {
	command := lab.ServeCommand(ctx, t.Binary, "127.0.0.1:0", folder)
	log, err := command.StderrPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	look(bufio.NewScanner(log))
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
