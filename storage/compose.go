package storage

import (
	"context"
	"errors"
	"runtime"
	"time"

	"plumbline/assessment"
)

// What takes more than a few milliseconds is computed beside the writer, which everybody waits for, from what is stored
// at that moment; in the writer it is only compared that this is still so.

const (
	composeTries    = 5                // against an assessment that others change meanwhile
	composePatience = 20 * time.Second // for a place
)

// errOutdated says that what was computed is not about what is stored any more.
var errOutdated = errors.New("changed while it was computed")

// untilCurrent repeats an attempt that is outdated, a few times.
func untilCurrent(attempt func() error) error {
	for range composeTries {
		if err := attempt(); !errors.Is(err, errOutdated) {
			return err
		}
	}
	return assessment.Wrap(assessment.Conflict, errOutdated,
		"Other people are changing this assessment, so no snapshot could be created. Try again in a minute")
}

// places are for those who compute at once: few enough to leave a processor to everybody else.
type places chan struct{}

func newPlaces() places { return make(places, max(1, runtime.GOMAXPROCS(0)/2)) }

// wait waits for a place, Unavailable where none is free in time.
func (p places) wait(ctx context.Context) error {
	busy := assessment.Errorf(assessment.Unavailable, "Many snapshots are being created right now. Try again in a minute")
	ctx, cancel := context.WithTimeoutCause(ctx, composePatience, busy)
	defer cancel()
	select {
	case p <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (p places) leave() { <-p }

// warm reads assessments that are not remembered, so that the writer does not have to.
func (s *Store) warm(ctx context.Context, assessments ...string) error {
	for _, id := range assessments {
		if _, err := s.Current(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
