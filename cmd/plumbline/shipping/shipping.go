// Package shipping sends the entries of the audit log elsewhere as they happen. It follows the log by its sequence and
// notes in the data folder how far it is, so that nothing is left out: an entry that was sent twice has the same number.
//
// It only reads the log, and nobody who saves waits for it.
package shipping

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"plumbline/assessment/access"
	"plumbline/assessment/words"
)

const (
	batch    = 500
	pause    = time.Second      // between looks for new entries
	patience = 10 * time.Second // of a target, before it counts as not answering
	last     = 2 * time.Second  // for what is left when the server stops
)

// errHung is a target that still has not answered when the server stops.
var errHung = errors.New("no answer")

// Log is what is sent.
type Log interface {
	Audit(ctx context.Context, filter access.AuditFilter) ([]access.AuditEntry, error)
	AuditNames(ctx context.Context, entries []access.AuditEntry) (teams, workloads map[string]string, err error)
}

// Target takes entries.
type Target struct {
	Name string                      // of its position in the data folder
	Says string                      // for people
	Send func(lines ...[]byte) error // all of them, each a JSON object without a line end; or it fails
}

// Shipper sends one log to one target.
type Shipper struct {
	log    Log
	target Target
	logger *slog.Logger
	folder string
	at     Position
	known  bool // where it is
}

// New returns what sends a log to a target, from where the data folder says that it is.
func New(log Log, target Target, folder string, logger *slog.Logger) *Shipper {
	return &Shipper{log: log, target: target, folder: folder, logger: logger}
}

// Run sends entries until ctx ends, and then what is left.
func (s *Shipper) Run(ctx context.Context) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		if err := s.ship(ctx); errors.Is(err, errHung) {
			return // the server stops, and nothing more would be answered
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), last)
			defer cancel()
			_ = s.ship(rest) // noted already; the next start goes on
			return
		}
	}
}

// ship sends everything that is there. A failure is logged once, until it works again.
func (s *Shipper) ship(ctx context.Context) error {
	for {
		n, err := s.next(ctx)
		if err != nil && ctx.Err() == nil {
			s.failed(ctx, err)
		}
		if err != nil || n < batch {
			return err
		}
	}
}

// next sends the next entries, and returns how many.
func (s *Shipper) next(ctx context.Context) (int, error) {
	if err := s.find(ctx); err != nil {
		return 0, err
	}
	entries, err := s.log.Audit(ctx, after(s.at.Sequence, batch))
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	lines, err := s.lines(ctx, entries)
	if err != nil {
		return 0, err
	}
	if err := s.send(ctx, lines); err != nil {
		return 0, err
	}
	if s.at.Failing != "" {
		s.logger.InfoContext(ctx, "the audit log is being sent again", "to", s.target.Says)
	}
	end := entries[len(entries)-1]
	s.at = Position{Sequence: end.Sequence, Hash: end.Hash}
	if err := s.at.write(s.folder, s.target.Name); err != nil {
		s.logger.WarnContext(ctx, "the sending position of the audit log could not be saved; some entries are sent again after a restart", "error", err.Error())
	}
	return len(entries), nil
}

func after(sequence int64, limit int) access.AuditFilter {
	return access.AuditFilter{Teams: access.TeamScope{All: true}, After: sequence, Limit: limit}
}

// find reads the position once. It is that of another log where an older database was restored: then all is sent.
func (s *Shipper) find(ctx context.Context) error {
	if s.known {
		return nil
	}
	at, err := ReadPosition(s.folder, s.target.Name)
	if err != nil {
		return err
	}
	if at.Sequence > 0 {
		entries, err := s.log.Audit(ctx, after(at.Sequence-1, 1))
		if err != nil {
			return err
		}
		if len(entries) == 0 || entries[0].Sequence == at.Sequence && entries[0].Hash != at.Hash {
			s.logger.WarnContext(ctx, "this is not the audit log that was sent before: all of it is sent", "to", s.target.Says)
			at = Position{}
		}
	}
	s.at, s.known = at, true
	return nil
}

// lines returns entries as the downloaded log has them.
func (s *Shipper) lines(ctx context.Context, entries []access.AuditEntry) ([][]byte, error) {
	teams, workloads, err := s.log.AuditNames(ctx, entries)
	if err != nil {
		return nil, err
	}
	lines := make([][]byte, len(entries))
	for i, e := range entries {
		lines[i], err = json.Marshal(access.AuditRecord{AuditEntry: e, Says: words.Action(e.Action), TeamName: teams[e.Team], Workload: workloads[e.Assessment]})
		if err != nil {
			return nil, fmt.Errorf("write entry %d: %w", e.Sequence, err)
		}
	}
	return lines, nil
}

// send gives lines to the target, and complains while it does not answer.
func (s *Shipper) send(ctx context.Context, lines [][]byte) error {
	done := make(chan error, 1)
	go func() { done <- s.target.Send(lines...) }()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-late.C:
			s.failed(ctx, fmt.Errorf("no answer for %s", patience))
		case <-ctx.Done():
			return s.finish(done)
		}
	}
}

// finish waits a moment more for a target, since the server stops.
func (s *Shipper) finish(done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-time.After(last):
		return errHung
	}
}

// failed logs and notes a failure that is new.
func (s *Shipper) failed(ctx context.Context, err error) {
	if s.at.Failing != "" {
		return
	}
	s.at.Failing, s.at.Since = err.Error(), time.Now().UTC().Truncate(time.Second)
	s.logger.WarnContext(ctx, "the audit log cannot be sent; entries are kept and sent later", "to", s.target.Says, "error", err.Error())
	if s.known {
		_ = s.at.write(s.folder, s.target.Name) // doctor then knows only how far it is
	}
}
