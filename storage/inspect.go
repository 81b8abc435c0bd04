package storage

import (
	"context"
	"errors"
	"fmt"
)

// flaw says why a database cannot be used; its text goes on after "the file".
type flaw struct {
	text string
	out  string // what to do about it
	err  error
}

func (f *flaw) Error() string {
	if f.err == nil {
		return f.text
	}
	return f.text + " (" + f.err.Error() + ")"
}

func (f *flaw) Unwrap() error { return f.err }

const (
	outRestore = "restore a backup into an empty folder with `plumbline restore`"
	outNewer   = "start the newer version, or restore a backup from before the upgrade into an empty folder"
	outForeign = "name another data folder"
	outBarred  = "run this command as the server's user, who can write to the folder: SQLite keeps files next to the database"
)

// inspect reads a database without writing to it. It returns a *flaw unless the database is sound, of Plumbline or
// empty, and of a schema that this program knows.
func (f sqliteFile) inspect(ctx context.Context, steps schema) error {
	db := f.readers(1)
	defer db.Close()
	if err := quickCheck(ctx, db); err != nil {
		return unsound(err)
	}
	id, tables, err := owner(ctx, db)
	if err != nil {
		return translate(err)
	}
	if id != applicationID && tables > 0 {
		return &flaw{text: "is the database of another program", out: outForeign}
	}
	got, err := version(ctx, db)
	if err != nil {
		return translate(err)
	}
	if got > steps.newest {
		return &flaw{text: fmt.Sprintf("was written by a newer version of Plumbline (schema %d, this version knows %d)", got, steps.newest),
			out: outNewer}
	}
	return nil
}

func unsound(err error) error {
	switch {
	case isTransient(err):
		return translate(err)
	case isBarred(err):
		return &flaw{text: "cannot be opened", out: outBarred, err: err}
	case isForeign(err):
		return &flaw{text: "is not a database", out: outRestore, err: err}
	}
	return &flaw{text: "is damaged", out: outRestore, err: err}
}

// refuse names the file and the way out of a flaw.
func refuse(path string, err error) error {
	if f, ok := errors.AsType[*flaw](err); ok {
		return fmt.Errorf("the file %s %w; nothing was changed: %s", path, err, f.out)
	}
	return fmt.Errorf("inspect %s: %w", path, err)
}
