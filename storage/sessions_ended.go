package storage

import (
	"context"
	"maps"
	"sync"
	"time"

	"plumbline/assessment/access"
)

// endedRetry is how often sessions that have ended are taken out of a database that could not be written.
const endedRetry = 2 * time.Second

// endedSessions are sessions that somebody has ended while the database could not be written. They are worth nothing from
// that moment on, and leave the database as soon as it can be written again. A server that is killed before that forgets
// them; they end by time then.
type endedSessions struct {
	mu     sync.Mutex
	by     map[string]access.Actor // who ended them, by hash
	timer  *time.Timer
	closed bool
}

func (e *endedSessions) has(hash string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ended := e.by[hash]
	return ended
}

// add remembers a session, and sees that write is called soon.
func (e *endedSessions) add(hash string, by access.Actor, write func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.by == nil {
		e.by = map[string]access.Actor{}
	}
	e.by[hash] = by
	e.again(write)
}

func (e *endedSessions) again(write func()) {
	if e.timer == nil && !e.closed && len(e.by) > 0 {
		e.timer = time.AfterFunc(endedRetry, write)
	}
}

func (e *endedSessions) all() map[string]access.Actor {
	e.mu.Lock()
	defer e.mu.Unlock()
	return maps.Clone(e.by)
}

// wrote forgets the sessions that the database knows of, and sees that write is called again for the others.
func (e *endedSessions) wrote(hashes []string, write func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, hash := range hashes {
		delete(e.by, hash)
	}
	e.timer = nil
	e.again(write)
}

func (e *endedSessions) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.timer != nil {
		e.timer.Stop()
	}
}

// DeleteSession ends a session; one that has ended is no error. Where the database cannot be written, the session has
// ended all the same.
func (s *Store) DeleteSession(ctx context.Context, actor access.Actor, hash string) error {
	err := s.deleteSession(ctx, actor, hash)
	if err != nil {
		s.logger.WarnContext(ctx, "a session has ended, which is written later", "error", err.Error())
		s.ended.add(hash, actor, s.writeEnded)
	}
	return nil
}

func (s *Store) writeEnded() {
	var written []string
	for hash, actor := range s.ended.all() {
		if err := s.deleteSession(context.Background(), actor, hash); err == nil {
			written = append(written, hash)
		}
	}
	s.ended.wrote(written, s.writeEnded)
}

// closeEnded writes for the last time what is left.
func (s *Store) closeEnded() {
	s.ended.close()
	s.writeEnded()
	if left := len(s.ended.all()); left > 0 {
		s.logger.Warn("sessions that have ended could not be taken out of the database; they end by time", "sessions", left)
	}
}
