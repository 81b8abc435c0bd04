package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
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
	person person
	mu     sync.Mutex
	seen   []int64
	cuts   int
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
func (f *follower) follow(ctx context.Context, s *server, assessment string) {
	for ctx.Err() == nil {
		left := 1 + rand.IntN(20)
		_ = s.listen(ctx, f.person, assessment, f.last(), func(sequence int64) bool {
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

// cutStreams lets eight pages listen while four people save, cuts the streams all the time and restarts the server.
func cutStreams(ctx context.Context, l *lab) (_ finding, err error) {
	folder, err := l.data()
	if err != nil {
		return finding{}, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return finding{}, err
	}
	s, err := l.startAt(ctx, address, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	following, stop := context.WithCancel(ctx)
	defer stop()
	// A server has the address and the client: those who follow notice nothing of a restart but the cut.
	door := &server{address: address, http: clientFrom("127.0.0.1")}
	followers := make([]*follower, 8)
	var group sync.WaitGroup
	for n := range followers {
		followers[n] = &follower{person: l.example.people[10+n]}
		group.Go(func() { followers[n].follow(following, door, l.example.assessment) })
	}
	c := l.example.crew(4)
	restarts := l.count(3, 20)
	for n := range restarts {
		if err := c.saveAWhile(ctx, s, 60); err != nil {
			return finding{}, err
		}
		if n%2 == 0 {
			_, err = s.stop()
		} else {
			err = s.kill()
		}
		if err != nil {
			return finding{}, err
		}
		next, err := l.startAt(ctx, address, folder)
		if err != nil {
			return finding{}, err
		}
		s = next
	}
	if err := c.saveAWhile(ctx, s, 20); err != nil {
		return finding{}, err
	}
	want := int64(c.acknowledged() + l.example.firstEvents)
	complete := func() bool {
		return !slices.ContainsFunc(followers, func(f *follower) bool { return f.last() < want })
	}
	for start := time.Now(); !complete() && time.Since(start) < patience; {
		<-time.After(20 * time.Millisecond)
	}
	stop()
	group.Wait()
	missed, twice, cuts := 0, 0, 0
	for _, f := range followers {
		cuts += f.cuts
		m, t := gaps(f.seen, want)
		missed, twice = missed+m, twice+t
	}
	figure := fmt.Sprintf("%d of %d changes missed, %d told twice, by %d cuts and %d restarts", missed, want*int64(len(followers)), twice, cuts, restarts)
	return finding{figure: figure, met: missed == 0 && twice == 0}, nil
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

// saveAWhile lets each writer save a number of times. The first save of each may be one that a server stored before it
// was killed.
func (c *crew) saveAWhile(ctx context.Context, s *server, times int) error {
	var group sync.WaitGroup
	var failed atomic.Pointer[error]
	for _, w := range c.writers {
		group.Go(func() {
			for range times {
				if err := w.save(ctx, s, c.example); err != nil {
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

// freeAddress returns a loopback address that nobody listens on.
func freeAddress(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
