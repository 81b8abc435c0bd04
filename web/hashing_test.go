package web

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestHashingIsBounded lets everybody wait for somebody who does not finish.
func TestHashingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHashing()
		turns := 0
		for h.TryAcquire(1) {
			turns++
		}
		if turns < 1 || turns > mostHashing {
			t.Errorf("%d at once, want at most %d", turns, mostHashing)
		}
		start := time.Now()
		err := h.turn(t.Context())
		if !errors.Is(err, errCrowded) || statusOf(err) != http.StatusServiceUnavailable || time.Since(start) != hashingPatience {
			t.Errorf("after %v: %v, status %d", time.Since(start), err, statusOf(err))
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if err := h.turn(gone); !errors.Is(err, context.Canceled) {
			t.Errorf("somebody who has gone: %v", err)
		}
		h.Release(1)
		if err := h.turn(t.Context()); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// OccupyHashing takes all turns, lets nobody wait for one, and returns what frees them.
func (s *Server) OccupyHashing(t testing.TB) (free func()) {
	t.Helper()
	s.hashing.patience = time.Nanosecond
	turns := int64(0)
	for s.hashing.TryAcquire(1) {
		turns++
	}
	return func() {
		s.hashing.Release(turns)
		s.hashing.patience = hashingPatience
	}
}
