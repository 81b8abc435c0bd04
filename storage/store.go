package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage/folder"
)

// Options says where a store lives and what it may use.
type Options struct {
	Folder    string           // of the data; created, readable by its owner alone, where it is missing
	Readers   int              // connections that read; default 4
	Logger    *slog.Logger     // default: none
	Clock     func() time.Time // default time.Now
	TokenIdle time.Duration    // how long API tokens of people who use single sign-on work without a sign-in; default for ever
	Quotas    Quotas           // default: none
	Observe   func(Commit)     // called by the writer after each transaction; it must be quick; default nobody

	busy       time.Duration // how long to wait for another process's lock; default 5 s
	migrations fs.FS         // default: the embedded ones
}

// Store is the open database of one data folder, as Open or OpenBeside returns it. It is safe for concurrent use.
type Store struct {
	folder    string
	file      sqliteFile
	lock      *folder.Lock
	readers   *sql.DB
	writers   *sql.DB
	writer    *writer
	clock     func() time.Time
	logger    *slog.Logger
	tokenIdle time.Duration
	views     *viewsByGeneration
	models    *models

	notes     notes
	ended     endedSessions
	residue   residue
	documents places // of those who write large documents
}

// Close finishes the writes that wait, refuses new ones with Unavailable, and gives the data folder back.
func (s *Store) Close() error {
	s.closeNotes()
	ended := s.closeEnded()
	s.writer.close()
	return errors.Join(ended, s.readers.Close(), s.writers.Close(), s.lock.Release())
}

// Ready returns an error unless the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var teams int
	if err := s.readers.QueryRowContext(ctx, "SELECT count(*) FROM team").Scan(&teams); err != nil {
		return translate(fmt.Errorf("ask the database: %w", err))
	}
	return nil
}

// Load is how busy a store is at one moment.
type Load struct {
	Waiting  int   // writes that wait for their turn
	Sessions int   // sessions that have not ended
	Bytes    int64 // of the database and its journal on the disk
}

// Load returns how busy the store is now.
func (s *Store) Load(ctx context.Context) (Load, error) {
	now := s.clock()
	load := Load{Waiting: s.writer.waiting()}
	err := s.readers.QueryRowContext(ctx, `
		SELECT count(*)
		FROM session
		WHERE expires_at > $1 AND seen_at > $2
	`, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro()).Scan(&load.Sessions)
	if err != nil {
		return load, translate(fmt.Errorf("count sessions: %w", err))
	}
	load.Bytes, _, err = s.file.footprint()
	return load, err
}

// writing runs a function in the writer, on behalf of somebody, and returns what it returned once that is on the disk.
func writing[T any](ctx context.Context, s *Store, by access.Actor, run func(*tx) (T, error)) (T, error) {
	return answering(ctx, by, s.writer.do, run)
}

// answering is writing by one of the ways to write.
func answering[T any](ctx context.Context, by access.Actor, write func(context.Context, access.Actor, func(*tx) error) error,
	run func(*tx) (T, error)) (T, error) {
	var result T
	err := write(ctx, by, func(t *tx) (err error) {
		result, err = run(t)
		return err
	})
	if err != nil {
		var none T
		return none, err
	}
	return result, nil
}

// exec runs one statement in the writer.
func (s *Store) exec(ctx context.Context, what, query string, args ...any) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		if _, err := t.exec(query, args...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	})
}

// reading runs a function on a consistent view of the database, which later commits do not change.
func reading[T any](ctx context.Context, s *Store, run func(queryer) (T, error)) (T, error) {
	var none T
	view, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return none, translate(fmt.Errorf("begin to read: %w", err))
	}
	defer view.Rollback()
	result, err := run(view)
	if err != nil {
		return none, translate(err)
	}
	return result, nil
}

// absence says that a thing does not exist.
func absence(what string) string { return "This " + what + " does not exist" }

// absent returns a NotFound about it.
func absent(what string) error {
	return &assessment.Error{Code: assessment.NotFound, Message: absence(what)}
}

func absentPractice(id string) error {
	return assessment.Errorf(assessment.NotFound, "Practice %s does not exist", id)
}

// found turns an empty answer of the database into NotFound.
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return absent(what)
	}
	if err != nil {
		return translate(fmt.Errorf("read %s: %w", what, err))
	}
	return nil
}
