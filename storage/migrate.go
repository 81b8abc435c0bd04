package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// schema is the way from any older form of the database to the one that this program knows.
type schema struct {
	steps  fs.FS
	newest int64 // version that the last step leads to
}

func newSchema(steps fs.FS) (schema, error) {
	if steps == nil {
		sub, err := fs.Sub(embedded, "migrations")
		if err != nil {
			return schema{}, err
		}
		steps = sub
	}
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return schema{}, err
	}
	s := schema{steps: steps}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return schema{}, fmt.Errorf("migration %s: %w", name, err)
		}
		s.newest = max(s.newest, version)
	}
	return s, nil
}

// upgrade runs the steps that are missing, each in one transaction with the note that it was run: a crash leaves the
// schema before or after a step.
func (s schema) upgrade(ctx context.Context, db *sql.DB) error {
	provider, err := goose.NewProvider(gooseDialect, db, s.steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("upgrade the database: %w", err)
	}
	return nil
}

// chainOld makes a chain of an audit log that is none yet.
func (s schema) chainOld(ctx context.Context, db *sql.DB) error {
	if s.newest < chainedSince {
		return nil
	}
	if err := chainOld(ctx, db); err != nil {
		return fmt.Errorf("chain the audit log: %w", err)
	}
	return nil
}

// version returns the number of the last step that was run on a database, 0 for a new one.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	kept, err := hasVersion(ctx, db)
	if err != nil || !kept {
		return 0, err
	}
	var last sql.NullInt64
	err = db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&last)
	return last.Int64, err
}

// keepCopy writes a copy of a database whose schema is about to be upgraded beside it, before-schema-N.db, where N is
// the schema to come. A new database and one that is up to date need none, and one that is there is taken if the
// database has not been written to since. An error, for example that the disk is full, says that there is no copy: then
// nothing may be upgraded.
func (f sqliteFile) keepCopy(ctx context.Context, steps schema, log *slog.Logger) error {
	db := f.readers(1)
	defer db.Close()
	got, err := version(ctx, db)
	if err != nil {
		return fmt.Errorf("read the schema of %s: %w", f.path, translate(err))
	}
	if got == 0 || got >= steps.newest {
		return nil
	}
	file := filepath.Join(filepath.Dir(f.path), fmt.Sprintf("before-schema-%d.db", steps.newest))
	current, err := f.olderThan(file)
	if err == nil && !current {
		err = f.copyAside(ctx, file)
	}
	if err != nil {
		return fmt.Errorf("keep a copy of the database in %s before its schema is upgraded, nothing was changed: %w", file,
			translate(err))
	}
	log.InfoContext(ctx, "database copied before its schema is upgraded", "file", file, "from", got, "to", steps.newest)
	return nil
}

// olderThan reports whether the other file is there and was not written before the database was.
func (f sqliteFile) olderThan(other string) (bool, error) {
	copied, err := modified(other)
	if err != nil || copied.IsZero() {
		return false, err
	}
	for _, name := range []string{f.path, f.path + "-wal"} {
		at, err := modified(name)
		if err != nil || at.After(copied) {
			return false, err
		}
	}
	return true, nil
}

// modified returns when a file was written last, the zero time where it is missing, empty or no file.
func modified(name string) (time.Time, error) {
	info, err := os.Stat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, err
	}
	if err != nil || info.Size() == 0 || !info.Mode().IsRegular() {
		return time.Time{}, nil
	}
	return info.ModTime(), nil
}
