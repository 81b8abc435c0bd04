package storage

import (
	"fmt"
	"os"
	"path/filepath"
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

// TestEndedSessionOutlastsTheServer ends a session while nothing can be written, and then the server: by a normal stop, or
// as if it were killed, by what its folder holds at that moment.
func TestEndedSessionOutlastsTheServer(t *testing.T) {
	for name, killed := range map[string]bool{"stopped": false, "killed": true} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			now := b.clock.Now()
			for _, hash := range []string{"s", "other"} {
				check(t, b.CreateSession(t.Context(), access.Actor{}, access.Session{Hash: hash, User: b.actor.User.ID, CreatedAt: now, SeenAt: now,
					ExpiresAt: now.Add(access.AbsoluteLimit)}))
			}
			must(b.writers.ExecContext(t.Context(), "PRAGMA query_only = 1"))(t)
			check(t, b.DeleteSession(t.Context(), access.Actor{}, "s"))
			folder := b.folder
			if killed {
				folder = filepath.Join(t.TempDir(), "killed")
				check(t, os.CopyFS(folder, os.DirFS(b.folder)))
			}
			check(t, b.Close())
			for range 2 {
				next := must(Open(t.Context(), Options{Folder: folder, Clock: b.clock.Now}))(t)
				_, _, err := next.Session(t.Context(), "s")
				wantCode(t, err, assessment.NotFound)
				if _, _, err := next.Session(t.Context(), "other"); err != nil {
					t.Errorf("another session has ended too: %v", err)
				}
				out := must(next.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{access.AuditSignOut}}))(t)
				if len(out) != 1 || out[0].Account != b.actor.User.ID {
					t.Errorf("the log has %+v", out)
				}
				if left := next.ended.all(); len(left) > 0 {
					t.Errorf("%v are left", left)
				}
				check(t, next.Close())
			}
		})
	}
}

// TestManyEndedSessions keeps to the room that the file has taken.
func TestManyEndedSessions(t *testing.T) {
	b := newBench(t)
	must(b.writers.ExecContext(t.Context(), "PRAGMA query_only = 1"))(t)
	b.ended.close() // nothing is written again meanwhile
	for i := range 1100 {
		b.ended.by[fmt.Sprintf("%064d", i)] = access.Actor{}
	}
	check(t, b.DeleteSession(t.Context(), access.Actor{}, "s"))
	if info := must(os.Stat(filepath.Join(b.folder, endedFile)))(t); info.Size() != endedBytes || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %d bytes, mode %v", info.Size(), info.Mode())
	}
}
