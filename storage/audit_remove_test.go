package storage

import (
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestRemovingLeavesASignedEntry(t *testing.T) {
	b := newBench(t)
	first := b.log(t).Sequence
	b.clock.move(24 * time.Hour)
	noon := b.clock.Now()
	b.save(t, "p1", 0, assessment.Adopted)
	if got := must(b.RemoveAudit(t.Context(), access.Actor{User: access.User{Name: "Operator"}}, noon, auditKey))(t); got != first {
		t.Errorf("removed %d, want %d", got, first)
	}
	got := b.wantChain(t)
	if len(got.Removals) != 1 || got.Entries != 2 {
		t.Fatalf("got %+v", got)
	}
	if one := got.Removals[0]; one.Entries != first || one.Until != first || one.By != "Operator" || !one.At.Equal(noon) || one.Before != noon.UTC().Format(time.RFC3339) {
		t.Errorf("got %+v", one)
	}
	for name, key := range map[string][]byte{"another key": []byte("another"), "no key": nil} {
		if got := b.checked(t, key).Break; got == nil || !got.Key {
			t.Errorf("%s: got %+v", name, got)
		}
	}

	b.clock.move(24 * time.Hour)
	if got := must(b.RemoveAudit(t.Context(), b.actor, b.clock.Now(), auditKey))(t); got != 2 {
		t.Errorf("removed %d of the rest, want 2", got)
	}
	if got := b.wantChain(t); got.Removals[0].Until != first+2 {
		t.Errorf("got %+v", got.Removals)
	}
	if got := must(b.RemoveAudit(t.Context(), b.actor, noon, auditKey))(t); got != 0 {
		t.Errorf("removed %d, want none that is so old", got)
	}
	b.save(t, "p2", 0, assessment.Adopted)
	b.wantChain(t)
}

// TestForgedRemoval removes entries and writes an entry for them, by somebody who has not the key.
func TestForgedRemoval(t *testing.T) {
	b := newBench(t)
	forged := access.AuditEntry{Action: access.AuditRemoved, At: b.clock.Now()}
	real := access.NewRemoval(forged, access.AuditRemoval{Entries: 3, Until: 3, Hash: b.audits(t, everything())[2].Hash}, auditKey)
	wrong := access.NewRemoval(forged, access.AuditRemoval{Entries: 3, Until: 3, Hash: b.audits(t, everything())[2].Hash}, []byte("guessed"))
	kept := must(access.RemovalIn(access.AuditEntry{Action: access.AuditRemoved, Detail: real}))(t)
	forged.Detail = strings.Replace(wrong, `"key":"`, `"key":"`+kept.Key+`","was":"`, 1)
	check(t, b.RecordAudit(t.Context(), forged))
	triggersOff(t, b, "DELETE FROM audit WHERE sequence <= 3")
	if got := b.checked(t, auditKey).Break; got == nil || got.Key {
		t.Errorf("got %+v, want a break", got)
	}
}
