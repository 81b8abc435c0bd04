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
	maxRecent           = 256  // events of an assessment that are kept for its subscribers
	eventPage           = 500  // events that are read at once
)

// eventSource returns events of an assessment after a sequence, in their order.
type eventSource func(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)

// hub knows which pages follow which assessment. A notification is only a hint to look: the changes themselves come from the
// event table, including what a command made that works on the same folder.
type hub struct {
	source  eventSource
	readers readersSource
	poll    time.Duration // between looks into the event table, while there are subscribers
	logger  *slog.Logger

	closing chan struct{} // closed when every stream has to end
	once    sync.Once

	mu       sync.Mutex
	channels map[string]*channel
	people   map[string]int // open streams by account
	open     int
}

// channel is an assessment with at least one subscriber. The mutex of the hub guards its fields.
type channel struct {
	id          string
	stop        context.CancelFunc
	hint        chan struct{}
	doubt       chan struct{} // whether all its subscribers may still read
	subscribers []*subscriber // in the order in which they joined
	left        bool          // somebody has left, and the others do not know yet

	last   int64              // sequence of the last event that is known
	recent []assessment.Event // the last ones, up to last
}

// subscriber is one open stream.
type subscriber struct {
	user, name string
	principle  string // that its page asks about; empty on other pages
	title      string // of the principle
	answers    bool   // the person may answer
	notify     chan struct{}

	session string // its hash
	rights  int64  // of its person, when the stream began
	team    string // of the workload, when the stream began
	ended   context.Context
	stop    context.CancelFunc // ends the stream
}

func newHub(source eventSource, readers readersSource, poll time.Duration, logger *slog.Logger) *hub {
	return &hub{source: source, readers: readers, poll: poll, logger: logger, closing: make(chan struct{}),
		channels: map[string]*channel{}, people: map[string]int{}}
}

// Streams returns how many streams are open.
func (h *hub) Streams() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Close ends every stream, now and from now on.
func (h *hub) Close() { h.once.Do(func() { close(h.closing) }) }

// join subscribes to an assessment whose sequence was read just now. Unavailable if too many streams are open, or the
// server is stopping.
func (h *hub) join(id string, sequence int64, s *subscriber) (*channel, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.closing:
		return nil, assessment.Errorf(assessment.Unavailable, "The server is shutting down")
	default:
	}
	if h.open >= maxStreams || h.people[s.user] >= maxStreamsPerPerson {
		return nil, assessment.Errorf(assessment.Unavailable, "Too many pages are open")
	}
	h.open++
	h.people[s.user]++
	c := h.channels[id]
	if c == nil {
		ctx, stop := context.WithCancel(context.Background())
		c = &channel{id: id, stop: stop, hint: make(chan struct{}, 1), doubt: make(chan struct{}, 1), last: sequence}
		h.channels[id] = c
		go h.watch(ctx, c)
		go h.watchReaders(ctx, c)
	}
	s.notify = make(chan struct{}, 1)
	s.ended, s.stop = context.WithCancel(context.Background())
	c.subscribers = append(c.subscribers, s)
	c.notifyAll()
	return c, nil
}

// leave ends a subscription. The others are told at the next poll, so that a person who only turns a page does not vanish
// in between.
func (h *hub) leave(c *channel, s *subscriber) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.stop()
	h.open--
	if h.people[s.user]--; h.people[s.user] == 0 {
		delete(h.people, s.user)
	}
	c.subscribers = slices.DeleteFunc(c.subscribers, func(other *subscriber) bool { return other == s })
	c.left = true
	if len(c.subscribers) == 0 {
		c.stop()
		delete(h.channels, c.id)
	}
}

// Notify says that an assessment may have changed.
func (h *hub) Notify(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.channels[id]; c != nil {
		signal(c.hint)
	}
}

func signal(to chan struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}

// watch reads what is new in an assessment until the last subscriber has left.
func (h *hub) watch(ctx context.Context, c *channel) {
	ticker := time.NewTicker(h.poll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.hint:
			h.read(ctx, c)
		case <-ticker.C:
			h.read(ctx, c)
			h.tellWhoLeft(c)
		}
	}
}

// read adds what was recorded since the last look to the channel.
func (h *hub) read(ctx context.Context, c *channel) {
	for {
		events, err := h.source(ctx, c.id, h.lastOf(c), eventPage)
		if err != nil {
			if ctx.Err() == nil {
				h.logger.WarnContext(ctx, "changes not read", "error", err.Error())
			}
			return
		}
		if len(events) == 0 {
			return
		}
		h.add(c, events)
	}
}

func (h *hub) lastOf(c *channel) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return c.last
}

func (h *hub) add(c *channel, events []assessment.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.last = events[len(events)-1].Sequence
	c.recent = append(c.recent, events...)
	if surplus := len(c.recent) - maxRecent; surplus > 0 {
		c.recent = slices.Clone(c.recent[surplus:])
	}
	c.notifyAll()
}

func (h *hub) tellWhoLeft(c *channel) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.left {
		c.left = false
		c.notifyAll()
	}
}

func (c *channel) notifyAll() {
	for _, s := range c.subscribers {
		signal(s.notify)
	}
}

// since returns the events after a sequence, at most eventPage of them; those that the channel no longer keeps come
// from the event table.
func (h *hub) since(ctx context.Context, c *channel, after int64) ([]assessment.Event, error) {
	if events, ok := h.recent(c, after); ok {
		return events, nil
	}
	return h.source(ctx, c.id, after, eventPage)
}

// recent returns the events after a sequence that the channel keeps, and false if it no longer keeps them all.
func (h *hub) recent(c *channel, after int64) ([]assessment.Event, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if after >= c.last {
		return nil, true
	}
	if len(c.recent) == 0 || after+1 < c.recent[0].Sequence {
		return nil, false
	}
	from := slices.IndexFunc(c.recent, func(e assessment.Event) bool { return e.Sequence > after })
	return slices.Clone(c.recent[from:]), true
}
