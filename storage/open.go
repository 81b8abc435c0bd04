package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"plumbline/storage/folder"
)

const (
	fileName       = "plumbline.db"
	defaultReaders = 4
	defaultBusy    = 5 * time.Second
)

// Open opens the database of a data folder to serve it, makes it if there is none, and brings its schema up to date. It
// refuses, and leaves the file as it is, when another process serves the folder, when the file is damaged or not a
// database of Plumbline, and when a newer Plumbline has written it. The error says what to do.
func Open(ctx context.Context, o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	lock, err := folder.Take(o.Folder)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, o, lock)
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	return s, nil
}

func (o Options) withDefaults() (Options, error) {
	path, err := filepath.Abs(o.Folder)
	if err != nil || o.Folder == "" {
		return o, fmt.Errorf("the data folder %q cannot be used: %w", o.Folder, errors.Join(err, os.ErrInvalid))
	}
	o.Folder = path
	if o.Readers <= 0 {
		o.Readers = defaultReaders
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.busy == 0 {
		o.busy = defaultBusy
	}
	return o, nil
}

func open(ctx context.Context, o Options, lock *folder.Lock) (*Store, error) {
	steps, err := newSchema(o.migrations)
	if err != nil {
		return nil, err
	}
	file := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	if err := file.prepare(ctx, steps); err != nil {
		return nil, err
	}
	if err := file.keepCopy(ctx, steps, o.Logger); err != nil {
		return nil, err
	}
	writers := file.writer()
	if err := checkDurability(ctx, writers); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file.path, translate(err)), writers.Close())
	}
	if err := steps.upgrade(ctx, writers); err != nil {
		return nil, errors.Join(translate(err), writers.Close())
	}
	if err := steps.chainOld(ctx, writers); err != nil {
		return nil, errors.Join(translate(err), writers.Close())
	}
	s := newStore(o, file, writers, lock)
	s.openEnded(ctx)
	o.Logger.InfoContext(ctx, "database open", "file", file.path, "schema", steps.newest)
	return s, nil
}

// newStore starts the readers and the writer on a database that is as it should be.
func newStore(o Options, file sqliteFile, writers *sql.DB, lock *folder.Lock) *Store {
	s := &Store{
		folder:    o.Folder,
		file:      file,
		lock:      lock,
		readers:   file.readers(o.Readers),
		writers:   writers,
		clock:     o.Clock,
		logger:    o.Logger,
		tokenIdle: o.TokenIdle,
		models:    newModels(maxModelBytes),

		documents: newPlaces(),
	}
	s.views = newViewsByGeneration(maxViews, maxViewBytes, s.sizeOf)
	s.writer = newWriter(writers, o.Clock, o.Observe, s.views)
	s.writer.quotas = o.Quotas
	return s
}

// prepare makes an empty file if there is none, and inspects the one that is there.
func (f sqliteFile) prepare(ctx context.Context, steps schema) error {
	// SQLite gives its own files beside it the permissions of this one.
	made, err := os.OpenFile(f.path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	info, err := made.Stat()
	if err := errors.Join(err, made.Close()); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if info.Size() == 0 {
		return nil
	}
	if info.Size() < smallestFile {
		return refuse(f.path, &flaw{text: "is not a database", out: outRestore})
	}
	if err := f.inspect(ctx, steps); err != nil {
		return refuse(f.path, err)
	}
	return nil
}
