package page

import (
	"io"
	"net/http"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

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
	// Take counts one more use, and reports whether that is within the limit.
	Take(key string) bool
}

// PerMinute returns a limiter that lets each key have so many uses at once, and as many again over the next minute.
func (o Options) PerMinute(uses int) Limiter {
	if o.Unlimited {
		return unlimited{}
	}
	known, _ := lru.New[string, *rate.Limiter](keysKnown) // fails only where the limit is not above 0
	return perMinute{uses, known}
}

type unlimited struct{}

func (unlimited) Take(string) bool { return true }

type perMinute struct {
	uses  int
	byKey *lru.Cache[string, *rate.Limiter]
}

func (l perMinute) Take(key string) bool {
	one, ok := l.byKey.Get(key)
	if !ok {
		one = rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.uses)), l.uses)
		if other, known, _ := l.byKey.PeekOrAdd(key, one); known {
			one = other
		}
	}
	return one.Allow()
}

// Rationed lets one person send so many files a minute: some take a second to be understood.
func (k *Kit) Rationed(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if k.files.Take(ActorOf(r).User.ID) {
			return h(w, r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
		return assessment.Errorf(assessment.TooMany,
			"At most %d files a minute are read for one person. Wait a minute, then choose the file again", filesPerUser)
	}
}
