package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"plumbline/storage/folder"
)

// Examination is what can be seen of a data folder without changing anything in it.
type Examination struct {
	Holder    string    // id of the process that has the folder open; empty where none has
	Exists    bool      // there is a database; the rest is empty if there is none
	Bytes     int64     // of the database and its journal
	Written   time.Time // when one of its files was written last
	Latest    time.Time // the moment of its newest entry in the audit log, zero if there is none
	LastAudit int64     // its sequence, 0 if there is none
	Schema    int64     // version of its tables
	Newest    int64     // version that this program brings them to
	Fault     error     // why the database cannot be used, and what to do about it; nil where it is as it should be
}

// Examine looks at a data folder, which a server may have open. The error says that the folder cannot be read.
func Examine(ctx context.Context, dataFolder string) (Examination, error) {
	o, err := Options{Folder: dataFolder}.withDefaults()
	if err != nil {
		return Examination{}, err
	}
	steps, err := newSchema(nil)
	if err != nil {
		return Examination{}, err
	}
	file := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	x := Examination{Newest: steps.newest}
	if x.Holder, err = folder.Holder(o.Folder); err != nil {
		return x, err
	}
	if x.Bytes, x.Written, err = file.footprint(); err != nil || x.Bytes == 0 {
		return x, err
	}
	x.Exists = true
	if err := file.inspect(ctx, steps); err != nil {
		x.Fault = refuse(file.path, err)
		return x, nil
	}
	x.Fault = file.examine(ctx, &x)
	return x, nil
}

// footprint returns the size of the database's files, 0 where there are none, and when one was written last.
func (f sqliteFile) footprint() (bytes int64, written time.Time, err error) {
	for _, name := range []string{f.path, f.path + "-wal"} {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, time.Time{}, err
		}
		bytes += info.Size()
		if info.ModTime().After(written) {
			written = info.ModTime()
		}
	}
	return bytes, written, nil
}

func (f sqliteFile) examine(ctx context.Context, x *Examination) (err error) {
	db := f.durableReader()
	defer db.Close()
	if x.Schema, err = version(ctx, db); err != nil {
		return translate(err)
	}
	if err := checkDurability(ctx, db); err != nil {
		return translate(err)
	}
	if x.Schema < x.Newest {
		return nil // there may be no audit log yet
	}
	err = db.QueryRowContext(ctx, "SELECT sequence, at FROM audit ORDER BY sequence DESC LIMIT 1").Scan(&x.LastAudit, moment{&x.Latest})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return translate(err)
}

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
	outForeign = "set another data folder"
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
