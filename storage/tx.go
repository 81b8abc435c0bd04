package storage

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"time"

	"plumbline/assessment"
)

// queryer is what reading needs of a pool, a transaction or a connection.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// tx is the transaction of the writer while one write runs in it. Its statements cannot be cancelled: half a batch is
// of no use to anybody, and none of them waits for anything but the disk.
type tx struct {
	conn  *sql.Conn
	clock func() time.Time

	committed map[string]*assessment.Current // views made by the writes before in the same transaction
	mine      map[string]*assessment.Current // views made by the write that runs
}

// now returns the moment of a change, cut to what is stored.
func (t *tx) now() time.Time {
	return time.UnixMicro(t.clock().UnixMicro()).UTC()
}

func (t *tx) exec(query string, args ...any) (int64, error) {
	result, err := t.conn.ExecContext(context.Background(), query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *tx) row(query string, args ...any) *sql.Row {
	return t.conn.QueryRowContext(context.Background(), query, args...)
}

// runAll runs the writes and returns how many of them succeeded. One alone needs no savepoint: the transaction is its
// own. An error says that the transaction is lost.
func (t *tx) runAll(batch []*write, errs []error) (kept int, err error) {
	if len(batch) == 1 {
		errs[0] = t.run(batch[0])
		if errs[0] != nil {
			return 0, nil
		}
		maps.Copy(t.committed, t.mine)
		return 1, nil
	}
	for i, one := range batch {
		if _, err := t.exec("SAVEPOINT one"); err != nil {
			return 0, err
		}
		if errs[i] = t.run(one); errs[i] == nil {
			kept++
			maps.Copy(t.committed, t.mine)
		} else if _, err := t.exec("ROLLBACK TO one"); err != nil {
			return 0, errs[i] // it took the whole transaction with it
		}
		if _, err := t.exec("RELEASE one"); err != nil {
			return 0, err
		}
	}
	return kept, nil
}

func (t *tx) run(one *write) (err error) {
	t.mine = map[string]*assessment.Current{}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic while writing: %v", fault)
		}
	}()
	return translate(one.run(t))
}
