package storage

import (
	"context"
	"errors"
	"testing"
	"time"

	"plumbline/assessment/access"
)

// entries adds equal entries in one transaction.
func (b *bench) entries(t *testing.T, n int, e access.AuditEntry) {
	t.Helper()
	check(t, b.writer.do(t.Context(), access.Actor{}, func(w *tx) error {
		for range n {
			if err := w.audit(access.Actor{}, e); err != nil {
				return err
			}
		}
		return nil
	}))
}

// TestFollowingInSteps follows a long chain while people save between its steps: no step holds the journal.
func TestFollowingInSteps(t *testing.T) {
	b := newBench(t)
	b.entries(t, 2100, access.AuditEntry{Action: "x"})
	steps := 0
	follow := func() access.AuditCheck {
		return must(b.FollowAudit(t.Context(), auditKey, func(ctx context.Context) error {
			steps++
			check(t, b.RecordAudit(ctx, access.AuditEntry{Action: "saved meanwhile"}))
			return b.file.emptyJournal(ctx, b.writers) // fails where somebody still reads
		}))(t)
	}
	if got := follow(); got.Break != nil || got.Entries < 2100 || steps != 2 {
		t.Errorf("after %d steps: %+v", steps, got)
	}
	triggersOff(t, b, "UPDATE audit SET action = 'y' WHERE sequence = 1700")
	if got := follow(); got.Break == nil || got.Break.Sequence != 1700 {
		t.Errorf("a changed entry: %+v", got)
	}
}

// TestFollowingWhileEntriesAreRemoved removes old entries between two steps: that is no break.
func TestFollowingWhileEntriesAreRemoved(t *testing.T) {
	b := newBench(t)
	b.entries(t, 2100, access.AuditEntry{Action: "x"})
	b.clock.move(time.Hour)
	got := must(b.FollowAudit(t.Context(), auditKey, func(ctx context.Context) error {
		_, err := b.RemoveAudit(ctx, b.actor, b.now(), auditKey)
		return err
	}))(t)
	if got.Break != nil {
		t.Errorf("the chain breaks: %+v", *got.Break)
	}
}

// TestFollowingEnds stops with the server.
func TestFollowingEnds(t *testing.T) {
	b := newBench(t)
	b.entries(t, followedAtOnce, access.AuditEntry{Action: "x"})
	_, err := b.FollowAudit(t.Context(), auditKey, func(context.Context) error { return context.Canceled })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
