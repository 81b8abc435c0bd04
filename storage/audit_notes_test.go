package storage

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"plumbline/assessment/access"
)

// noted returns the entries of the actions that are about notes: person, subject and how often.
func (b *bench) noted(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, e := range b.audits(t, everything()) {
		if slices.Contains([]string{access.AuditRefused, access.AuditLimited, access.AuditDownloaded, access.AuditSignInRefused}, e.Action) {
			all = append(all, fmt.Sprintf("%s%s %s %d", e.Account, e.Address, e.Subject, e.Times))
		}
	}
	return all
}

func refusal(account, address, subject string) access.AuditEntry {
	return access.AuditEntry{Action: access.AuditRefused, Account: account, Address: address, SubjectKind: "workload", Subject: subject, Detail: "GET /workloads/{workload}"}
}

func TestEqualNotesOfAMinuteAreOne(t *testing.T) {
	b := newBench(t)
	for range 3 {
		b.NoteAudit(refusal("u", "", "w1"))
	}
	b.NoteAudit(refusal("u", "", "w2"))
	b.NoteAudit(refusal("v", "", "w1"))
	for range 2 {
		b.NoteAudit(refusal("", "192.0.2.1", "w1"))
		b.NoteAudit(access.AuditEntry{Action: access.AuditDownloaded, Account: "u", SubjectKind: "report", Subject: "r1"})
	}
	b.NoteAudit(access.AuditEntry{Action: access.AuditDownloaded, Account: "u", SubjectKind: "report", Subject: "r2"})
	b.NoteAudit(refusal("", "192.0.2.2", "w1"))
	first := []string{"u w1 1", "v w1 1", "192.0.2.1 w1 1", "u r1 1", "u r2 1", "192.0.2.2 w1 1"}
	if got := b.noted(t); !slices.Equal(got, first) {
		t.Fatalf("at once: got %q, want %q", got, first)
	}
	b.clock.move(time.Minute)
	got := b.noted(t)
	later := got[len(first):]
	slices.Sort(later)
	if want := []string{"192.0.2.1 w1 1", "u  3", "u r1 1"}; !slices.Equal(later, want) {
		t.Errorf("a minute later: got %q, want %q", later, want)
	}
	b.NoteAudit(refusal("v", "", "w1"))
	if got := b.noted(t); len(got) != len(first)+4 {
		t.Errorf("in the next minute: got %q", got)
	}
	b.wantChain(t)
}

// TestNotesAreBounded refuses as many addresses as a network of robots has.
func TestNotesAreBounded(t *testing.T) {
	b := newBench(t)
	const many = 5000
	for i := range many {
		b.NoteAudit(refusal("", fmt.Sprint(i), "w"))
	}
	if got := len(b.noted(t)); got != noteCases {
		t.Errorf("got %d entries, want %d", got, noteCases)
	}
	b.clock.move(-time.Hour)
	got := b.audits(t, access.AuditFilter{Teams: access.TeamScope{All: true}, Newest: true, Limit: 1})[0]
	if got.SubjectKind != "others" || got.Times != many-noteCases || got.Address != "" {
		t.Errorf("got %+v", got)
	}
	b.NoteAudit(refusal("u", "", "w"))
	if got := b.log(t); got.Account != "u" {
		t.Errorf("got %+v, want the next minute to begin anew", got)
	}
}

func TestRefusedSignInsAreOne(t *testing.T) {
	b := newBench(t)
	for range 4 {
		check(t, b.RecordRefusedSignIn(t.Context(), "ada@example.org", "192.0.2.1"))
		check(t, b.RecordRefusedSignIn(t.Context(), "eve@example.org", "192.0.2.1"))
	}
	if got := b.noted(t); len(got) != 2 {
		t.Errorf("got %q, want one of each", got)
	}
}

func TestNotesAreWrittenBeforeTheEnd(t *testing.T) {
	b := newBench(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { b.NoteAudit(refusal("u", "", "w")) })
	}
	all.Wait()
	check(t, b.Close())
	b.Store = openStore(t, Options{Folder: b.folder})
	if got := b.noted(t); !slices.Equal(got, []string{"u w 1", "u w 49"}) {
		t.Errorf("got %q", got)
	}
}

// TestNotesOfADiskThatCannotBeWritten: nobody waits for them, and nobody fails.
func TestNotesOfADiskThatCannotBeWritten(t *testing.T) {
	b := newBench(t)
	execute(t, b.file.path, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE (ABORT, 'no'); END")
	check(t, b.RecordRefusedSignIn(t.Context(), "ada@example.org", "192.0.2.1"))
	b.NoteAudit(refusal("u", "", "w"))
	if got := b.noted(t); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	execute(t, b.file.path, "DROP TRIGGER full")
	b.NoteAudit(refusal("v", "", "w"))
	if got := b.noted(t); !slices.Equal(got, []string{"v w 1"}) {
		t.Errorf("afterwards: got %q", got)
	}
}
