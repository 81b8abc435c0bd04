package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

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
