package storage

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Commit is one transaction of the writer, told to the observer that the options name.
type Commit struct {
	Waited []time.Duration // how long each write of it waited for its turn
	Took   time.Duration   // the transaction itself, most of it the wait for the disk
	Failed bool            // nothing of it was kept
}

// maxBatch is how many writes share one commit at most.
const maxBatch = 64

// writer runs all writes on one connection, one after the other. Whoever finds it idle commits their own write and
// what waits beside it; what comes meanwhile waits, and is committed together by the next, so that one flush of the
// disk serves many people.
type writer struct {
	db       *sql.DB
	clock    func() time.Time
	views    *viewsByGeneration
	publish  func(views map[string]*assessment.Current, generation int64) // called with the views that a commit made
	observer func(Commit)                                                 // nil where nobody looks

	quotas Quotas
	growth growth

	turn chan struct{} // holds the one whose turn it is to commit

	mu     sync.Mutex
	queue  []*write
	closed bool
}

// write is one function that waits for its turn.
type write struct {
	by    access.Actor // on whose behalf; a stranger where it is the program's own
	run   func(*tx) error
	since time.Time
	state atomic.Int32
	done  chan error // receives one error

	touchesOnlyAssessments bool // all that it changes is in the views that it leaves, or is read anew each time
}

const (
	waiting int32 = iota
	taken
	abandoned
)

func newWriter(db *sql.DB, clock func() time.Time, observer func(Commit), views *viewsByGeneration) *writer {
	return &writer{db: db, clock: clock, views: views, publish: views.publish, observer: observer, turn: make(chan struct{}, 1)}
}

// do runs the function in a transaction and returns once it is on the disk. The function sees its own changes and
// those of the writes before it; after an error nothing of it is left. It may not be run at all: when ctx ends first,
// or the writer is closed.
//
// The database has another generation afterwards: every remembered view is compared with its row again.
func (w *writer) do(ctx context.Context, by access.Actor, run func(*tx) error) error {
	return w.wait(ctx, &write{by: by, run: run})
}

// doOnAssessments is do for a function that changes nothing but assessments, whose views it leaves in the transaction,
// and what nobody remembers. The database keeps its generation.
func (w *writer) doOnAssessments(ctx context.Context, by access.Actor, run func(*tx) error) error {
	return w.wait(ctx, &write{by: by, run: run, touchesOnlyAssessments: true})
}

func (w *writer) wait(ctx context.Context, one *write) error {
	one.since, one.done = time.Now(), make(chan error, 1)
	if !w.enqueue(one) {
		return assessment.Errorf(assessment.Unavailable, "The server is shutting down, so nothing was saved")
	}
	select {
	case w.turn <- struct{}{}:
		w.commitUntil(func() bool { return len(one.done) > 0 })
	case err := <-one.done:
		return err
	case <-ctx.Done():
		if one.state.CompareAndSwap(waiting, abandoned) {
			return fmt.Errorf("waiting to write: %w", ctx.Err())
		}
	}
	return <-one.done
}

// close runs what waits; whatever comes later is refused.
func (w *writer) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.turn <- struct{}{}
	w.commitUntil(func() bool { return w.waiting() == 0 })
}

// commitUntil commits what waits, batch after batch, and gives the turn back.
func (w *writer) commitUntil(enough func() bool) {
	defer func() { <-w.turn }()
	for !enough() {
		w.batch()
	}
}

func (w *writer) enqueue(one *write) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return false
	}
	w.queue = append(w.queue, one)
	return true
}

// waiting returns how many writes wait.
func (w *writer) waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.queue)
}

// take returns the writes that have waited for longest, at most n.
func (w *writer) take(n int) []*write {
	w.mu.Lock()
	defer w.mu.Unlock()
	n = min(n, len(w.queue))
	first := slices.Clone(w.queue[:n])
	w.queue = slices.Delete(w.queue, 0, n)
	return first
}

func (w *writer) batch() {
	batch := w.take(maxBatch)
	errs := make([]error, len(batch))
	start := time.Now()
	failure := w.commit(batch, errs)
	if failure != nil {
		w.views.bump() // nobody knows what is stored
	}
	defer w.answer(batch, errs, failure) // also where the observer has a fault
	w.observe(batch, start, failure)
}

// answer tells everybody in the batch what became of their write.
func (w *writer) answer(batch []*write, errs []error, failure error) {
	if assessment.CodeOf(failure) == assessment.Unavailable {
		// Those who came while the database was locked would otherwise wait for another whole timeout.
		late := w.take(maxBatch)
		batch, errs = append(batch, late...), append(errs, make([]error, len(late))...)
	}
	for i, one := range batch {
		if failure != nil {
			errs[i] = failure
		}
		one.done <- errs[i]
	}
}

// commit runs the batch in one transaction. It fills in the error of each write; an error that it returns itself
// concerns all of them. A panic is such an error: the others in the batch must not wait for ever.
func (w *writer) commit(batch []*write, errs []error) (err error) {
	conn, err := w.db.Conn(context.Background())
	if err != nil {
		return translate(fmt.Errorf("connect to write: %w", err))
	}
	defer conn.Close()
	t := &tx{conn: conn, clock: w.clock, generation: w.views.generation(), committed: map[string]*assessment.Current{},
		quotas: w.quotas, growth: &w.growth, grown: map[string]int64{}}
	defer func() {
		if fault := recover(); fault != nil {
			_, _ = t.exec("ROLLBACK") // nothing to do where the commit was over
			err = fmt.Errorf("panic while committing: %v\n%s", fault, debug.Stack())
		}
	}()
	if _, err := t.exec(beginWrite); err != nil {
		return translate(fmt.Errorf("begin: %w", err))
	}
	kept, err := t.runAll(batch, errs)
	if err == nil && kept > 0 {
		err = t.saveGrowth()
	}
	if err == nil && kept > 0 {
		_, err = t.exec("COMMIT")
	}
	if err != nil || kept == 0 {
		// Fails where the database has rolled back by itself, which is as good.
		_, _ = t.exec("ROLLBACK")
	}
	if err != nil {
		return translate(fmt.Errorf("commit: %w", err))
	}
	if t.bumps {
		w.views.bump()
	}
	t.keepGrowth()
	if kept > 0 {
		w.publish(t.committed, t.generation)
	}
	return nil
}

// observe tells the observer of a commit that began at the start.
func (w *writer) observe(batch []*write, start time.Time, failure error) {
	if w.observer == nil {
		return
	}
	c := Commit{Took: time.Since(start), Failed: failure != nil, Waited: make([]time.Duration, len(batch))}
	for i, one := range batch {
		c.Waited[i] = start.Sub(one.since)
	}
	w.observer(c)
}
