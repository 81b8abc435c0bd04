package page

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"

	"plumbline/assessment"
)

// Limits by rate.
const (
	ReportsPerUser = 5      // a minute
	filesPerUser   = 10     // a minute, of questionnaires and reviews
	changesPerUser = 120    // a minute, of what no quota of a team bounds
	keysKnown      = 10_000 // for each limit; whoever has not come for longest is forgotten
)

// Limiter counts the uses of something by key: a person, a token, an address.
type Limiter interface {
	// Take counts one more use, and reports whether that is within the limit. One beyond it is not counted.
	Take(key string) bool
	// Full reports whether no more uses are within the limit now.
	Full(key string) bool
}

// PerMinute returns a limiter that lets each key have so many uses within any minute.
func (o Options) PerMinute(uses int) Limiter {
	if o.Unlimited {
		return unlimited{}
	}
	known, _ := lru.New[string, *window](keysKnown) // fails only where the limit is not above 0
	return perMinute{uses, known}
}

type unlimited struct{}

func (unlimited) Take(string) bool { return true }
func (unlimited) Full(string) bool { return false }

type perMinute struct {
	uses  int
	byKey *lru.Cache[string, *window]
}

func (l perMinute) Take(key string) bool {
	one, ok := l.byKey.Get(key)
	if !ok {
		one = new(window)
		if other, known, _ := l.byKey.PeekOrAdd(key, one); known {
			one = other
		}
	}
	return one.take(time.Now(), l.uses)
}

func (l perMinute) Full(key string) bool {
	one, ok := l.byKey.Get(key)
	return ok && one.full(time.Now(), l.uses)
}

// window is when the uses of one key within the last minute were, the earliest first.
type window struct {
	mu   sync.Mutex
	uses []time.Time
}

func (w *window) take(now time.Time, most int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.forget(now); len(w.uses) >= most {
		return false
	}
	w.uses = append(w.uses, now)
	return true
}

func (w *window) full(now time.Time, most int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forget(now)
	return len(w.uses) >= most
}

func (w *window) forget(now time.Time) {
	w.uses = slices.DeleteFunc(w.uses, func(use time.Time) bool { return now.Sub(use) >= time.Minute })
}

// Rationed lets one person send so many files a minute: some take a second to be understood.
func (k *Kit) Rationed(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if k.files.Take(ActorOf(r).User.ID) {
			return h(w, r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
		return assessment.Errorf(assessment.TooMany,
			"You can upload %d files a minute. Wait a minute, then try again", filesPerUser)
	}
}

// Steady lets one person make so many changes a minute: each leaves an entry in the audit log, which stays.
func (k *Kit) Steady(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if k.changes.Take(ActorOf(r).User.ID) {
			return h(w, r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
		return assessment.Errorf(assessment.TooMany, "You can make %d changes of this kind a minute. Wait a minute, then try again", changesPerUser)
	}
}

// perPerson lets each person have so much at once.
type perPerson struct {
	most   int64
	mu     sync.Mutex
	people map[string]*turn // those who have something or wait
}

type turn struct {
	*semaphore.Weighted
	present int
}

func newPerPerson(most int64) *perPerson { return &perPerson{most: most, people: map[string]*turn{}} }

// own waits a little until a person has no more than leaves room for something of their own.
func (p *perPerson) own(ctx context.Context, person string, size int64) (leave func(), err error) {
	turn := p.come(person)
	if err := acquire(ctx, turn.Weighted, size, errHeavyOwn); err != nil {
		p.gone(person)
		return nil, err
	}
	return func() {
		turn.Release(size)
		p.gone(person)
	}, nil
}

func (p *perPerson) come(person string) *turn {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.people[person]
	if one == nil {
		one = &turn{Weighted: semaphore.NewWeighted(p.most)}
		p.people[person] = one
	}
	one.present++
	return one
}

func (p *perPerson) gone(person string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if one := p.people[person]; one.present > 1 {
		one.present--
	} else {
		delete(p.people, person)
	}
}

// acquire waits a little for a turn, and returns busy where it does not come.
func acquire(ctx context.Context, turn *semaphore.Weighted, size int64, busy error) error {
	wait, cancel := context.WithTimeout(ctx, heavyPatience)
	defer cancel()
	if turn.Acquire(wait, size) == nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return busy
}
