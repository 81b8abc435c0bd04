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

func testRooms(table *eventTable) *rooms {
	return newRooms(table.after, defaultPoll, slog.New(slog.DiscardHandler))
}

// enter joins a room and fails the test where it is refused.
func enter(t *testing.T, rs *rooms, id string, sequence int64, l *listener) *room {
	t.Helper()
	r, err := rs.join(id, sequence, l)
	if err != nil {
		t.Fatal(err)
	}
	return r
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
		rs := testRooms(table)
		l := &listener{user: "ines"}
		r := enter(t, rs, "a", 0, l)
		drain(l.wake)
		table.record(1)
		start := time.Now()
		<-l.wake
		if waited := time.Since(start); waited != defaultPoll {
			t.Errorf("found after %s, want %s", waited, defaultPoll)
		}
		events, err := rs.since(t.Context(), r, 0)
		if err != nil || len(events) != 1 {
			t.Errorf("%d events, %v; want 1", len(events), err)
		}
		table.record(1)
		rs.Look("a")
		start = time.Now()
		<-l.wake
		if waited := time.Since(start); waited != 0 {
			t.Errorf("a hint was followed after %s, want at once", waited)
		}
		rs.leave(r, l)
		synctest.Wait()
		before := table.readSoFar()
		<-time.After(10 * defaultPoll)
		if n := table.readSoFar() - before; n != 0 {
			t.Errorf("read %d times while nobody listens", n)
		}
	})
}

func TestListenerFarBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const many = 3*eventPage + 7
		table := &eventTable{}
		rs := testRooms(table)
		l := &listener{user: "ines"}
		r := enter(t, rs, "a", 0, l)
		defer rs.leave(r, l)
		table.record(many)
		rs.Look("a")
		synctest.Wait()
		for _, after := range []int64{0, 1, many - maxRecent - 1, many - maxRecent, many - 1, many} {
			at := after
			for {
				events, err := rs.since(t.Context(), r, at)
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
		if n := len(r.recent); n != maxRecent {
			t.Errorf("%d events are kept, want %d", n, maxRecent)
		}
	})
}

func TestStreamsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rs := testRooms(&eventTable{})
		var leave []func()
		for range maxStreamsPerPerson {
			l := &listener{user: "ines"}
			r := enter(t, rs, "a", 0, l)
			leave = append(leave, func() { rs.leave(r, l) })
		}
		if _, err := rs.join("a", 0, &listener{user: "ines"}); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("one too many of a person: %v, want unavailable", err)
		}
		other := &listener{user: "tomas"}
		r := enter(t, rs, "b", 0, other)
		rs.leave(r, other)
		for _, one := range leave {
			one()
		}
		if rs.open != 0 || len(rs.people) != 0 || len(rs.byID) != 0 {
			t.Errorf("after all have left: %d streams, %v, %d rooms", rs.open, rs.people, len(rs.byID))
		}
		rs.open = maxStreams
		if _, err := rs.join("a", 0, other); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("one too many of all: %v, want unavailable", err)
		}
		rs.open = 0
		rs.Close()
		if _, err := rs.join("a", 0, other); assessment.CodeOf(err) != assessment.Unavailable {
			t.Errorf("while stopping: %v, want unavailable", err)
		}
	})
}

func TestWhoIsPresent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rs := testRooms(&eventTable{})
		var r *room
		in := func(user, name, principle, title string, answers bool) *listener {
			l := &listener{user: user, name: name, principle: principle, title: title, answers: answers}
			r = enter(t, rs, "a", 0, l)
			return l
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
		if got := rs.presentFor(r, ines); !slices.Equal(got, want) {
			t.Errorf("present: %v, want %v", got, want)
		}
		drain(ines.wake)
		rs.leave(r, tomas)
		if drain(ines.wake) {
			t.Error("told at once that somebody has left, who may only turn a page")
		}
		<-ines.wake
		want[1].Where = "Data"
		if got := rs.presentFor(r, ines); !slices.Equal(got, want) {
			t.Errorf("present: %v, want %v", got, want)
		}
		for _, l := range slices.Clone(r.inside) {
			rs.leave(r, l)
		}
	})
}
