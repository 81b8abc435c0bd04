package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// installed returns a data folder that a server has used.
func installed(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	p.base()
	if got := p.stop(syscall.SIGTERM); got != done {
		t.Fatalf("exit status %d", got)
	}
	return folder
}

// examined returns what doctor finds, and its exit status.
func examined(t *testing.T, args ...string) (diagnosis, int) {
	t.Helper()
	got := plumbline(t, "", append([]string{"doctor", "--format", "json", "--addr", "127.0.0.1:0"}, args...)...)
	var d diagnosis
	if err := json.Unmarshal([]byte(got.out), &d); err != nil {
		t.Fatalf("%v: %+v", err, got)
	}
	return d, got.status
}

// found returns one of the checks.
func (d diagnosis) found(t *testing.T, check string) finding {
	t.Helper()
	for _, f := range d.Checks {
		if f.Check == check {
			return f
		}
	}
	t.Fatalf("there is no check %s", check)
	return finding{}
}

func TestDoctorFindsNothing(t *testing.T) {
	folder := installed(t)
	before, err := os.ReadFile(filepath.Join(folder, "plumbline.db"))
	if err != nil {
		t.Fatal(err)
	}
	got := plumbline(t, "", "doctor", "--addr", "127.0.0.1:0", "--data", folder)
	if got.status != done || got.err != "" {
		t.Fatalf("%+v", got)
	}
	for _, check := range []string{"configuration", "address", "reached", "folder", "disk", "lock", "port", "database", "audit log", "audit sending", "session key", "clock", "certificate", "fonts", "single sign-on"} {
		if !strings.Contains(got.out, check+"  ") {
			t.Errorf("no line about the %s:\n%s", check, got.out)
		}
	}
	for line := range strings.Lines(got.out) {
		if !strings.HasPrefix(line, "ok ") {
			t.Errorf("got %s", line)
		}
	}
	after, err := os.ReadFile(filepath.Join(folder, "plumbline.db"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the database has changed, %v", err)
	}
}

func TestDoctorBesideAServer(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	address := strings.TrimPrefix(p.base(), "http://")
	d, status := examined(t, "--data", folder, "--addr", address)
	if status != done || d.Result != resultOK {
		t.Errorf("status %d, %+v", status, d)
	}
	if got := d.found(t, "lock").Says; got != fmt.Sprintf("process %d uses the data folder", p.command.Process.Pid) {
		t.Errorf("lock: %s", got)
	}
	if got := p.stop(syscall.SIGTERM); got != done {
		t.Errorf("the server ended with %d", got)
	}
}

func TestDoctorOfARestoredFolder(t *testing.T) {
	backup, folder := filepath.Join(t.TempDir(), "backup.db"), filepath.Join(t.TempDir(), "data")
	for _, args := range [][]string{{"backup", backup, "--data", installed(t)}, {"restore", backup, "--data", folder}} {
		if got := plumbline(t, "", args...); got.status != done {
			t.Fatalf("%+v", got)
		}
	}
	d, status := examined(t, "--data", folder)
	if status != done || d.Result != resultOK {
		t.Errorf("status %d, %+v", status, d)
	}
}

// TestDoctorWithoutRights looks at a folder that only its owner may write to.
func TestDoctorWithoutRights(t *testing.T) {
	folder := installed(t)
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // so that it can be removed
	modes := map[string]os.FileMode{"plumbline.db": 0o444, "plumbline.lock": 0o444, "session.key": 0o444, "": 0o555, "..": 0o755, "../..": 0o755}
	for name, mode := range modes {
		if err := os.Chmod(filepath.Join(folder, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	doctor := command(t, "doctor", "--addr", "127.0.0.1:0", "--data", folder)
	if os.Getuid() == 0 {
		doctor.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := doctor.CombinedOutput()
	if err == nil || strings.Contains(string(out), "damaged") || !strings.Contains(string(out), "plumbline.db cannot be opened") {
		t.Errorf("got %v, %s", err, out)
	}
}

func TestDoctorFindsFaults(t *testing.T) {
	now := time.Now()
	healthy := installed(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	pair := func(host string, from, until time.Duration) []string {
		cert, key := issued(t, t.TempDir(), host, now.Add(from), now.Add(until))
		return []string{"--tls-cert", cert, "--tls-key", key, "--url", "https://reviews.example.com"}
	}
	const day = 24 * time.Hour
	short := written(t, "key", "c2hvcnQ=\n")
	open := written(t, "key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args                []string
		check, result, says string
	}{
		"bad settings":        {[]string{"--url", "x"}, "configuration", resultFailed, "not a web address"},
		"plain http":          {[]string{"--addr", ":0"}, "address", resultWarning, "nobody can sign in"},
		"open figures":        {[]string{"--metrics-addr", ":9090"}, "address", resultWarning, "open to other machines"},
		"port in use":         {[]string{"--addr", taken.Addr().String()}, "port", resultFailed, "another program already listens"},
		"no folder":           {[]string{"--data", "missing"}, "folder", resultWarning, "does not exist yet"},
		"folder is a file":    {[]string{"--data", short}, "folder", resultFailed, "is a file"},
		"short key":           {[]string{"--session-key-file", short}, "session key", resultFailed, "has 5 bytes"},
		"missing key":         {[]string{"--session-key-file", "missing"}, "session key", resultFailed, "no such file"},
		"key open to others":  {[]string{"--session-key-file", open}, "session key", resultWarning, "can be read by other users"},
		"good certificate":    {pair("reviews.example.com", -day, 60*day), "certificate", resultOK, "valid until"},
		"expired certificate": {pair("reviews.example.com", -2*day, -day), "certificate", resultFailed, "it expired on"},
		"future certificate":  {pair("reviews.example.com", day, 2*day), "certificate", resultFailed, "it is not valid before"},
		"old certificate":     {pair("reviews.example.com", -day, day), "certificate", resultWarning, "it expires on"},
		"another host":        {pair("other.example.com", -day, 60*day), "certificate", resultWarning, "not valid for reviews.example.com"},
		"missing certificate": {[]string{"--tls-cert", "a", "--tls-key", "b"}, "certificate", resultFailed, "cannot be read"},
		"no font":             {[]string{"--font", short}, "fonts", resultFailed, "font"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, status := examined(t, append([]string{"--data", healthy}, test.args...)...)
			got := d.found(t, test.check)
			if got.Result != test.result || !strings.Contains(got.Says, test.says) {
				t.Errorf("got %+v, want %s and %q", got, test.result, test.says)
			}
			if (got.Result == resultFailed) != (status == failed) || (got.Advice == "") != (got.Result == resultOK) {
				t.Errorf("status %d, advice %q", status, got.Advice)
			}
		})
	}
}

func TestDoctorFindsFaultsOfTheData(t *testing.T) {
	tests := map[string]struct {
		spoil       func(folder string) error
		check, says string
		result      string
	}{
		"damaged database": {func(folder string) error {
			return os.WriteFile(filepath.Join(folder, "plumbline.db"), bytes.Repeat([]byte("no database "), 1000), 0o600)
		}, "database", "is not a database", resultFailed},
		"audit log cut": {func(folder string) error {
			return onDatabase(folder, "DROP TRIGGER audit_is_only_removed_with_a_note", "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")
		}, "audit log", "the audit log breaks at entry", resultFailed},
		"written tomorrow": {func(folder string) error {
			at := time.Now().Add(24 * time.Hour)
			return os.Chtimes(filepath.Join(folder, "plumbline.db"), at, at)
		}, "clock", "in the future", resultFailed},
		"open folder": {func(folder string) error { return os.Chmod(folder, 0o755) }, "folder", "other users of this machine can open", resultWarning},
		"no key": {func(folder string) error { return os.Remove(filepath.Join(folder, "session.key")) },
			"session key", "none yet", resultOK},
		"no database": {func(folder string) error { return os.Remove(filepath.Join(folder, "plumbline.db")) },
			"database", "not created yet", resultWarning},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := installed(t)
			if err := test.spoil(folder); err != nil {
				t.Fatal(err)
			}
			d, _ := examined(t, "--data", folder)
			if got := d.found(t, test.check); got.Result != test.result || !strings.Contains(got.Says, test.says) {
				t.Errorf("got %+v, want %s and %q", got, test.result, test.says)
			}
		})
	}
}
