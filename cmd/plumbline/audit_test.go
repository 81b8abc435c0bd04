package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/words"
)

// onDatabase runs statements on the database of a data folder.
func onDatabase(folder string, statements ...string) error {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, "plumbline.db"))
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if _, fault := db.Exec(statement); fault != nil {
			err = errors.Join(err, fault)
		}
	}
	return errors.Join(err, db.Close())
}

func TestAuditVerify(t *testing.T) {
	folder := installed(t)
	verify := func(args ...string) outcome {
		return plumbline(t, "", append([]string{"audit", "verify", "--data", folder}, args...)...)
	}
	got := verify()
	if got.status != done || !strings.HasPrefix(got.out, "ok: the chain of ") || !strings.Contains(got.out, " has the hash ") {
		t.Fatalf("%+v", got)
	}
	if got := verify("--format", "json"); got.status != done || !json.Valid([]byte(got.out)) || !strings.Contains(got.out, `"result": "ok"`) {
		t.Errorf("%+v", got)
	}
	for name, args := range map[string][]string{"no folder": {"--data", filepath.Join(folder, "none")}, "no key": {"--session-key-file", "missing"}} {
		if got := verify(args...); got.status != failed || got.err == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}

	if err := onDatabase(folder, "DROP TRIGGER audit_is_only_blanked", "UPDATE audit SET action = 'x' WHERE sequence = 1"); err != nil {
		t.Fatal(err)
	}
	got = verify()
	if got.status != failed || !strings.HasPrefix(got.out, "failed: the audit log breaks at entry 1 of 2") || !strings.Contains(got.out, "\ncompare it with") {
		t.Errorf("%+v", got)
	}
	var v auditVerdict
	if got := verify("--format", "json"); json.Unmarshal([]byte(got.out), &v) != nil || v.Broken != 1 || v.Result != resultFailed || got.status != failed {
		t.Errorf("%+v", got)
	}
}

func TestAuditRemove(t *testing.T) {
	folder := installed(t)
	today := time.Now().UTC().Format(time.DateOnly)
	if err := onDatabase(folder, "DROP TRIGGER audit_is_only_blanked", "UPDATE audit SET hash = '', at = 1000", "DELETE FROM audit_end"); err != nil {
		t.Fatal(err)
	}
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder) // chains anew what is old now
	p.base()
	run := func(args ...string) outcome {
		return plumbline(t, "", append([]string{"audit", "--data", folder}, args...)...)
	}
	got := run("remove", "--before", today)
	var n int
	if _, err := fmt.Sscanf(got.out, "Removed %d entries from before ", &n); err != nil || n == 0 || got.status != done {
		t.Fatalf("%+v", got)
	}
	want := fmt.Sprintf("%s before %s removed on %s by Operator", words.Plural(n, "entry", "entries"), today, today)
	if got := run("verify"); got.status != done || !strings.Contains(got.out, want) {
		t.Errorf("got %+v, want %q", got, want)
	}
	d, _ := examined(t, "--data", folder)
	if got := d.found(t, "audit log"); got.Result != resultOK || !strings.Contains(got.Says, want) {
		t.Errorf("doctor: %+v", got)
	}
	t.Setenv(sessionKeyVariable, strings.Repeat("another ", 4))
	if got := run("verify"); got.status != failed || !strings.Contains(got.out, "signed with another session key") {
		t.Errorf("another key: %+v", got)
	}
	for _, day := range []string{"yesterday", "2026-02-30", "2999-01-01"} {
		if got := run("remove", "--before", day); got.status != misuse {
			t.Errorf("%s: %+v", day, got)
		}
	}
	t.Setenv(sessionKeyVariable, "")
	if got := plumbline(t, "", "audit", "remove", "--data", newFolder(t), "--before", today); got.status != failed || !strings.Contains(got.err, "no session key") {
		t.Errorf("no key: %+v", got)
	}
}
