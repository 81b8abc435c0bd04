package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
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
func Examine(ctx context.Context, folder string) (Examination, error) {
	o, err := Options{Folder: folder}.withDefaults()
	if err != nil {
		return Examination{}, err
	}
	steps, err := newSchema(nil)
	if err != nil {
		return Examination{}, err
	}
	file := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	x := Examination{Newest: steps.newest}
	if x.Holder, err = holder(o.Folder); err != nil {
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
