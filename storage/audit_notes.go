package storage

import (
	"context"
	"sync"
	"time"

	"plumbline/assessment/access"
)

const (
	notesTogether  = time.Minute      // equal entries within it are put together
	noteCases      = 100              // different ones of one action that are told apart within it
	downloadCases  = 1000             // the same of downloads, of which a large installation has many
	notesPatience  = time.Second      // of a reader of the log, for entries that are not written yet
	writingOfNotes = 10 * time.Second // after that, entries are given up
)

// noteKey is what equal entries have in common.
type noteKey struct{ account, token, address, team, action, subject, detail string }

// tally counts entries that are equal to one that was written.
type tally struct {
	first access.AuditEntry
	since time.Time
	times int
}

// notes are entries of the audit log that nobody waits for: refusals and downloads.
type notes struct {
	mu      sync.Mutex
	tallies map[noteKey]*tally
	cases   map[string]int // by action
	pending []access.AuditEntry
	idle    chan struct{} // closed when nothing is pending any more; nil while nothing is
	timer   *time.Timer
}

// NoteAudit appends an entry about something that changes nothing, soon, without anybody waiting for it. Equal entries of
// the same person or address within a minute become one with their number; of more than a hundred different ones of an
// action, only the number is kept, so that nobody makes the log grow at will. What cannot be written is logged and lost.
func (s *Store) NoteAudit(e access.AuditEntry) {
	n := &s.notes
	n.mu.Lock()
	defer n.mu.Unlock()
	now := s.clock()
	s.closeTallies(now)
	if n.tallies == nil {
		n.tallies, n.cases = map[noteKey]*tally{}, map[string]int{}
	}
	e.At = now
	key := keyOf(e)
	known := n.tallies[key]
	if known == nil && n.cases[e.Action] >= casesOf(e.Action) {
		e = access.AuditEntry{At: now, Action: e.Action, SubjectKind: "others"}
		key = keyOf(e)
		if known = n.tallies[key]; known == nil {
			known = &tally{first: e, since: now}
			n.tallies[key] = known
		}
	}
	if known != nil {
		known.count(e)
		return
	}
	n.tallies[key] = &tally{first: e, since: now}
	n.cases[e.Action]++
	s.write(e)
	if n.timer == nil {
		s.closeLater(now)
	}
}

// keyOf leaves out what is refused, which a person could vary, but not whose account and which document.
func keyOf(e access.AuditEntry) noteKey {
	key := noteKey{account: e.Account, token: e.Token, team: e.Team, action: e.Action, detail: e.Detail}
	if e.Account == "" {
		key.address = e.Address
	}
	if e.Action == access.AuditDownloaded || e.Action == access.AuditSignInRefused {
		key.subject = e.Subject
	}
	return key
}

func casesOf(action string) int {
	if action == access.AuditDownloaded {
		return downloadCases
	}
	return noteCases
}

// count counts an entry that is equal but for its moment and perhaps its subject.
func (t *tally) count(e access.AuditEntry) {
	t.times++
	t.first.At = e.At
	if e.Subject != t.first.Subject {
		t.first.SubjectKind, t.first.Subject, t.first.Assessment = "", "", ""
	}
}

// closeLater closes tallies a minute after now, and again while there are any.
func (s *Store) closeLater(now time.Time) {
	s.notes.timer = time.AfterFunc(notesTogether, func() {
		s.notes.mu.Lock()
		defer s.notes.mu.Unlock()
		now := now.Add(notesTogether)
		s.closeTallies(now)
		if s.notes.timer = nil; len(s.notes.tallies) > 0 {
			s.closeLater(now)
		}
	})
}

// closeTallies writes what was counted until a minute before now, or by a clock that was set back since, and forgets it.
func (s *Store) closeTallies(now time.Time) {
	for key, one := range s.notes.tallies {
		if now.Sub(one.since).Abs() >= notesTogether {
			s.closeTally(key, one)
		}
	}
}

// closeTalliesOf writes what was counted of a person, who is about to be anonymized.
func (s *Store) closeTalliesOf(account string) {
	s.notes.mu.Lock()
	defer s.notes.mu.Unlock()
	for key, one := range s.notes.tallies {
		if key.account == account {
			s.closeTally(key, one)
		}
	}
}

func (s *Store) closeTally(key noteKey, one *tally) {
	delete(s.notes.tallies, key)
	if one.first.SubjectKind != "others" {
		s.notes.cases[key.action]--
	}
	if one.times > 0 {
		one.first.Times = one.times
		s.write(one.first)
	}
}

// write hands an entry to the one who writes, who begins where nobody does.
func (s *Store) write(e access.AuditEntry) {
	n := &s.notes
	if n.pending = append(n.pending, e); n.idle != nil {
		return
	}
	n.idle = make(chan struct{})
	go s.writeNotes()
}

// writeNotes writes what is pending until nothing is.
func (s *Store) writeNotes() {
	for {
		entries := s.notes.take()
		if len(entries) == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), writingOfNotes)
		err := s.writer.do(ctx, access.Actor{}, func(t *tx) error {
			for _, e := range entries {
				if err := t.audit(actorIn(e), e); err != nil {
					return err
				}
			}
			return nil
		})
		if cancel(); err != nil {
			s.logger.Warn("audit log entries were lost", "entries", len(entries), "error", err.Error())
		}
	}
}

// take returns what is pending; where that is nothing, the writing is over.
func (n *notes) take() []access.AuditEntry {
	n.mu.Lock()
	defer n.mu.Unlock()
	entries := n.pending
	if n.pending = nil; len(entries) == 0 {
		close(n.idle)
		n.idle = nil
	}
	return entries
}

// settle waits a moment until what was noted is in the log.
func (s *Store) settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, notesPatience)
	defer cancel()
	s.notes.mu.Lock()
	s.closeTallies(s.clock())
	idle := s.notes.idle
	s.notes.mu.Unlock()
	if idle == nil {
		return
	}
	select {
	case <-idle:
	case <-ctx.Done():
	}
}

// closeNotes writes everything that was noted and counted.
func (s *Store) closeNotes() {
	s.notes.mu.Lock()
	if s.notes.timer != nil {
		s.notes.timer.Stop()
	}
	for key, one := range s.notes.tallies {
		s.closeTally(key, one)
	}
	idle := s.notes.idle
	s.notes.mu.Unlock()
	if idle != nil {
		<-idle
	}
}
