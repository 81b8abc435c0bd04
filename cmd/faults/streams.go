package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/cmd/internal/lab"
)

// followIDs reads the ids of an event stream.
func followIDs(stream io.Reader, hear func(sequence int64) bool) error {
	lines := bufio.NewScanner(stream)
	for lines.Scan() {
		id, is := strings.CutPrefix(lines.Text(), "id: ")
		if !is {
			continue
		}
		sequence, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return fmt.Errorf("the id of a message: %w", err)
		}
		if !hear(sequence) {
			return nil
		}
	}
	return lines.Err()
}

// follower is a page that listens, and comes back when its stream is cut.
type follower struct {
	visitor lab.Visitor
	mu      sync.Mutex
	seen    []int64
	cuts    int
}

func (f *follower) last() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.seen) == 0 {
		return 0
	}
	return f.seen[len(f.seen)-1]
}

// follow listens until ctx ends, and hangs up by itself after a few messages each time.
func (f *follower) follow(ctx context.Context, assessment string) {
	for ctx.Err() == nil {
		left := 1 + rand.IntN(20)
		_ = listen(ctx, f.visitor, assessment, f.last(), func(sequence int64) bool {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.seen = append(f.seen, sequence)
			left--
			return left > 0
		})
		f.cuts++
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// audience is several followers.
type audience struct {
	followers []*follower
	stop      context.CancelFunc
	group     sync.WaitGroup
}

// listening makes eight people follow the example at an address. All they notice of a restart is the cut stream.
func (t *trial) listening(ctx context.Context, address string) *audience {
	a := &audience{}
	ctx, a.stop = context.WithCancel(ctx)
	client := lab.ClientFrom("127.0.0.1")
	for _, p := range t.example.People[10:18] {
		f := &follower{visitor: lab.Visitor{Address: address, Client: client, Cookie: p.Cookie}}
		a.followers = append(a.followers, f)
		a.group.Go(func() { f.follow(ctx, t.example.Assessment) })
	}
	return a
}

// waitFor waits until everybody has seen a change.
func (a *audience) waitFor(sequence int64) {
	late := func(f *follower) bool { return f.last() < sequence }
	for start := time.Now(); slices.ContainsFunc(a.followers, late) && time.Since(start) < lab.Patience; {
		<-time.After(20 * time.Millisecond)
	}
}

// end stops all followers.
func (a *audience) end() {
	a.stop()
	a.group.Wait()
}

// cutStreams makes eight pages listen while four people save, cuts the streams all the time and restarts the server.
func cutStreams(ctx context.Context, t *trial) (_ finding, err error) {
	s, err := t.start(ctx)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.Kill()) }()
	all := t.listening(ctx, s.Address)
	defer all.end()
	c := t.crew(4)
	restarts := t.few(2, t.count(3, 20))
	for n := range restarts {
		if err := c.saveAWhile(ctx, s, t.few(10, 60)); err != nil {
			return finding{}, err
		}
		if s, err = t.restarted(ctx, s, n%2 == 0); err != nil {
			return finding{}, err
		}
	}
	if err := c.saveAWhile(ctx, s, 20); err != nil {
		return finding{}, err
	}
	want := int64(c.acknowledged() + t.example.Events)
	all.waitFor(want)
	all.end()
	missed, twice, cuts := 0, 0, 0
	for _, f := range all.followers {
		cuts += f.cuts
		m, again := gaps(f.seen, want)
		missed, twice = missed+m, twice+again
	}
	figure := fmt.Sprintf("%d of %d changes missed, %d sent twice, by %d cuts and %d restarts", missed, want*int64(len(all.followers)), twice, cuts, restarts)
	return finding{figure: figure, met: missed == 0 && twice == 0}, nil
}

// restarted ends a server, in good order or at once, and starts it again on the same folder and address. It returns the
// old one with an error.
func (t *trial) restarted(ctx context.Context, s *lab.Server, orderly bool) (*lab.Server, error) {
	end := s.Kill
	if orderly {
		end = func() error { _, err := s.Stop(); return err }
	}
	if err := end(); err != nil {
		return s, err
	}
	next, err := lab.StartCommand(lab.ServeCommand(ctx, t.Binary, s.Address, s.Folder), s.Folder)
	if err != nil {
		return s, err
	}
	return next, nil
}

// gaps counts which of the sequences from 1 to last are missing, and how many came more than once.
func gaps(seen []int64, last int64) (missed, twice int) {
	times := map[int64]int{}
	for _, sequence := range seen {
		times[sequence]++
	}
	for sequence := int64(1); sequence <= last; sequence++ {
		missed += max(0, 1-times[sequence])
		twice += max(0, times[sequence]-1)
	}
	return missed, twice
}

// saveAWhile makes each writer save a number of times. The server may have stored the first save of each before it was
// killed.
func (c *crew) saveAWhile(ctx context.Context, s *lab.Server, times int) error {
	var group sync.WaitGroup
	var failed atomic.Pointer[error]
	for _, w := range c.writers {
		group.Go(func() {
			for range times {
				if err := w.save(ctx, s); err != nil {
					failed.Store(&err)
					return
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
