package account

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"plumbline/assessment"
)

const (
	mostHashing     = 4                // passwords that are hashed at once: each takes 64 MiB
	hashingPatience = 50 * time.Second // less than the minute after which the server hangs up
	mostInLane      = 128              // who are in one lane of a queue
	mostInQueue     = 1024             // who are in all of them
)

// errCrowded says that the turn to hash a password did not come in time, or that too many wait for theirs.
var errCrowded = errors.New("too many passwords are being checked")

// hashing lets a few passwords be hashed at once. More than there are processors for would take memory and no less time.
// Whoever is known has turns that strangers cannot take.
type hashing struct{ strangers, known *queue }

func newHashing() hashing {
	most := min(mostHashing, runtime.GOMAXPROCS(0))
	return hashing{strangers: newQueue(max(1, most/2)), known: newQueue(max(1, most-most/2))}
}

// queue is fair between lanes: of each, one at a time waits for a turn of the queue, the others behind it.
type queue struct {
	turns    *semaphore.Weighted
	patience time.Duration

	mu     sync.Mutex
	lanes  map[string]*lane
	inside int
}

type lane struct {
	first  *semaphore.Weighted
	inside int
}

func newQueue(turns int) *queue {
	return &queue{turns: semaphore.NewWeighted(int64(turns)), patience: hashingPatience, lanes: map[string]*lane{}}
}

// turn waits for a turn, which leave ends. Unavailable, with errCrowded in its chain, where it does not come in time.
func (q *queue) turn(ctx context.Context, key string) (leave func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, q.patience, errCrowded)
	defer cancel()
	one, err := q.join(key)
	if err != nil {
		return nil, crowded(err)
	}
	if err := one.first.Acquire(ctx, 1); err != nil {
		q.part(key, one)
		return nil, crowded(context.Cause(ctx))
	}
	if err := q.turns.Acquire(ctx, 1); err != nil {
		one.first.Release(1)
		q.part(key, one)
		return nil, crowded(context.Cause(ctx))
	}
	return func() {
		q.turns.Release(1)
		one.first.Release(1)
		q.part(key, one)
	}, nil
}

func crowded(cause error) error {
	return assessment.Wrap(assessment.Unavailable, cause, "Too many people are signing in right now")
}

func (q *queue) join(key string) (*lane, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	one, ok := q.lanes[key]
	if !ok {
		one = &lane{first: semaphore.NewWeighted(1)}
	}
	if one.inside >= mostInLane || q.inside >= mostInQueue {
		return nil, errCrowded
	}
	q.lanes[key] = one
	one.inside++
	q.inside++
	return one, nil
}

func (q *queue) part(key string, one *lane) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.inside--
	if one.inside--; one.inside == 0 {
		delete(q.lanes, key)
	}
}
