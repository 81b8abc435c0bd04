package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// residuePatience is how long emptying the journal waits for readers. Saves wait with it.
const residuePatience = 250 * time.Millisecond

// residue is whether the journal may still have text that was blanked. The database itself does not: SQLite overwrites
// what it frees there.
type residue struct{ left atomic.Bool }

// blanked notes that text was blanked or removed for good.
func (r *residue) blanked() { r.left.Store(true) }

// forget empties the journal if it may have text that was blanked. Where somebody reads from it the text stays there until
// the next call, or until the server stops.
func (s *Store) forget(ctx context.Context) {
	if !s.residue.left.Load() {
		return
	}
	err := s.file.emptyJournal(ctx, s.writers)
	if err == nil {
		s.residue.left.Store(false)
		return
	}
	s.logger.WarnContext(ctx, "text that was blanked may still be in the write-ahead log; it goes when the server stops, or the next time that text is blanked", "error", err.Error())
}

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
		return errors.New("somebody reads from it")
	}
	return nil
}

func setPatience(ctx context.Context, conn *sql.Conn, d time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}
