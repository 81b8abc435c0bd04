package main

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"plumbline/assessment"
	"plumbline/storage"
	"plumbline/templates"
)

// storedState returns what is stored of an assessment in a data folder.
func storedState(t *testing.T, folder, id string) *assessment.State {
	t.Helper()
	store, err := storage.OpenBeside(t.Context(), storage.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	current, err := store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return &current.State
}

// TestBackupWhilePeopleWork backs up a running server, restores, and serves what was restored.
func TestBackupWhilePeopleWork(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	s := &visit{t: t, base: p.base(), client: anybody(t)}
	id := s.review(strings.TrimPrefix(p.until("/setup?token="), s.base))
	page := s.get(s.follow(templates.WalkURL(id)), http.StatusOK)
	practices := regexp.MustCompile(`name="version\.([^"]+)"`).FindAllStringSubmatch(page, -1)

	// One person answers the same practice again and again; each answer that the server has confirmed counts.
	practice := practices[1][1]
	var confirmed atomic.Int64
	stop, busy, gone := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		defer close(gone)
		for version := 0; ; version++ {
			status := []string{"adopted", "absent"}[version%2]
			s.post(templates.AnswerURL(id, practice), http.StatusSeeOther, "version."+practice, strconv.Itoa(version), "status."+practice, status)
			if confirmed.Add(1) == 3 {
				close(busy)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	select {
	case <-busy:
	case <-gone:
		t.FailNow()
	}
	before := confirmed.Load()
	file := filepath.Join(t.TempDir(), "backup.db")
	if got := plumbline(t, "", "backup", file, "--data", folder); got.status != done {
		t.Errorf("backup: %+v", got)
	}
	close(stop)
	work.Wait()
	if got := plumbline(t, "", "backup", file, "--data", folder); got.status != failed || !strings.Contains(got.err, "already exists") {
		t.Errorf("backup over a file: %+v", got)
	}
	if got := p.stop(syscall.SIGTERM); got != done {
		t.Errorf("exit status %d", got)
	}

	restored := filepath.Join(t.TempDir(), "restored")
	if got := plumbline(t, "", "restore", file, "--data", restored); got.status != done {
		t.Fatalf("restore: %+v", got)
	}
	if got := int64(storedState(t, restored, id).Answer(practice).Version); got < before {
		t.Errorf("the backup has %d answers of %d that were confirmed before it began", got, before)
	}
	if got := int64(storedState(t, folder, id).Answer(practice).Version); got != confirmed.Load() {
		t.Errorf("the folder has %d answers of %d that were confirmed", got, confirmed.Load())
	}
	if got := plumbline(t, "", "restore", file, "--data", restored); got.status != failed || !strings.Contains(got.err, "is not empty") {
		t.Errorf("restore over a folder: %+v", got)
	}
	again := started(t, "serve", "--addr", "127.0.0.1:0", "--data", restored)
	visitor := &visit{t: t, base: again.base(), client: anybody(t)}
	visitor.post(templates.SignInURL, http.StatusSeeOther, "email", "private@example.com", "password", "private horse battery")
	if page := visitor.get(templates.AssessmentURL(id), http.StatusOK); !strings.Contains(page, "Private workload") {
		t.Error("the restored server does not show the workload")
	}
}

func TestRestoreOfSomethingElse(t *testing.T) {
	for name, text := range map[string]string{"nothing": "", "another file": strings.Repeat("no database ", 1000)} {
		folder := filepath.Join(t.TempDir(), "data")
		if got := plumbline(t, "", "restore", written(t, "backup.db", text), "--data", folder); got.status != failed || got.err == "" {
			t.Errorf("%s: %+v", name, got)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left, %v", name, left, err)
		}
	}
	if got := plumbline(t, "", "backup", filepath.Join(t.TempDir(), "x.db"), "--data", t.TempDir()); got.status != failed ||
		!strings.Contains(got.err, "contains no database") {
		t.Errorf("backup of nothing: %+v", got)
	}
}

// TestBackupOfAReadOnlyFolder backs up a folder that this user may only read: one at rest, and one after a crash, whose
// last saves are in the journal alone.
func TestBackupOfAReadOnlyFolder(t *testing.T) {
	for name, crashed := range map[string]bool{"at rest": false, "after a crash": true} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "data")
			p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
			s := &visit{t: t, base: p.base(), client: anybody(t)}
			id := s.review(strings.TrimPrefix(p.until("/setup?token="), s.base))
			if crashed {
				p.stop(syscall.SIGKILL)
			} else {
				p.stop(syscall.SIGTERM)
			}
			readOnly(t, folder)
			out := t.TempDir()
			if err := errors.Join(os.Chmod(out, 0o777), os.Chmod(filepath.Dir(out), 0o755)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(out, "backup.db")
			backup := command(t, "backup", file, "--data", folder)
			asNobody(backup)
			if said, err := backup.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			restored := filepath.Join(t.TempDir(), "restored")
			if got := plumbline(t, "", "restore", file, "--data", restored); got.status != done {
				t.Fatalf("%+v", got)
			}
			if state := storedState(t, restored, id); state.ID != id {
				t.Errorf("restored %+v", state)
			}
			if left, err := os.ReadDir(out); err != nil || len(left) != 1 {
				t.Errorf("%v is left beside the backup (%v)", left, err)
			}
		})
	}
}

// readOnly takes everybody's right to write to a folder until the test ends.
func readOnly(t *testing.T, folder string) {
	t.Helper()
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // so that it can be removed
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		err = errors.Join(err, os.Chmod(filepath.Join(folder, file.Name()), 0o444))
	}
	parent := filepath.Dir(folder)
	if err := errors.Join(err, os.Chmod(folder, 0o555), os.Chmod(parent, 0o755), os.Chmod(filepath.Dir(parent), 0o755)); err != nil {
		t.Fatal(err)
	}
}

// asNobody runs a command without the rights of the superuser.
func asNobody(c *exec.Cmd) {
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
}
