package storage

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/assessment"
)

// maxBatch is how many writes share one commit at most.
const maxBatch = 64

// writer runs all writes on one connection, one after the other. What waits when a commit ends is committed together
// by the next one, so that one flush of the disk serves many people.
type writer struct {
	db       *sql.DB
	clock    func() time.Time
	publish  func(map[string]*assessment.Current) // called with the views that a commit made
	observer func(Commit)                         // nil where nobody looks

	queue   chan *write
	closing chan struct{}
	stopped chan struct{}
	once    sync.Once
}

// write is one function that waits for its turn.
type write struct {
	run   func(*tx) error
	since time.Time
	state atomic.Int32
	done  chan error // receives exactly one error unless the write is abandoned
}

const (
	waiting int32 = iota
	taken
	abandoned
)

func startWriter(db *sql.DB, clock func() time.Time, observer func(Commit), publish func(map[string]*assessment.Current)) *writer {
	w := &writer{
		db:       db,
		clock:    clock,
		publish:  publish,
		observer: observer,
		queue:    make(chan *write, maxBatch),
		closing:  make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	go w.loop()
	return w
}

// do runs the function in a transaction and returns once it is on the disk. The function sees its own changes and
// those of the writes before it; after an error nothing of it is left. It may not be run at all: when ctx ends first,
// or the writer is closed.
func (w *writer) do(ctx context.Context, run func(*tx) error) error {
	one := &write{run: run, since: time.Now(), done: make(chan error, 1)}
	select {
	case <-w.closing:
		return errClosed()
	default:
	}
	select {
	case w.queue <- one:
	case <-ctx.Done():
		return fmt.Errorf("waiting to write: %w", ctx.Err())
	case <-w.closing:
		return errClosed()
	}
	select {
	case err := <-one.done:
		return err
	case <-ctx.Done():
		if one.state.CompareAndSwap(waiting, abandoned) {
			return fmt.Errorf("waiting to write: %w", ctx.Err())
		}
	case <-w.stopped:
		if one.state.CompareAndSwap(waiting, abandoned) {
			return errClosed()
		}
	}
	return <-one.done
}

// close runs what waits and stops.
func (w *writer) close() {
	w.once.Do(func() { close(w.closing) })
	<-w.stopped
}

func errClosed() error {
	return assessment.Errorf(assessment.Unavailable, "The server is shutting down, nothing was saved")
}

func (w *writer) loop() {
	defer close(w.stopped)
	for {
		select {
		case first := <-w.queue:
			w.batch(first)
		case <-w.closing:
			w.drain()
			return
		}
	}
}

func (w *writer) drain() {
	for {
		select {
		case first := <-w.queue:
			w.batch(first)
		default:
			return
		}
	}
}

func (w *writer) batch(first *write) {
	batch := w.takeWaiting([]*write{first})
	errs := make([]error, len(batch))
	start := time.Now()
	failure := w.commit(batch, errs)
	w.observe(batch, start, failure)
	if assessment.CodeOf(failure) == assessment.Unavailable {
		// Those who came while the database was locked would otherwise wait for another whole timeout.
		late := w.takeWaiting(nil)
		batch, errs = append(batch, late...), append(errs, make([]error, len(late))...)
	}
	for i, one := range batch {
		if failure != nil {
			errs[i] = failure
		}
		one.done <- errs[i]
	}
}

func (w *writer) takeWaiting(batch []*write) []*write {
	for len(batch) < maxBatch {
		select {
		case next := <-w.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit runs the batch in one transaction. It fills in the error of each write; an error that it returns itself
// concerns all of them.
func (w *writer) commit(batch []*write, errs []error) error {
	conn, err := w.db.Conn(context.Background())
	if err != nil {
		return translate(fmt.Errorf("connect to write: %w", err))
	}
	defer conn.Close()
	t := &tx{conn: conn, clock: w.clock, committed: map[string]*assessment.Current{}}
	if _, err := t.exec(beginWrite); err != nil {
		return translate(fmt.Errorf("begin: %w", err))
	}
	kept, err := t.runAll(batch, errs)
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
	if kept > 0 {
		w.publish(t.committed)
	}
	return nil
}
