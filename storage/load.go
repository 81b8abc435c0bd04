package storage

import (
	"context"
	"fmt"
	"time"

	"plumbline/assessment/access"
)

// Commit is one transaction of the writer, told to the observer that the options name.
type Commit struct {
	Waited []time.Duration // how long each write of it waited for its turn
	Took   time.Duration   // the transaction itself, most of it the wait for the disk
	Failed bool            // nothing of it was kept
}

// Load is how busy a store is at one moment.
type Load struct {
	Waiting  int   // writes that wait for their turn
	Sessions int   // sessions that have not ended
	Bytes    int64 // of the database and its journal on the disk
}

// Load returns how busy the store is now.
func (s *Store) Load(ctx context.Context) (Load, error) {
	now := s.clock()
	load := Load{Waiting: s.writer.waiting()}
	err := s.readers.QueryRowContext(ctx, `
		SELECT count(*)
		FROM session
		WHERE expires_at > $1 AND seen_at > $2
	`, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro()).Scan(&load.Sessions)
	if err != nil {
		return load, translate(fmt.Errorf("count sessions: %w", err))
	}
	load.Bytes, _, err = s.file.footprint()
	return load, err
}

// observe tells the observer of a commit that began at the start.
func (w *writer) observe(batch []*write, start time.Time, failure error) {
	if w.observer == nil {
		return
	}
	c := Commit{Took: time.Since(start), Failed: failure != nil, Waited: make([]time.Duration, len(batch))}
	for i, one := range batch {
		c.Waited[i] = start.Sub(one.since)
	}
	w.observer(c)
}
