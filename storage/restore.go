package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"plumbline/assessment"
)

// Restore puts a copy made by BackupFolder into a data folder, which must be empty or missing (Conflict), so that a server
// can be started on it. The copy must be a sound database of Plumbline with a schema that this program knows;
// otherwise the folder stays empty.
func Restore(ctx context.Context, file, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("create the data folder: %w", err)
	}
	if err := mustBeEmpty(folder); err != nil {
		return err
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return err
	}
	err = restoreInto(ctx, file, folder)
	return errors.Join(err, os.Remove(filepath.Join(folder, lockName)), lock.release())
}

// restoreInto restores into a folder that is locked: no server starts on what is half there.
func restoreInto(ctx context.Context, file, folder string) error {
	if err := mustBeEmpty(folder); err != nil {
		return err
	}
	target, err := filepath.Abs(filepath.Join(folder, fileName))
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
		return errors.Join(fmt.Errorf("restore %s: %w", file, err), removeAll(folder))
	}
	return nil
}

// mustBeEmpty refuses a folder that holds anything but a lock file.
func mustBeEmpty(folder string) error {
	there, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("read the data folder: %w", err)
	}
	if len(there) > 1 || len(there) == 1 && there[0].Name() != lockName {
		return assessment.Errorf(assessment.Conflict, "The folder %s is not empty. Use an empty folder", folder)
	}
	return nil
}

// removeAll empties the folder that was empty before, but for the lock.
func removeAll(folder string) error {
	left, err := os.ReadDir(folder)
	for _, entry := range left {
		if entry.Name() != lockName {
			err = errors.Join(err, os.Remove(filepath.Join(folder, entry.Name())))
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
