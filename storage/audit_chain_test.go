package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

var auditKey = []byte("a key of thirty-two bytes or more")

func (b *bench) checked(t testing.TB, key []byte) access.AuditCheck {
	t.Helper()
	return must(CheckAudit(t.Context(), b.folder, key))(t)
}

// wantChain complains unless the chain holds.
func (b *bench) wantChain(t testing.TB) access.AuditCheck {
	t.Helper()
	got := b.checked(t, auditKey)
	if got.Break != nil {
		t.Errorf("the chain breaks: %+v", *got.Break)
	}
	return got
}

// triggersOff runs statements as somebody would who can write to the file: without the triggers, which are put back.
func triggersOff(t testing.TB, b *bench, statements ...string) {
	t.Helper()
	rows, err := b.writers.QueryContext(t.Context(), "SELECT name || '|' || sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
	triggers := must(collect(rows, err, scanText))(t)
	if len(triggers) != 2 {
		t.Fatalf("got %d triggers, want 2", len(triggers))
	}
	for _, one := range triggers {
		name, sql, _ := strings.Cut(one, "|")
		must(b.writers.ExecContext(t.Context(), "DROP TRIGGER "+name))(t)
		defer b.writers.ExecContext(t.Context(), sql)
	}
	for _, statement := range statements {
		must(b.writers.ExecContext(t.Context(), statement))(t)
	}
}

func TestChainHolds(t *testing.T) {
	b := newBench(t)
	for i := range 1100 { // more than is read at once
		check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Detail: fmt.Sprint(i), Address: "192.0.2.1", Account: "u", Person: "Ada"}))
	}
	got := b.wantChain(t)
	all := must(b.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Limit: 2000}))(t)
	if last := all[len(all)-1]; got.Entries != int64(len(all)) || got.Last != last || len(last.Hash) != 64 || last.Times != 1 {
		t.Errorf("got %d entries up to %+v, want %d", got.Entries, got.Last, len(all))
	}
}

// TestTamperingIsFound does to the log what somebody can who may write to the file but forgets the chain.
func TestTamperingIsFound(t *testing.T) {
	const blank = "0123456789012345678901234567890123456789012345678901234567890123"
	tests := map[string]struct {
		statement string
		at        int64 // the first entry that does not fit
	}{
		"one removed":                {"DELETE FROM audit WHERE sequence = 7", 8},
		"many removed":               {"DELETE FROM audit WHERE sequence BETWEEN 3 AND 9", 10},
		"the first removed":          {"DELETE FROM audit WHERE sequence < 5", 1},
		"the last removed":           {"DELETE FROM audit WHERE sequence > 10", 11},
		"all removed":                {"DELETE FROM audit", 1},
		"a name changed":             {"UPDATE audit SET person = 'Eve' WHERE sequence = 7", 7},
		"a moment changed":           {"UPDATE audit SET at = at + 1 WHERE sequence = 7", 7},
		"an address changed":         {"UPDATE audit SET address = '192.0.2.2' WHERE sequence = 7", 7},
		"a detail changed":           {"UPDATE audit SET detail = 'none' WHERE sequence = 7", 7},
		"a count changed":            {"UPDATE audit SET times = 2 WHERE sequence = 7", 7},
		"a salt changed":             {"UPDATE audit SET person_seal = '00' WHERE sequence = 7", 7},
		"a name put instead of none": {"UPDATE audit SET person = '', person_seal = '" + blank + "' WHERE sequence = 7", 7},
		"two swapped":                {"UPDATE audit SET sequence = CASE sequence WHEN 7 THEN -8 ELSE -7 END WHERE sequence IN (7, 8); UPDATE audit SET sequence = -sequence WHERE sequence < 0", 7},
		"one put there":              {"INSERT INTO audit SELECT 13, at, account_id, person, team_id, action, subject_kind, subject, detail, assessment_id, address, token, times, person_seal, detail_seal, address_seal, hash FROM audit WHERE sequence = 7", 13},
		"a hash changed":             {"UPDATE audit SET hash = 'x' WHERE sequence = 7", 7},
		"the end moved":              {"DELETE FROM audit WHERE sequence > 10; DELETE FROM audit_end", 11},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			for b.log(t).Sequence < 12 {
				check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Detail: "d", Address: "192.0.2.1", Account: "u", Person: "Ada"}))
			}
			b.wantChain(t)
			triggersOff(t, b, test.statement)
			if got := b.checked(t, auditKey).Break; got == nil || got.Sequence != test.at || got.Key {
				t.Errorf("got %+v, want a break at entry %d", got, test.at)
			}
		})
	}
}

