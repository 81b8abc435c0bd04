package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"plumbline/assessment"
	"plumbline/storage/folder"
)

// BackupFolder writes a consistent copy of the database of a data folder to a new file, readable by its owner alone,
// while a server goes on working with it. Everything that was saved before it began is in it. A file that exists is a
// Conflict and stays as it is; a folder without a database is NotFound.
func BackupFolder(ctx context.Context, from, file string) error {
	o, err := Options{Folder: from}.withDefaults()
	if err != nil {
		return err
	}
	database := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	if _, err := os.Stat(database.path); errors.Is(err, fs.ErrNotExist) {
		return assessment.Errorf(assessment.NotFound, "%s contains no database", o.Folder)
	}
	return database.backup(ctx, file)
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
	release, err := folder.KeepAway(filepath.Dir(f.path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
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

// Restore puts a copy made by BackupFolder into a data folder, which must be empty or missing (Conflict), so that a server
// can be started on it. The copy must be a sound database of Plumbline with a schema that this program knows;
// otherwise the folder stays empty.
func Restore(ctx context.Context, file, into string) error {
	if err := os.MkdirAll(into, 0o700); err != nil {
		return fmt.Errorf("create the data folder: %w", err)
	}
	if err := mustBeEmpty(into); err != nil {
		return err
	}
	lock, err := folder.Take(into)
	if err != nil {
		return err
	}
	err = restoreInto(ctx, file, into)
	return errors.Join(err, os.Remove(filepath.Join(into, folder.LockName)), lock.Release())
}

// restoreInto restores into a folder that is locked: no server starts on what is half there.
func restoreInto(ctx context.Context, file, into string) error {
	if err := mustBeEmpty(into); err != nil {
		return err
	}
	target, err := filepath.Abs(filepath.Join(into, fileName))
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	part := target + ".part"
	err = copyFile(file, part)
	if err == nil {
		err = mustBeBackup(ctx, part)
	}
	if err == nil {
		err = install(ctx, part, target)
	}
	if err == nil {
		err = sqliteFile{path: target, busy: defaultBusy}.makeDurable(ctx)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("restore %s: %w", file, err), removeAll(into))
	}
	return nil
}

// mustBeEmpty refuses a folder that holds anything but a lock file.
func mustBeEmpty(path string) error {
	there, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("read the data folder: %w", err)
	}
	if len(there) > 1 || len(there) == 1 && there[0].Name() != folder.LockName {
		return assessment.Errorf(assessment.Conflict, "The folder %s is not empty. Use an empty folder", path)
	}
	return nil
}

// removeAll empties the folder that was empty before, but for the lock.
func removeAll(path string) error {
	left, err := os.ReadDir(path)
	for _, entry := range left {
		if entry.Name() != folder.LockName {
			err = errors.Join(err, os.Remove(filepath.Join(path, entry.Name())))
		}
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// mustBeBackup refuses an empty database, which a server may start on but nobody restores.
func mustBeBackup(ctx context.Context, part string) error {
	db := sqliteFile{path: part, busy: defaultBusy}.readers(1)
	defer db.Close()
	id, _, err := owner(ctx, db)
	if isForeign(err) || (err == nil && id != applicationID) {
		return assessment.Wrap(assessment.Invalid, err, "The file is not a Plumbline backup")
	}
	return translate(err)
}
