package storage

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestSessionEndsWithoutTheDatabase ends a session while nothing can be written: it is worth nothing at once, and leaves
// the database when that can be written again.
func TestSessionEndsWithoutTheDatabase(t *testing.T) {
	b := newBench(t)
	stored := func() (n int) {
		check(t, b.readers.QueryRowContext(t.Context(), "SELECT count(*) FROM session WHERE hash = 's'").Scan(&n))
		return n
	}
	now := b.clock.Now()
	check(t, b.CreateSession(t.Context(), access.Actor{}, access.Session{Hash: "s", User: b.actor.User.ID, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(access.AbsoluteLimit)}))
	execute := func(pragma string) {
		_, err := b.writers.ExecContext(t.Context(), pragma)
		check(t, err)
	}
	execute("PRAGMA query_only = 1")
	check(t, b.DeleteSession(t.Context(), access.Actor{}, "s"))
	if stored() != 1 {
		t.Fatal("the database was written")
	}
	_, _, err := b.Session(t.Context(), "s")
	wantCode(t, err, assessment.NotFound)
	b.writeEnded()
	if _, _, err := b.Session(t.Context(), "s"); assessment.CodeOf(err) != assessment.NotFound || stored() != 1 {
		t.Errorf("after a vain try: %v", err)
	}
	execute("PRAGMA query_only = 0")
	b.writeEnded()
	if stored() != 0 || b.ended.has("s") {
		t.Error("the session is still in the database")
	}
}