func TestBlankingKeepsTheChain(t *testing.T) {
	b := newBench(t)
	for range blankBatch + 1 {
		check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "old", Detail: "grace@example.org", Address: "192.0.2.1", Account: "g", Person: "Grace"}))
	}
	b.clock.move(time.Hour)
	check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "new", Address: "192.0.2.1", Account: "g", Person: "Grace"}))

	if got := must(b.BlankAuditAddresses(t.Context(), b.clock.Now()))(t); got != blankBatch+1 {
		t.Errorf("blanked %d, want %d", got, blankBatch+1)
	}
	for _, e := range b.audits(t, everything()) {
		if (e.Address == "192.0.2.1") != (e.Action == "new") || e.Action == "old" && e.Person != "Grace" {
			t.Fatalf("got %+v", e)
		}
	}
	of := &condition{}
	of.add("account_id =", "g")
	for column, want := range map[personal]int{personalPerson: blankBatch + 2, personalDetail: blankBatch + 1} {
		if got := must(b.blankAudit(t.Context(), column, of))(t); got != want {
			t.Errorf("%s: blanked %d, want %d", column, got, want)
		}
	}
	if got := b.wantChain(t); got.Blanked != blankBatch+2 {
		t.Errorf("%d entries are blanked, want %d", got.Blanked, blankBatch+2)
	}
	var left int
	check(t, b.readers.QueryRowContext(t.Context(), `
		SELECT count(*) FROM audit WHERE account_id = 'g' AND (person <> '' OR detail <> '' OR length(person_seal) <> 64 OR action = 'old' AND length(address_seal) <> 64)
	`).Scan(&left))
	if left != 0 {
		t.Errorf("%d entries still hold a text or a salt", left)
	}
	if got := must(b.BlankAuditAddresses(t.Context(), b.clock.Now()))(t); got != 0 {
		t.Errorf("again: blanked %d", got)
	}
}

func TestTriggersAllowOnlyBlankingAndNotedRemoval(t *testing.T) {
	b := newBench(t)
	check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Person: "Ada", Address: "192.0.2.1"}))
	for _, statement := range []string{
		"UPDATE audit SET person = ''",
		"UPDATE audit SET address = '192.0.2.2'",
		"UPDATE audit SET person_seal = ''",
		"UPDATE audit SET hash = ''",
		"UPDATE audit SET action = 'y'",
		"DELETE FROM audit WHERE sequence = 1",
	} {
		if _, err := b.writers.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	b.wantChain(t)
}

// TestOldLogIsChained upgrades a log of before the chain, and is cut in the middle once.
func TestOldLogIsChained(t *testing.T) {
	before := fstest.MapFS{}
	for _, name := range must(fs.Glob(embedded, "migrations/*.sql"))(t) {
		if base := strings.TrimPrefix(name, "migrations/"); base < "00010" {
			before[base] = &fstest.MapFile{Data: must(fs.ReadFile(embedded, name))(t)}
		}
	}
	old := openStore(t, Options{migrations: before})
	for i := range 2500 {
		must(old.writers.ExecContext(t.Context(), `
			INSERT INTO audit (at, account_id, person, team_id, action, subject_kind, subject, detail, assessment_id, address)
			VALUES ($1, 'u', 'Ada', '', 'x', '', '', 'd', '', '192.0.2.1')`, 1_000_000+i))(t)
	}
	check(t, old.Close())

	steps := must(newSchema(nil))(t)
	db := old.file.writer()
	check(t, steps.upgrade(t.Context(), db))
	must(db.ExecContext(t.Context(), "CREATE TRIGGER cut BEFORE UPDATE ON audit WHEN OLD.sequence = 2000 BEGIN SELECT RAISE (ABORT, 'cut'); END"))(t)
	if err := steps.chainOld(t.Context(), db); err == nil {
		t.Fatal("the chain was not cut")
	}
	beside := must(OpenBeside(t.Context(), Options{Folder: old.folder}))(t)
	wantCode(t, beside.RecordAudit(t.Context(), access.AuditEntry{Action: "early"}), assessment.Unavailable)
	check(t, beside.Close())
	var chained int
	check(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM audit WHERE hash <> ''").Scan(&chained))
	if chained != 0 {
		t.Errorf("%d entries are chained, want all or none", chained)
	}
	must(db.ExecContext(t.Context(), "DROP TRIGGER cut"))(t)
	check(t, db.Close())

	b := &bench{Store: openStore(t, Options{Folder: old.folder})}
	check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "later"}))
	if got := b.wantChain(t); got.Entries != 2501 || got.Blanked != 0 {
		t.Errorf("got %+v", got)
	}
	hash := b.log(t).Hash
	check(t, b.Close())
	b = &bench{Store: openStore(t, Options{Folder: old.folder})}
	if got := b.wantChain(t); got.Last.Hash != hash {
		t.Error("another start has made another chain")
	}
}

// TestChainOfTwoProcesses writes as a server and as plumbline user do at once, some of it in vain.
func TestChainOfTwoProcesses(t *testing.T) {
	b := newBench(t)
	beside := must(OpenBeside(t.Context(), Options{Folder: b.folder}))(t)
	defer beside.Close()
	failed := errors.New("failed")
	var all sync.WaitGroup
	for i := range 40 {
		store := []*Store{b.Store, beside}[i%2]
		all.Go(func() {
			if err := store.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Detail: fmt.Sprint(i)}); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			_, err := writing(t.Context(), b.Store, b.actor, func(x *tx) (int, error) {
				return 0, errors.Join(x.audit(b.actor, access.AuditEntry{Action: "vain"}), failed)
			})
			if !errors.Is(err, failed) {
				t.Error(err)
			}
		})
	}
	before := b.audits(t, access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{"vain"}})
	all.Wait()
	if got := b.wantChain(t); got.Last.Sequence != got.Entries || len(before) != 0 {
		t.Errorf("%d entries up to %d", got.Entries, got.Last.Sequence)
	}
}

func TestCheckWithoutALog(t *testing.T) {
	_, err := CheckAudit(t.Context(), t.TempDir(), auditKey)
	wantCode(t, err, assessment.NotFound)
	folder := firstSchema(t)
	_, err = CheckAudit(t.Context(), folder, auditKey)
	wantCode(t, err, assessment.Conflict)
	empty := &bench{Store: openStore(t, Options{})}
	if got := empty.wantChain(t); got.Entries != 0 {
		t.Errorf("got %+v", got)
	}
}
