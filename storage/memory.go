package storage

import (
	"sync"
	"time"

	"plumbline/assessment"
)

// maxVisits is how many sessions are remembered.
const maxVisits = 10_000

// visit is a session and the person whose it is, as they were read together.
type visit struct {
	session assessment.Session
	actor   assessment.Actor
}

// ended reports whether the session is over by time.
func (v visit) ended(now time.Time) bool {
	return !now.Before(v.session.ExpiresAt) || now.Sub(v.session.SeenAt) >= assessment.IdleLimit
}

// visits remembers the sessions that were read at one age of the database. At another age it knows none of them.
type visits struct {
	mu     sync.Mutex
	age    int64
	byHash map[string]visit
}

func (v *visits) get(hash string, age int64) (visit, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.age != age {
		return visit{}, false
	}
	one, ok := v.byHash[hash]
	return one, ok
}

// put remembers a session that was read at an age of the database. Those of an earlier age are forgotten.
func (v *visits) put(hash string, age int64, one visit) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if age < v.age {
		return
	}
	if age > v.age || v.byHash == nil || len(v.byHash) >= maxVisits {
		v.age, v.byHash = age, map[string]visit{}
	}
	v.byHash[hash] = one
}
