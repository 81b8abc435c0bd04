package storage

import (
	"sync"
	"testing"
	"time"

	"plumbline/assessment/access"
)

func TestObserverHearsOfCommits(t *testing.T) {
	var mu sync.Mutex
	var heard []Commit
	s := openStore(t, Options{Folder: t.TempDir(), Observe: func(c Commit) {
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, c)
	}})
	release := hold(t, s)
	var writes sync.WaitGroup
	for range 5 {
		writes.Go(func() {
			if err := s.writer.do(t.Context(), access.Actor{}, func(*tx) error { return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	whenQueued(s, 5)
	if load, err := s.Load(t.Context()); err != nil || load.Waiting != 5 || load.Sessions != 0 || load.Bytes == 0 {
		t.Errorf("load while five wait: %+v, %v", load, err)
	}
	release()
	writes.Wait()
	mu.Lock()
	defer mu.Unlock()
	last := heard[len(heard)-1]
	if len(last.Waited) != 5 || last.Failed || last.Took <= 0 || last.Waited[0] < 0 {
		t.Errorf("last commit: %+v, want five writes", last)
	}
}

func TestLoadCountsSessionsThatHaveNotEnded(t *testing.T) {
	b := newBench(t)
	now := b.clock.Now()
	for hash, seen := range map[string]time.Time{"a": now, "b": now.Add(-2 * access.IdleLimit)} {
		session := access.Session{Hash: hash, User: b.actor.User.ID, CreatedAt: seen, SeenAt: seen, ExpiresAt: now.Add(time.Hour)}
		if err := b.CreateSession(t.Context(), access.Actor{}, session); err != nil {
			t.Fatal(err)
		}
	}
	if load, err := b.Load(t.Context()); err != nil || load.Sessions != 1 {
		t.Errorf("load: %+v, %v; want one session", load, err)
	}
}
