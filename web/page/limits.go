package page

import (
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
)

// Limits by rate.
const (
	ReportsPerUser = 5      // a minute
	filesPerUser   = 10     // a minute, of questionnaires and reviews
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
			"You can upload %d files a minute. Wait a minute, then choose the file again", filesPerUser)
	}
}
