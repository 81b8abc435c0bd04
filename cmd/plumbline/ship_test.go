package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServerSendsTheAuditLog stops and starts a server that writes its audit log to a file, and asks doctor meanwhile.
func TestServerSendsTheAuditLog(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "audit.jsonl")
	settings := []string{"--data", folder, "--audit-file", file}
	serve := func() {
		t.Helper()
		p := started(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, settings...)...)
		p.base()
		if got := p.stop(syscall.SIGTERM); got != done {
			t.Fatalf("exit status %d: %s", got, p.log)
		}
	}
	entries := func() int {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Count(text, []byte("\n"))
	}
	sent := func(now time.Time) finding {
		root, err := parsed(t, append([]string{"doctor"}, settings...)...)
		if err != nil {
			t.Fatal(err)
		}
		return root.Doctor.checkShipping(root.Doctor.examine(t.Context()), now)
	}
	serve()
	before := entries()
	if got := onUsers(t, folder, "create", "mei@example.com", "--name", "Mei"); got.status != done {
		t.Fatalf("%+v", got)
	}
	if got := sent(time.Now()); got.Result != resultOK {
		t.Errorf("a moment later: %+v", got)
	}
	if got := sent(time.Now().Add(2 * sentWithin)); got.Result != resultWarning || !strings.Contains(got.Says, "not sent to "+file) {
		t.Errorf("two minutes later: %+v", got)
	}
	serve()
	if got := sent(time.Now().Add(2 * sentWithin)); got.Result != resultOK || entries() <= before {
		t.Errorf("%+v, with %d entries after %d", got, entries(), before)
	}

	if err := os.Rename(file, file+".1"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := onUsers(t, folder, "disable", "mei@example.com"); got.status != done {
		t.Fatalf("%+v", got)
	}
	serve()
	if got := sent(time.Now()); got.Result != resultWarning || !strings.Contains(got.Says, "is a directory") {
		t.Errorf("it cannot be written: %+v", got)
	}
}

// TestDoctorWarnsOfAReadableAuditFile lets its owner, a group, and everybody read the file.
func TestDoctorWarnsOfAReadableAuditFile(t *testing.T) {
	folder, file := installed(t), filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]string{0o600: resultOK, 0o640: resultOK, 0o644: resultWarning, 0o602: resultWarning} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		root, err := parsed(t, "doctor", "--data", folder, "--audit-file", file)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		if got := root.Doctor.checkShipping(root.Doctor.examine(t.Context()), now); got.Result != want || want == resultWarning && !strings.Contains(got.Advice, "chmod o= "+file) {
			t.Errorf("mode %o: %+v", mode, got)
		}
	}
}
