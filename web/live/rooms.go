package live

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"plumbline/assessment"
)

const (
	maxStreams          = 2000 // open at once
	maxStreamsPerPerson = 8    // each visible page of a browser has one
	maxRecent           = 256  // events of an assessment that are kept for those who listen
	eventPage           = 500  // events that are read at once
)

// eventSource returns events of an assessment after a sequence, in their order.
type eventSource func(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)

// rooms knows who listens to the changes of which assessment. What is said in a room is never more than a hint to look:
// the changes themselves come from the event table, also those that another process made.
type rooms struct {
	source eventSource
	poll   time.Duration // between looks into the event table, while somebody listens
	logger *slog.Logger

	closing chan struct{} // closed when every stream has to end
	once    sync.Once

	mu     sync.Mutex
	byID   map[string]*room
	people map[string]int // open streams by account
	open   int
}

// room is one assessment that somebody listens to. Its fields belong to the mutex of rooms.
type room struct {
	id     string
	stop   context.CancelFunc
	hint   chan struct{}
	inside []*listener // in the order in which they came
	left   bool        // somebody has gone, and nobody was told yet

	last   int64              // sequence of the last event that is known
	recent []assessment.Event // the last ones, up to last
}

// listener is one open stream.
type listener struct {
	user, name string
	principle  string // where its page is; empty for a page that is no principle's
	title      string // of the principle
	answers    bool   // the person may answer
	wake       chan struct{}
}

func newRooms(source eventSource, poll time.Duration, logger *slog.Logger) *rooms {
	return &rooms{source: source, poll: poll, logger: logger, closing: make(chan struct{}),
		byID: map[string]*room{}, people: map[string]int{}}
}

// Streams returns how many streams are open.
func (rs *rooms) Streams() int {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return rs.open
}

// Close ends every stream, now and from now on.
func (rs *rooms) Close() { rs.once.Do(func() { close(rs.closing) }) }

// join lets a listener into the room of an assessment whose sequence was read just now. Unavailable where too many
// listen already, or the server stops.
func (rs *rooms) join(id string, sequence int64, l *listener) (*room, error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	select {
	case <-rs.closing:
		return nil, assessment.Errorf(assessment.Unavailable, "The server is shutting down")
	default:
	}
	if rs.open >= maxStreams || rs.people[l.user] >= maxStreamsPerPerson {
		return nil, assessment.Errorf(assessment.Unavailable, "Too many pages are open")
	}
	rs.open++
	rs.people[l.user]++
	r := rs.byID[id]
	if r == nil {
		ctx, stop := context.WithCancel(context.Background())
		r = &room{id: id, stop: stop, hint: make(chan struct{}, 1), last: sequence}
		rs.byID[id] = r
		go rs.watch(ctx, r)
	}
	l.wake = make(chan struct{}, 1)
	r.inside = append(r.inside, l)
	r.wakeAll()
	return r, nil
}

// leave lets a listener out. The others are told at the next look, so that a person who only turns a page does not
// vanish in between.
func (rs *rooms) leave(r *room, l *listener) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.open--
	if rs.people[l.user]--; rs.people[l.user] == 0 {
		delete(rs.people, l.user)
	}
	r.inside = slices.DeleteFunc(r.inside, func(other *listener) bool { return other == l })
	r.left = true
	if len(r.inside) == 0 {
		r.stop()
		delete(rs.byID, r.id)
	}
}

// Look says that an assessment may have changed.
func (rs *rooms) Look(id string) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if r := rs.byID[id]; r != nil {
		signal(r.hint)
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// watch reads what is new in an assessment until the last listener has left.
func (rs *rooms) watch(ctx context.Context, r *room) {
	ticker := time.NewTicker(rs.poll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.hint:
			rs.read(ctx, r)
		case <-ticker.C:
			rs.read(ctx, r)
			rs.tellWhoLeft(r)
		}
	}
}

// read brings what was recorded since the last look into the room.
func (rs *rooms) read(ctx context.Context, r *room) {
	for {
		events, err := rs.source(ctx, r.id, rs.lastOf(r), eventPage)
		if err != nil {
			if ctx.Err() == nil {
				rs.logger.WarnContext(ctx, "changes not read", "error", err.Error())
			}
			return
		}
		if len(events) == 0 {
			return
		}
		rs.add(r, events)
	}
}

func (rs *rooms) lastOf(r *room) int64 {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return r.last
}

func (rs *rooms) add(r *room, events []assessment.Event) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r.last = events[len(events)-1].Sequence
	r.recent = append(r.recent, events...)
	if surplus := len(r.recent) - maxRecent; surplus > 0 {
		r.recent = slices.Clone(r.recent[surplus:])
	}
	r.wakeAll()
}

func (rs *rooms) tellWhoLeft(r *room) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if r.left {
		r.left = false
		r.wakeAll()
	}
}

func (r *room) wakeAll() {
	for _, l := range r.inside {
		signal(l.wake)
	}
}

// since returns the events after a sequence, at most eventPage of them; those that are no longer in the room come from
// the event table.
func (rs *rooms) since(ctx context.Context, r *room, after int64) ([]assessment.Event, error) {
	if events, ok := rs.recent(r, after); ok {
		return events, nil
	}
	return rs.source(ctx, r.id, after, eventPage)
}

// recent returns the events after a sequence that the room knows, and false where it no longer knows them all.
func (rs *rooms) recent(r *room, after int64) ([]assessment.Event, bool) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if after >= r.last {
		return nil, true
	}
	if len(r.recent) == 0 || after+1 < r.recent[0].Sequence {
		return nil, false
	}
	from := slices.IndexFunc(r.recent, func(e assessment.Event) bool { return e.Sequence > after })
	return slices.Clone(r.recent[from:]), true
}
