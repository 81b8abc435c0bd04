package storage

import (
	"bytes"
	"os"
	"testing"
	"time"

	"plumbline/assessment/access"
)

// residue returns how often the files of the database have each text, whether SQL still finds it or not.
func (b *bench) residue(t *testing.T, texts ...string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, ending := range []string{"", "-wal"} {
		file := must(os.ReadFile(b.file.path + ending))(t)
		for _, text := range texts {
			if n := bytes.Count(file, []byte(text)); n > 0 {
				counts[text] += n
			}
		}
	}
	return counts
}

// TestAnonymizedTextIsGone looks into the files: nothing of a name or an address is left in free pages, in free parts of
// pages, or in the journal.
func TestAnonymizedTextIsGone(t *testing.T) {
	b := newBench(t)
	u := b.leaver(t)
	ctx := t.Context()
	b.entries(t, 400, access.AuditEntry{Action: "x", Account: u.ID, Person: "Grace Hopper", Address: "192.0.2.7"}) // so many that pages of their indexes and rows are freed
	personal := []string{"Grace Hopper", "grace_h@example.org", "192.0.2.7"}
	if found := b.residue(t, personal...); len(found) != len(personal) {
		t.Fatalf("the files have only %v before", found)
	}
	check(t, b.SetUserDisabled(ctx, b.actor, u.ID, true))
	must(b.Anonymize(ctx, b.actor, u.ID, 0))(t)
	if found := b.residue(t, personal...); len(found) > 0 {
		t.Errorf("the files still have %v", found)
	}
}

// TestBlankedAddressesAreGone does not find an address in the files that a reader kept in the journal the first time.
func TestBlankedAddressesAreGone(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	const address = "198.51.100.77"
	check(t, b.RecordAudit(ctx, access.AuditEntry{Action: "x", Address: address}))
	reader := must(b.readers.BeginTx(ctx, nil))(t)
	must(reader.QueryContext(ctx, "SELECT 1 FROM audit"))(t).Close()
	later := b.now().Add(time.Hour)
	if n := must(b.BlankAuditAddresses(ctx, later))(t); n != 1 {
		t.Fatalf("blanked %d", n)
	}
	if found := b.residue(t, address); len(found) == 0 {
		t.Fatal("the reader kept nothing")
	}
	check(t, reader.Rollback())
	must(b.BlankAuditAddresses(ctx, later))(t) // nothing to blank any more
	if found := b.residue(t, address); len(found) > 0 {
		t.Errorf("the files still have %v", found)
	}
}

// TestRemovedEntriesAreGone looks for the text of removed entries, which free whole pages.
func TestRemovedEntriesAreGone(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	const detail = "a confidential detail"
	b.entries(t, 400, access.AuditEntry{Action: "x", Detail: detail})
	b.clock.move(time.Hour)
	must(b.RemoveAudit(ctx, b.actor, b.now(), []byte("key")))(t)
	if found := b.residue(t, detail); len(found) > 0 {
		t.Errorf("the files still have %v", found)
	}
}
