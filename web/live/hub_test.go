package live

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"plumbline/assessment"
)

// eventTable is a source of events without a database.
type eventTable struct {
	mu     sync.Mutex
	events []assessment.Event
	reads  int
}

func (t *eventTable) record(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for range n {
		t.events = append(t.events, assessment.Event{Sequence: int64(len(t.events) + 1), Kind: assessment.EventAnswer})
	}
}

func (t *eventTable) after(_ context.Context, _ string, after int64, limit int) ([]assessment.Event, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reads++
	events := t.events[min(int(after), len(t.events)):]
	return slices.Clone(events[:min(limit, len(events))]), nil
}

func (t *eventTable) readSoFar() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.reads
}

// everybody may read on; the subscribers of these tests have no team and no rights.
func everybody(_ context.Context, _ string, sessions []string) (string, map[string]int64, error) {
	rights := map[string]int64{}
	for _, session := range sessions {
		rights[session] = 0
	}
	return "", rights, nil
}

func testHub(table *eventTable) *hub {
	return newHub(table.after, everybody, defaultPoll, slog.New(slog.DiscardHandler))
}

// enter joins and fails the test if that is refused.
func enter(t *testing.T, h *hub, id string, sequence int64, s *subscriber) *channel {
	t.Helper()
	c, err := h.join(id, sequence, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// drain takes a signal that waits, and reports whether there was one.
func drain(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestChangesOfOtherProcessesAreFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := &eventTable{}
		h := testHub(table)
		s := &subscriber{user: "ines"}
		c := enter(t, h, "a", 0, s)
		drain(s.notify)
		table.record(1)
		start := time.Now()
		<-s.notify
		if waited := time.Since(start); waited != defaultPoll {
			t.Errorf("found after %s, want %s", waited, defaultPoll)
		}
		events, err := h.since(t.Context(), c, 0)
		if err != nil || len(events) != 1 {
			t.Errorf("%d events, %v; want 1", len(events), err)
		}
		table.record(1)
		h.Notify("a")
		start = time.Now()
		<-s.notify
		if waited := time.Since(start); waited != 0 {
			t.Errorf("a hint was followed after %s, want at once", waited)
		}
		h.leave(c, s)
		synctest.Wait()
		before := table.readSoFar()
		<-time.After(10 * defaultPoll)
		if n := table.readSoFar() - before; n != 0 {
			t.Errorf("read %d times without subscribers", n)
		}
	})
}

func TestSubscriberFarBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const many = 3*eventPage + 7
		table := &eventTable{}
		h := testHub(table)
		s := &subscriber{user: "ines"}
		c := enter(t, h, "a", 0, s)
		defer h.leave(c, s)
		table.record(many)
		h.Notify("a")
		synctest.Wait()
		for _, after := range []int64{0, 1, many - maxRecent - 1, many - maxRecent, many - 1, many} {
			at := after
			for {
				events, err := h.since(t.Context(), c, at)
				if err != nil {
					t.Fatal(err)
				}
				if len(events) == 0 {
					break
				}
				for _, e := range events {
					if e.Sequence != at+1 {
						t.Fatalf("after %d comes %d", at, e.Sequence)
					}
					at++
				}
			}
			if at != many {
				t.Errorf("from %d on: up to %d, want %d", after, at, many)
			}
		}
		if n := len(c.recent); n != maxRecent {
			t.Errorf("%d events are kept, want %d", n, maxRecent)
		}
	})
}

func TestStreamsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := testHub(&eventTable{})
		var leave []func()
		for range maxStreamsPerPerson {
			s := &subscriber{user: "ines"}
			c := enter(t, h, "a", 0, s)
			leave = append(leave, func() { h.leave(c, s) })
		}
		if _, err := h.join("a", 0, &subscriber{user: "ines"}); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("one too many of a person: %v, want unavailable", err)
		}
		other := &subscriber{user: "tomas"}
		c := enter(t, h, "b", 0, other)
		h.leave(c, other)
		for _, one := range leave {
			one()
		}
		if h.open != 0 || len(h.people) != 0 || len(h.channels) != 0 {
			t.Errorf("after all have left: %d streams, %v, %d channels", h.open, h.people, len(h.channels))
		}
		h.open = maxStreams
		if _, err := h.join("a", 0, other); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("one too many of all: %v, want unavailable", err)
		}
		h.open = 0
		h.Close()
		if _, err := h.join("a", 0, other); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("while stopping: %v, want unavailable", err)
		}
	})
}

func TestWhoIsPresent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := testHub(&eventTable{})
		var c *channel
		in := func(user, name, principle, title string, answers bool) *subscriber {
			s := &subscriber{user: user, name: name, principle: principle, title: title, answers: answers}
			c = enter(t, h, "a", 0, s)
			return s
		}
		ines := in("ines", "Ines Okafor", "sec-02", "Protection", true)
		in("ines", "Ines Okafor", "rel-01", "Data", true)
		in("viewer", "Vera", "sec-02", "Protection", false)
		in("reader", "Rolf", "", "", true)
		tomas := in("tomas", "Tomás Lindqvist", "sec-02", "Protection", true)
		in("tomas", "Tomás Lindqvist", "rel-01", "Data", true)
		in("mei", "Mei Tanaka", "rel-01", "Data", true)
		in("mei", "Mei Tanaka", "ops-04", "Model decay", true)
		want := []present{{"Mei Tanaka", "Model decay"}, {"Tomás Lindqvist", "on this page"}}
		if got := h.presentFor(c, ines); !slices.Equal(got, want) {
			t.Errorf("present: %v, want %v", got, want)
		}
		drain(ines.notify)
		h.leave(c, tomas)
		if drain(ines.notify) {
			t.Error("told at once that somebody has left, who may only turn a page")
		}
		<-ines.notify
		want[1].Where = "Data"
		if got := h.presentFor(c, ines); !slices.Equal(got, want) {
			t.Errorf("present: %v, want %v", got, want)
		}
		for _, s := range slices.Clone(c.subscribers) {
			h.leave(c, s)
		}
	})
}
