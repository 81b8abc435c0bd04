package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"plumbline/assessment"
)

// BackupFolder writes a consistent copy of the database of a data folder to a new file, readable by its owner alone,
// while a server goes on working with it. Everything that was saved before it began is in it. A file that exists is a
// Conflict and stays as it is; a folder without a database is NotFound.
func BackupFolder(ctx context.Context, folder, file string) error {
	o, err := Options{Folder: folder}.withDefaults()
	if err != nil {
		return err
	}
	from := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	if _, err := os.Stat(from.path); errors.Is(err, fs.ErrNotExist) {
		return assessment.Errorf(assessment.NotFound, "%s contains no database", o.Folder)
	}
	return from.backup(ctx, file)
}

func (f sqliteFile) backup(ctx context.Context, file string) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	// The name is taken first, so that nobody's file is overwritten; the copy takes its place when it is complete.
	if err := reserve(file); err != nil {
		return err
	}
	if err := f.copyAside(ctx, file); err != nil {
		return errors.Join(fmt.Errorf("back up to %s: %w", file, translate(err)), os.Remove(file))
	}
	return nil
}

func reserve(file string) error {
	made, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return assessment.Errorf(assessment.Conflict, "The file %s already exists", file)
	}
	if err != nil {
		return fmt.Errorf("create the backup file: %w", err)
	}
	return made.Close()
}

// copyAside copies the database next to the file and then puts the copy in its place.
func (f sqliteFile) copyAside(ctx context.Context, file string) error {
	made, err := os.CreateTemp(filepath.Dir(file), ".plumbline-*.part")
	if err != nil {
		return err
	}
	part := made.Name()
	defer os.Remove(part)
	if err := made.Close(); err != nil {
		return err
	}
	err = f.vacuumInto(ctx, part)
	if isBarred(err) {
		err = f.copyAtRest(ctx, part)
	}
	if err != nil {
		return err
	}
	return install(ctx, part, file)
}

func (f sqliteFile) vacuumInto(ctx context.Context, part string) error {
	db := f.copier()
	defer db.Close()
	return copyTo(ctx, db, part)
}

// copyAtRest copies a database whose folder cannot be written, for example of a disk that became read-only: SQLite
// would have to keep files beside it. Its files are copied first, beside the part, while a lock keeps servers away.
func (f sqliteFile) copyAtRest(ctx context.Context, part string) (err error) {
	folder, err := os.Open(filepath.Dir(f.path))
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := takeLock(folder, syscall.LOCK_SH); err != nil && !cannotLockFolders(err) {
		return inUse(folder.Name(), err)
	}
	aside, err := os.MkdirTemp(filepath.Dir(part), ".plumbline-*.rest")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	at := sqliteFile{path: filepath.Join(aside, fileName), busy: f.busy}
	for _, ending := range []string{"", "-wal"} {
		err := copyFile(f.path+ending, at.path+ending)
		if err != nil && (ending == "" || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	return at.vacuumInto(ctx, part)
}

// install checks a copy of a database, flushes it, and renames it.
func install(ctx context.Context, part, file string) error {
	steps, err := newSchema(nil)
	if err != nil {
		return err
	}
	copied := sqliteFile{path: part, busy: defaultBusy}
	if err := errors.Join(copied.inspect(ctx, steps), copied.removeCompanions()); err != nil {
		return fmt.Errorf("the copy %w", err)
	}
	if err := flush(part); err != nil {
		return err
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	return flush(filepath.Dir(file))
}

// flush waits until a file or a folder is on the disk.
func flush(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
