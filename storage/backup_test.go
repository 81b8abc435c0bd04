package storage

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/storage/folder"
)

func TestBackupDuringWrites(t *testing.T) {
	b := newBench(t)
	report := b.withReport(t)
	acknowledged := b.save(t, "p1", 0, assessment.Adopted)
	ctx, stop := context.WithCancel(t.Context())
	started, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for version := 0; ctx.Err() == nil; version++ {
			if _, err := b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p2", version, flip(version))); err != nil {
				t.Error(err)
			}
			if version == 0 {
				close(started)
			}
		}
	}()
	<-started
	file := filepath.Join(t.TempDir(), "copy of ? today%20.db")
	check(t, b.file.backup(t.Context(), file))
	stop()
	<-stopped

	if mode := must(os.Stat(file))(t).Mode(); mode != 0o600 {
		t.Errorf("the backup has mode %v, want 0600", mode)
	}
	folder := filepath.Join(t.TempDir(), "new", "data")
	check(t, Restore(t.Context(), file, folder))
	s := openStore(t, Options{Folder: folder})
	got := must(s.Current(t.Context(), b.id))(t)
	if !reflect.DeepEqual(got.State.Answer("p1"), acknowledged.State.Answer("p1")) || got.State.Answer("p2").Version == 0 {
		t.Errorf("got %+v", got.State.Plain())
	}
	info, err := s.Report(t.Context(), report)
	check(t, err)
	document, err := io.ReadAll(s.ReportDocument(t.Context(), info))
	check(t, err)
	if string(document) != "%PDF" {
		t.Errorf("got report %q", document)
	}
}

// withReport stores a report and returns its id.
func (b *bench) withReport(t *testing.T) string {
	t.Helper()
	taken := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "T", ""))(t)
	return must(b.SaveReport(t.Context(), b.actor, assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID,
		Media: "application/pdf", Renderer: "1", Document: []byte("%PDF")}))(t).ID
}

func TestBackupKeepsAnExistingFile(t *testing.T) {
	b := newBench(t)
	file := filepath.Join(t.TempDir(), "backup.db")
	check(t, os.WriteFile(file, []byte("precious"), 0o600))
	wantCode(t, b.file.backup(t.Context(), file), assessment.Conflict)
	if got := string(must(os.ReadFile(file))(t)); got != "precious" {
		t.Errorf("the file holds %q now", got)
	}
}

func TestBackupThatFailsLeavesNothing(t *testing.T) {
	b := newBench(t)
	folder := t.TempDir()
	if err := b.file.backup(cancelled(), filepath.Join(folder, "backup.db")); err == nil {
		t.Error("it did not fail")
	}
	wantEmpty(t, folder)
	if err := b.file.backup(t.Context(), filepath.Join(folder, "none", "backup.db")); err == nil {
		t.Error("it did not fail")
	}
}

func wantEmpty(t *testing.T, folder string) {
	t.Helper()
	for _, entry := range must(os.ReadDir(folder))(t) {
		t.Errorf("%s is left", entry.Name())
	}
}

func TestBackupOfAFolder(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	running := filepath.Join(t.TempDir(), "running.db")
	check(t, BackupFolder(t.Context(), b.folder, running))
	check(t, b.Close())
	atRest := filepath.Join(t.TempDir(), "at-rest.db")
	check(t, BackupFolder(t.Context(), b.folder, atRest))
	for _, file := range []string{running, atRest} {
		folder := t.TempDir()
		check(t, Restore(t.Context(), file, folder))
		s := openStore(t, Options{Folder: folder})
		if must(s.Current(t.Context(), b.id))(t).State.Answer("p1").Version != 1 {
			t.Errorf("%s lacks the answer", file)
		}
	}
	wantCode(t, BackupFolder(t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "b.db")), assessment.NotFound)
}

func TestRestoreRefuses(t *testing.T) {
	b := newBench(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	check(t, b.file.backup(t.Context(), backup))
	spoiled := func(change func(t *testing.T, file string)) string {
		file := filepath.Join(t.TempDir(), "spoiled.db")
		check(t, os.WriteFile(file, must(os.ReadFile(backup))(t), 0o600))
		change(t, file)
		return file
	}
	tests := []struct{ name, file string }{
		{"missing", filepath.Join(t.TempDir(), "none.db")},
		{"empty", spoiled(func(t *testing.T, file string) { check(t, os.Truncate(file, 0)) })},
		{"no database", spoiled(func(t *testing.T, file string) {
			check(t, os.WriteFile(file, bytes.Repeat([]byte("no"), 5000), 0o600))
		})},
		{"corrupt page", spoiled(spoilPages)},
		{"newer schema", spoiled(func(t *testing.T, file string) {
			execute(t, file, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
		})},
		{"another program", spoiled(func(t *testing.T, file string) { execute(t, file, "PRAGMA application_id = 7") })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "reviews [2026]")
			if err := Restore(t.Context(), tt.file, folder); err == nil {
				t.Error("it was restored")
			}
			wantEmpty(t, folder)
		})
	}
	t.Run("folder in use", func(t *testing.T) {
		wantCode(t, Restore(t.Context(), backup, b.folder), assessment.Conflict)
	})
}

func TestRestoreOfABareCopy(t *testing.T) {
	folder := closedFolder(t)
	restored := t.TempDir()
	check(t, Restore(t.Context(), filepath.Join(folder, fileName), restored))
	if names := must(os.ReadDir(restored))(t); len(names) != 1 {
		t.Errorf("restored into %v, want one file", names)
	}
	openStore(t, Options{Folder: restored})
	leftovers := must(fs.Glob(os.DirFS(restored), "*.part*"))(t)
	if len(leftovers) > 0 {
		t.Errorf("%v is left", leftovers)
	}
}

// TestRestoreKeepsServersOut restores into a folder that somebody else has just opened.
func TestRestoreKeepsServersOut(t *testing.T) {
	b := newBench(t)
	file, path := filepath.Join(t.TempDir(), "copy.db"), t.TempDir()
	check(t, b.file.backup(t.Context(), file))
	lock := must(folder.Take(path))(t)
	if err := Restore(t.Context(), file, path); err == nil || !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("got %v, want that the folder is in use", err)
	}
	check(t, lock.Release())
	check(t, Restore(t.Context(), file, path))
}
