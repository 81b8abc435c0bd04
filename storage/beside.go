package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"plumbline/assessment"
)

// OpenBeside opens the database of a data folder that a server may have open too, without its lock: for short work of
// operators on accounts, memberships, links and sessions, which the server reads anew each time. Nothing else may be
// changed by it: the server remembers assessments, and would go on with what it read. It does not upgrade the schema: a
// folder without a database is NotFound, and one of an older schema is refused.
func OpenBeside(ctx context.Context, o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	file, err := existing(ctx, o)
	if err != nil {
		return nil, err
	}
	return newStore(o, file, file.writer(), nil), nil
}

// existing returns the database of a data folder where it is sound and of the schema that this program knows.
func existing(ctx context.Context, o Options) (sqliteFile, error) {
	file := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	if _, err := os.Stat(file.path); errors.Is(err, fs.ErrNotExist) {
		return file, assessment.Wrap(assessment.NotFound, err, "There is no database in "+o.Folder)
	}
	steps, err := newSchema(o.migrations)
	if err != nil {
		return file, err
	}
	if err := file.inspect(ctx, steps); err != nil {
		return file, refuse(file.path, err)
	}
	db := file.readers(1)
	defer db.Close()
	got, err := version(ctx, db)
	if err != nil {
		return file, translate(err)
	}
	if got < steps.newest {
		return file, assessment.Errorf(assessment.Conflict, "%s is of an older schema: start the server once, which brings it up to date", file.path)
	}
	return file, nil
}
