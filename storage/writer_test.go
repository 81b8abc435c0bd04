package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// hold makes the writer wait inside a write of its own until release is called.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	inside, free := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- s.writer.do(context.Background(), access.Actor{}, func(*tx) error {
			close(inside)
			<-free
			return nil
		})
	}()
	<-inside
	return sync.OnceFunc(func() {
		close(free)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// whenQueued returns once n writes wait.
func whenQueued(s *Store, n int) {
	for s.writer.waiting() < n {
		runtime.Gosched()
	}
}

// whenClosing returns once the writer takes no more writes.
func whenClosing(s *Store) {
	for closing := false; !closing; runtime.Gosched() {
		s.writer.mu.Lock()
		closing = s.writer.closed
		s.writer.mu.Unlock()
	}
}

func TestWaitingWritesShareOneCommit(t *testing.T) {
	b := newBench(t)
	release := hold(t, b.Store)
	var mu sync.Mutex
	transactions := map[*tx]int{}
	var saves sync.WaitGroup
	for i := range 32 {
		saves.Go(func() {
			err := b.writer.do(t.Context(), access.Actor{}, func(x *tx) error {
				mu.Lock()
				transactions[x]++
				mu.Unlock()
				_, err := createTeam(x, access.Actor{}, fmt.Sprintf("Team %d", i))
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	whenQueued(b.Store, 32)
	release()
	saves.Wait()
	if len(transactions) != 1 {
		t.Errorf("got %d transactions, want 1", len(transactions))
	}
	if teams := must(b.Teams(t.Context()))(t); len(teams) != 33 {
		t.Errorf("got %d teams, want 33", len(teams))
	}
}

func TestFailureInABatchTouchesNoOther(t *testing.T) {
	b := newBench(t)
	failure := errors.New("changed my mind")
	saved := func(practice string, then func() error) func(*tx) error {
		return func(x *tx) error {
			_, err := b.changeIn(x, b.actor, b.id, func(c *change) error {
				return c.saveAnswer(saveOf(practice, 0, assessment.Adopted), b.actor.User.Name, c.at)
			})
			return errors.Join(err, then())
		}
	}
	well := func() error { return nil }
	writes := []struct {
		run  func(*tx) error
		want string
	}{
		{saved("p1", well), ""},
		{saved("p2", func() error { return failure }), failure.Error()},
		{saved("p3", func() error { panic("bug") }), "panic while writing: bug"},
		{saved("p4", well), ""},
	}
	release := hold(t, b.Store)
	errs := make([]error, len(writes))
	var all sync.WaitGroup
	for i, write := range writes {
		all.Go(func() { errs[i] = b.writer.do(t.Context(), access.Actor{}, write.run) })
		whenQueued(b.Store, i+1)
	}
	release()
	all.Wait()
	for i, write := range writes {
		if got := fmt.Sprint(errs[i]); write.want == "" && errs[i] != nil || !strings.Contains(got, write.want) {
			t.Errorf("write %d: got %v, want %q", i, errs[i], write.want)
		}
	}
	current := b.current(t)
	if len(current.State.Answers) != 2 || current.State.Sequence != 3 || len(b.events(t)) != 3 {
		t.Errorf("got %d answers, sequence %d, %d events; want 2, 3, 3",
			len(current.State.Answers), current.State.Sequence, len(b.events(t)))
	}
	for _, practice := range []string{"p1", "p4"} {
		if current.State.Answer(practice).Status != assessment.Adopted {
			t.Errorf("%s is lost", practice)
		}
	}
}

// TestFaultAroundABatchLeavesNobodyWaiting panics where a commit is published or observed: everybody who waits is
// answered, and the writer goes on.
func TestFaultAroundABatchLeavesNobodyWaiting(t *testing.T) {
	const waiting = 3
	for name, spoil := range map[string]func(w *writer, fault func()){
		"publish": func(w *writer, fault func()) { w.publish = func(map[string]*assessment.Current, int64) { fault() } },
		"observe": func(w *writer, fault func()) { w.observer = func(Commit) { fault() } },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			batches := 0 // the first is the one that is held
			spoil(b.writer, func() {
				if batches++; batches == 2 {
					panic("bug")
				}
			})
			release := hold(t, b.Store)
			var all sync.WaitGroup
			for range waiting {
				all.Go(func() {
					defer func() { _ = recover() }() // as the server does for the request that commits
					_ = b.writer.do(context.Background(), access.Actor{}, func(*tx) error { return nil })
				})
			}
			whenQueued(b.Store, waiting)
			release()
			all.Wait()
			if _, err := b.CreateTeam(t.Context(), access.Actor{}, "Next"); err != nil {
				t.Errorf("the next write: %v", err)
			}
		})
	}
}

func TestCancelledWriteDoesNotRun(t *testing.T) {
	b := newBench(t)
	release := hold(t, b.Store)
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- b.writer.do(ctx, access.Actor{}, func(*tx) error {
			t.Error("it ran")
			return nil
		})
	}()
	whenQueued(b.Store, 1)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
}

func TestCloseRunsWhatWaits(t *testing.T) {
	b := newBench(t)
	release := hold(t, b.Store)
	saved := make(chan error)
	go func() {
		_, err := b.CreateTeam(context.Background(), access.Actor{}, "Late")
		saved <- err
	}()
	whenQueued(b.Store, 1)
	closed := make(chan error)
	go func() { closed <- b.Close() }()
	whenClosing(b.Store)
	_, err := b.CreateTeam(t.Context(), access.Actor{}, "Too late")
	wantCode(t, err, assessment.Unavailable)
	release()
	check(t, <-saved)
	check(t, <-closed)

	again := openStore(t, Options{Folder: b.folder})
	if teams := must(again.Teams(t.Context()))(t); len(teams) != 2 {
		t.Errorf("got %+v", teams)
	}
}

func TestManyPeopleSaveAtOnce(t *testing.T) {
	const people, saves = 32, 10
	b := newBenchWith(t, Options{}, questionnaire(4))
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			for version := range saves {
				_, err := b.SaveAnswer(t.Context(), b.actor, b.id,
					saveOf(fmt.Sprintf("p%d", i+1), version, flip(version)))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	current := b.current(t)
	if current.State.Sequence != 1+people*saves || len(b.events(t)) != 1+people*saves {
		t.Errorf("got sequence %d and %d events, want %d", current.State.Sequence, len(b.events(t)), 1+people*saves)
	}
	for practice, answer := range current.State.Answers {
		if answer.Version != saves {
			t.Errorf("%s has version %d, want %d", practice, answer.Version, saves)
		}
	}
}

func TestOnePracticeManyPeople(t *testing.T) {
	const people = 32
	b := newBench(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	codes := map[assessment.Code]int{}
	for i := range people {
		save := saveOf("p1", 0, assessment.Adopted)
		save.Answer.Note = fmt.Sprintf("by %d", i)
		all.Go(func() {
			_, err := b.SaveAnswer(t.Context(), b.actor, b.id, save)
			mu.Lock()
			codes[assessment.CodeOf(err)]++
			mu.Unlock()
		})
	}
	all.Wait()
	if codes[""] != 1 || codes[assessment.Conflict] != people-1 {
		t.Errorf("got %v, want one saved and the others in conflict", codes)
	}
}
