package webtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"sort"
	"strings"
)

// looker is a connection of its own to the database, with what it saw last.
type looker struct {
	db      *sql.DB
	version string // of the database; another one after each commit of others
	hashes  map[string]string
}

// Contents returns what the tables of the database hold, as a hash of each table's rows.
func (a *App) Contents() map[string]string {
	a.T.Helper()
	ctx, db := context.Background(), a.look.db
	if db == nil {
		var err error
		if db, err = sql.Open("sqlite3", "file:"+filepath.Join(a.folder, "plumbline.db")+"?mode=ro"); err != nil {
			a.T.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		a.T.Cleanup(func() { _ = db.Close() })
		a.look.db = db
	}
	version := a.texts(ctx, db, "PRAGMA data_version")[0][0]
	if version != a.look.version {
		a.look.version, a.look.hashes = version, a.hashes(ctx, db)
	}
	return a.look.hashes
}

func (a *App) hashes(ctx context.Context, db *sql.DB) map[string]string {
	a.T.Helper()
	tables := a.texts(ctx, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if len(tables) < 10 {
		a.T.Fatalf("the database has the tables %q", tables)
	}
	hashes := map[string]string{}
	for _, table := range tables {
		rows := a.texts(ctx, db, "SELECT * FROM \""+table[0]+"\"")
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = fmt.Sprintf("%q", row)
		}
		sort.Strings(lines)
		sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
		hashes[table[0]] = fmt.Sprintf("%d rows, %s", len(rows), hex.EncodeToString(sum[:8]))
	}
	return hashes
}

// texts returns the rows of a query, each column as text.
func (a *App) texts(ctx context.Context, db *sql.DB, query string) [][]string {
	a.T.Helper()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		a.T.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		a.T.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		texts, cells := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range texts {
			cells[i] = &texts[i]
		}
		if err := rows.Scan(cells...); err != nil {
			a.T.Fatal(err)
		}
		row := make([]string, len(columns))
		for i, text := range texts {
			if columns[i] != "seen_at" { // reading a page is a use of its session
				row[i] = text.String
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		a.T.Fatal(err)
	}
	return all
}

// Unwritable makes every write fail that has an entry of the audit log.
func (a *App) Unwritable() {
	a.T.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(a.folder, "plumbline.db"))
	if err == nil {
		_, err = db.ExecContext(context.Background(), "CREATE TRIGGER unwritable BEFORE INSERT ON audit BEGIN SELECT RAISE (ABORT, 'unwritable'); END")
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		a.T.Fatal(err)
	}
}

// Untouched fails where the database does not hold what it held before, but for the audit log, which notes refusals and
// downloads.
func (a *App) Untouched(before map[string]string, what string) {
	a.T.Helper()
	for table, now := range a.Contents() {
		if now != before[table] && table != "audit" && table != "audit_end" {
			a.T.Errorf("%s changed the table %s: from %s to %s", what, table, before[table], now)
		}
	}
}
