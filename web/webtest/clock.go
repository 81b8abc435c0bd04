package webtest

import (
	"sync"
	"time"
)

// Clock is the clock of an application under test, which only the test moves while the application reads it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at now.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns where the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on, or back.
func (c *Clock) Advance(by time.Duration) { c.SetClock(c.Now().Add(by)) }

// SetClock sets the clock to now.
func (c *Clock) SetClock(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}
