package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
)

// upsert is the cheapest durable save there is: one prepared statement on one connection, committed each time, with
// the settings of the application's writer.
type upsert struct {
	db        *sql.DB
	statement *sql.Stmt
	version   int
}

func newUpsert(ctx context.Context, folder string) (*upsert, error) {
	settings := url.Values{"_journal": {"WAL"}, "_sync": {"FULL"}, "_txlock": {"immediate"}, "_fk": {"1"}}
	name := url.URL{Scheme: "file", Path: filepath.Join(folder, "bare.db"), RawQuery: settings.Encode()}
	db, err := sql.Open("sqlite3", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	u := &upsert{db: db}
	if err := u.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bare database: %w", err), db.Close())
	}
	return u, nil
}

// settle saves until the write-ahead log has its full length: while the log grows, each commit costs more.
func (u *upsert) settle() error {
	for range 2 * pagesOfLog {
		if err := u.save(); err != nil {
			return err
		}
	}
	return nil
}

// pagesOfLog is the length at which SQLite starts to overwrite the write-ahead log from its beginning.
const pagesOfLog = 1000

func (u *upsert) prepare(ctx context.Context) error {
	_, err := u.db.ExecContext(ctx, `
		PRAGMA trusted_schema = OFF;
		PRAGMA cell_size_check = ON;
		PRAGMA journal_size_limit = 67108864;
		CREATE TABLE answer (
			assessment TEXT    NOT NULL,
			practice   TEXT    NOT NULL,
			status     TEXT    NOT NULL,
			version    INTEGER NOT NULL,
			PRIMARY KEY (assessment, practice)
		) STRICT
	`)
	if err != nil {
		return err
	}
	u.statement, err = u.db.PrepareContext(ctx, `
		INSERT INTO answer (assessment, practice, status, version)
		VALUES ('a', 'p', $1, $2)
		ON CONFLICT (assessment, practice) DO UPDATE
		SET status = excluded.status, version = excluded.version
	`)
	return err
}

// save writes the row once, to the disk.
func (u *upsert) save() error {
	u.version++
	status := "adopted"
	if u.version%2 == 0 {
		status = "partial"
	}
	_, err := u.statement.Exec(status, u.version)
	return err
}

func (u *upsert) close() error { return errors.Join(u.statement.Close(), u.db.Close()) }
