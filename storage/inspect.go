package storage

import (
	"context"
	"database/sql"
	"fmt"
)

const wayOut = "nothing was changed; restore a backup into an empty folder with `plumbline restore`"

// inspect reads a database without writing to it, and returns an error unless it is sound, of Plumbline, and of a
// schema that this program knows.
func (f sqliteFile) inspect(ctx context.Context, steps schema) error {
	db := f.readers(1)
	defer db.Close()
	if err := quickCheck(ctx, db); err != nil {
		return f.unsound(err)
	}
	if err := f.checkOwner(ctx, db); err != nil {
		return err
	}
	got, err := version(ctx, db)
	if err != nil {
		return fmt.Errorf("read the schema version of %s: %w", f.path, translate(err))
	}
	if got > steps.newest {
		return fmt.Errorf("%s was written by a newer Plumbline (schema %d, this one knows %d): "+
			"nothing was changed; start that version, or restore a backup from before the upgrade into an empty folder",
			f.path, got, steps.newest)
	}
	return nil
}

func (f sqliteFile) unsound(err error) error {
	switch {
	case isForeign(err):
		return fmt.Errorf("%s is not a database: %s: %w", f.path, wayOut, err)
	case isTransient(err):
		return fmt.Errorf("check %s: %w", f.path, translate(err))
	}
	return fmt.Errorf("%s is damaged: %s: %w", f.path, wayOut, err)
}

func (f sqliteFile) checkOwner(ctx context.Context, db *sql.DB) error {
	id, tables, err := owner(ctx, db)
	if err != nil {
		return fmt.Errorf("inspect %s: %w", f.path, translate(err))
	}
	if id != applicationID && tables > 0 {
		return fmt.Errorf("%s is a database of another program: %s", f.path, wayOut)
	}
	return nil
}
