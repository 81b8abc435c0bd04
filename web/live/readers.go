package live

import (
	"context"
	"slices"
	"time"
)

// Streams end within a second of the right to read: with each change by way of this server, and at the latest with the
// next look, which sees also what a command beside it has changed.
const (
	readersPoll     = 400 * time.Millisecond
	readersPatience = 400 * time.Millisecond // with a database that does not answer
)

// readersSource returns the team whose members may read an assessment, and the count of changes of the rights of each
// person whose session goes on, by the hash of the session.
type readersSource func(ctx context.Context, id string, sessions []string) (team string, rights map[string]int64, err error)

// watchReaders ends the streams of those who may not read an assessment any more, until the last subscriber has left.
func (h *hub) watchReaders(ctx context.Context, c *channel) {
	ticker := time.NewTicker(readersPoll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.doubt:
		case <-ticker.C:
		}
		h.checkReaders(ctx, c)
	}
}

// checkReaders ends streams whose session is over, whose person has other rights than when it began, or whose workload
// has moved; and all where nobody can say. Those who may still read come back at once.
func (h *hub) checkReaders(ctx context.Context, c *channel) {
	here := h.subscribersOf(c)
	sessions := make([]string, len(here))
	for i, s := range here {
		sessions[i] = s.session
	}
	patient, cancel := context.WithTimeout(ctx, readersPatience)
	defer cancel()
	type answer struct {
		team   string
		rights map[string]int64
	}
	answers := make(chan answer, 1)
	go func() {
		if team, rights, err := h.readers(patient, c.id, sessions); err == nil {
			answers <- answer{team, rights}
			return
		}
		cancel()
	}()
	var known answer // nobody, where nothing is known
	select {
	case known = <-answers:
	case <-patient.Done():
	}
	for _, s := range here {
		if rights, goesOn := known.rights[s.session]; !goesOn || rights != s.rights || known.team != s.team {
			s.stop()
		}
	}
}

func (h *hub) subscribersOf(c *channel) []*subscriber {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(c.subscribers)
}

// doubtAll says that somebody may have lost the right to read.
func (h *hub) doubtAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.channels {
		signal(c.doubt)
	}
}
