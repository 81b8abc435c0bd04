package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
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
	conn       *sql.Conn
	clock      func() time.Time
	generation int64 // of the database when the transaction began
	bumps      bool  // a write of it has changed something that a remembered view may rest on

	committed map[string]*assessment.Current // views made by the writes before in the same transaction
	mine      map[string]*assessment.Current // views made by the write that runs

	quotas  Quotas
	growth  *growth
	grown   map[string]int64 // bytes by team, added by the writes before in the same transaction
	grows   map[string]int64 // by the write that runs
	counted []string         // teams whose growth the transaction writes
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

// runAll runs the writes that are still waited for and returns how many of them succeeded. One alone needs no
// savepoint: the transaction is its own. An error says that the transaction is lost.
func (t *tx) runAll(batch []*write, errs []error) (kept int, err error) {
	for i, one := range batch {
		if !one.state.CompareAndSwap(waiting, taken) {
			continue
		}
		t.bumps = t.bumps || !one.touchesOnlyAssessments
		if len(batch) == 1 {
			errs[i] = t.run(one)
		} else if errs[i], err = t.runInSavepoint(one); err != nil {
			return 0, err
		}
		if errs[i] == nil {
			kept++
			maps.Copy(t.committed, t.mine)
			t.keepGrows()
		}
	}
	return kept, nil
}

// runInSavepoint runs one write so that nothing of it is left when it fails. lost says that the whole transaction went
// with it.
func (t *tx) runInSavepoint(one *write) (failure, lost error) {
	if _, err := t.exec("SAVEPOINT one"); err != nil {
		return nil, err
	}
	if failure = t.run(one); failure != nil {
		if _, err := t.exec("ROLLBACK TO one"); err != nil {
			return failure, errors.Join(failure, err)
		}
	}
	_, lost = t.exec("RELEASE one")
	return failure, lost
}

func (t *tx) run(one *write) (err error) {
	t.mine, t.grows = map[string]*assessment.Current{}, map[string]int64{}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic while writing: %v\n%s", fault, debug.Stack())
		}
	}()
	if err := t.stands(one.by); err != nil {
		return translate(err)
	}
	return translate(one.run(t))
}
