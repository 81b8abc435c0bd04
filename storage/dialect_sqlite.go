package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"plumbline/assessment"
)

const (
	gooseDialect  = goose.DialectSQLite3
	beginWrite    = "BEGIN IMMEDIATE" // a deferred one fails when another connection wrote since it read
	applicationID = 0x506c756d        // "Plum", set by the first migration
	smallestFile  = 512               // bytes; SQLite takes anything smaller for an empty database
)

// sqliteFile is a database file and how long a connection waits for another process's lock.
type sqliteFile struct {
	path string
	busy time.Duration
}

// writer returns a pool of one connection that may write.
func (f sqliteFile) writer() *sql.DB {
	return f.open(1, url.Values{
		"_journal": {"WAL"},
		"_sync":    {"FULL"},
		"_txlock":  {"immediate"},
		"_fk":      {"1"},
	})
}

// readers returns a pool of n connections that cannot write.
func (f sqliteFile) readers(n int) *sql.DB {
	return f.open(n, url.Values{"mode": {"ro"}, "_query_only": {"1"}})
}

// copier returns a pool of one connection that cannot write to the database, but may write a copy of it.
func (f sqliteFile) copier() *sql.DB {
	return f.open(1, url.Values{"mode": {"ro"}})
}

// durableReader returns a pool of one connection that waits for the disk like the writer, and cannot write.
func (f sqliteFile) durableReader() *sql.DB {
	return f.open(1, url.Values{"mode": {"ro"}, "_query_only": {"1"}, "_sync": {"FULL"}})
}

func (f sqliteFile) open(connections int, settings url.Values) *sql.DB {
	settings.Set("_busy_timeout", strconv.FormatInt(f.busy.Milliseconds(), 10))
	settings.Set("_stmt_cache_size", "64")
	name := url.URL{Scheme: "file", Path: f.path, RawQuery: settings.Encode()}
	db := sql.OpenDB(connector{
		driver: &sqlite3.SQLiteDriver{ConnectHook: connectionSettings},
		name:   name.String(),
	})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// connector opens connections without the registry of database/sql, which is global.
type connector struct {
	driver *sqlite3.SQLiteDriver
	name   string
}

func (c connector) Connect(context.Context) (driver.Conn, error) {
	return c.driver.Open(c.name)
}

func (c connector) Driver() driver.Driver { return c.driver }

func connectionSettings(conn *sqlite3.SQLiteConn) error {
	_, err := conn.Exec(`
		PRAGMA trusted_schema = OFF;
		PRAGMA cell_size_check = ON;
		PRAGMA secure_delete = ON;
		PRAGMA journal_size_limit = 67108864;
	`, nil)
	return err
}

// checkDurability returns an error unless the writer waits for the disk at each commit.
func checkDurability(ctx context.Context, db *sql.DB) error {
	var synchronous int
	var journal string
	if err := db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return err
	}
	if synchronous != 2 || journal != "wal" {
		return fmt.Errorf("the database runs with synchronous=%d and journal_mode=%s instead of 2 and wal; "+
			"the data folder must be on a local disk", synchronous, journal)
	}
	return nil
}

// makeDurable gives a database, which nobody has open, the journal that a server works with; a copy comes without one.
func (f sqliteFile) makeDurable(ctx context.Context) error {
	db := f.writer()
	return errors.Join(checkDurability(ctx, db), db.Close(), f.removeCompanions())
}

// quickCheck returns an error unless every page of the database is sound.
func quickCheck(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return errors.New(verdict)
	}
	return nil
}

// owner returns the application id of the database and how many tables it has that goose does not keep.
func owner(ctx context.Context, db *sql.DB) (id, tables int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return 0, 0, err
	}
	err = db.QueryRowContext(ctx, `
		SELECT count(*)
		FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version'
	`).Scan(&tables)
	return id, tables, err
}

// hasVersion reports whether the database has goose's table of versions.
func hasVersion(ctx context.Context, db *sql.DB) (bool, error) {
	var n int
	err := db.QueryRowContext(ctx, `
		SELECT count(*)
		FROM sqlite_schema
		WHERE type = 'table' AND name = 'goose_db_version'
	`).Scan(&n)
	return n > 0, err
}

// copyTo writes a consistent copy of the database to an empty or missing file.
func copyTo(ctx context.Context, db *sql.DB, file string) error {
	_, err := db.ExecContext(ctx, "VACUUM INTO $1", file)
	return err
}

// removeCompanions removes the files that SQLite keeps beside a database while it is open, and leaves behind where it
// was opened only to read.
func (f sqliteFile) removeCompanions() error {
	for _, ending := range []string{"-wal", "-shm"} {
		if err := os.Remove(f.path + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// residuePatience is how long emptying the journal waits for readers. Saves wait with it.
const residuePatience = 250 * time.Millisecond

// emptyJournal moves everything from the journal into the database and cuts it to nothing.
func (f sqliteFile) emptyJournal(ctx context.Context, db *sql.DB) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := setPatience(ctx, conn, residuePatience); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, setPatience(context.WithoutCancel(ctx), conn, f.busy)) }()
	var busy, inJournal, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &inJournal, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("a reader is using it")
	}
	return nil
}

func setPatience(ctx context.Context, conn *sql.Conn, d time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}

// translate gives the failures of the database that a person can wait out or mend a code of the domain.
func translate(err error) error {
	if _, done := errors.AsType[*assessment.Error](err); done {
		return err
	}
	e, ok := errors.AsType[sqlite3.Error](err)
	if !ok {
		return err
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return assessment.Wrap(assessment.Unavailable, err, "The database is busy. Try again in a moment")
	case sqlite3.ErrFull:
		return diskFull(err)
	case sqlite3.ErrIoErr:
		if e.SystemErrno == syscall.ENOSPC || e.SystemErrno == syscall.EDQUOT {
			return diskFull(err)
		}
		return assessment.Wrap(assessment.Unavailable, err, "The disk does not respond, so nothing was saved")
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return assessment.Wrap(assessment.Unavailable, err, "The database cannot be written to, so nothing was saved")
	}
	return err
}

// isDuplicate reports whether err is a broken unique constraint or primary key.
func isDuplicate(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
}

// isDangling reports whether err is a reference to a row that does not exist.
func isDangling(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && e.ExtendedCode == sqlite3.ErrConstraintForeignKey
}

// isBarred reports whether err says that this process may not open a file, or may not write the files beside it.
func isBarred(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrPerm || e.Code == sqlite3.ErrCantOpen)
}

// isForeign reports whether err says that a file is no database at all.
func isForeign(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && e.Code == sqlite3.ErrNotADB
}

// isTransient reports whether err says nothing about the file, but about who uses it now.
func isTransient(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked || e.Code == sqlite3.ErrInterrupt)
}

func diskFull(err error) error {
	return assessment.Wrap(assessment.NoSpace, err, "The disk is full, so nothing was saved")
}
