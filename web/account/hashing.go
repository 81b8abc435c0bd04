package account

import (
	"context"
	"errors"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"plumbline/assessment"
)

const (
	mostHashing     = 4                // passwords that are hashed at once: each takes 64 MiB
	hashingPatience = 20 * time.Second // less than the minute after which the server hangs up
)

// errCrowded says that the turn to hash a password did not come in time.
var errCrowded = errors.New("too many passwords are being checked")

// hashing lets a few passwords be hashed at once. More than there are processors for would take memory and no less time.
type hashing struct {
	*semaphore.Weighted
	patience time.Duration // with those before
}

func newHashing() hashing {
	return hashing{semaphore.NewWeighted(int64(min(mostHashing, runtime.GOMAXPROCS(0)))), hashingPatience}
}

// turn waits for a turn, which Release ends. Unavailable, with errCrowded in its chain, where it does not come in time.
func (h hashing) turn(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, h.patience, errCrowded)
	defer cancel()
	if err := h.Acquire(ctx, 1); err != nil {
		return assessment.Wrap(assessment.Unavailable, context.Cause(ctx), "Too many people sign in at this moment")
	}
	return nil
}
