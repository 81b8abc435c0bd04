package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"plumbline/assessment/access"
)

// endedRetry is how often sessions that have ended are taken out of a database that could not be written.
const endedRetry = 2 * time.Second

// endedSessions are sessions that somebody has ended while the database could not be written. They are worth nothing from
// that moment on, and leave the database as soon as it can be written again. Until then a file beside the database has
// them, for a server that starts after this one was stopped or killed.
type endedSessions struct {
	mu     sync.Mutex
	by     map[string]access.Actor // who ended them, by hash
	file   *os.File                // nil where there is none
	timer  *time.Timer
	closed bool
}

const (
	endedFile  = "ended-sessions"
	endedBytes = 64 << 10 // a thousand sessions
)

// open reads the file, or makes it. It takes its whole room on the disk at once: on a full disk, only what is there already
// can be written over.
func (e *endedSessions) open(folder string) error {
	file, err := os.OpenFile(filepath.Join(folder, endedFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(file, endedBytes))
	if err == nil && len(text) < endedBytes {
		err = writeOver(file, text)
	}
	if err != nil {
		return errors.Join(err, file.Close())
	}
	e.file, e.by = file, map[string]access.Actor{}
	for _, hash := range strings.Fields(string(text)) {
		e.by[hash] = access.Actor{}
	}
	return nil
}

func writeOver(file *os.File, text []byte) error {
	padded := append(text[:min(len(text), endedBytes)], bytes.Repeat([]byte(" "), max(endedBytes-len(text), 0))...)
	if _, err := file.WriteAt(padded, 0); err != nil {
		return err
	}
	return file.Sync()
}

// note writes the file. Where it cannot be written, a server that starts later knows nothing of these sessions, and they end
// by time.
func (e *endedSessions) note() error {
	if e.file == nil {
		return errors.New("the file for ended sessions does not exist")
	}
	return writeOver(e.file, []byte(strings.Join(slices.Sorted(maps.Keys(e.by)), "\n")))
}

func (e *endedSessions) has(hash string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ended := e.by[hash]
	return ended
}

// add remembers a session, and sees that write is called soon. The error says that the memory is lost with the process.
func (e *endedSessions) add(hash string, by access.Actor, write func()) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.by == nil {
		e.by = map[string]access.Actor{}
	}
	e.by[hash] = by
	e.again(write)
	return e.note()
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
	if len(hashes) > 0 {
		_ = e.note() // one that is named although it has ended does no harm
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
		s.logger.WarnContext(ctx, "a session has ended; the database is updated later", "error", err.Error())
		if err := s.ended.add(hash, actor, s.writeEnded); err != nil {
			s.logger.WarnContext(ctx, "after a restart, this session ends only by timeout", "error", err.Error())
		}
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

// openEnded takes up what an earlier server could not write.
func (s *Store) openEnded(ctx context.Context) {
	if err := s.ended.open(s.folder); err != nil {
		s.logger.WarnContext(ctx, "a sign-out while the disk is full does not survive a restart", "error", err.Error())
		return
	}
	if len(s.ended.all()) > 0 {
		s.writeEnded()
	}
}

// closeEnded writes for the last time what is left.
func (s *Store) closeEnded() error {
	s.ended.close()
	s.writeEnded()
	if left := len(s.ended.all()); left > 0 {
		s.logger.Warn("ended sessions could not be removed from the database; the next start removes them", "sessions", left)
	}
	if s.ended.file == nil {
		return nil
	}
	return s.ended.file.Close()
}
