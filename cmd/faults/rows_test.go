package main

import (
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// lookAt lets the test cache notice what has changed in a folder: it does not see what go build reads.
func lookAt(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
		if err == nil {
			_, err = os.Stat(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestQuickRows tries the rows that take little time, on the program as it is built now.
func TestQuickRows(t *testing.T) {
	lookAt(t, "../plumbline")
	binary := filepath.Join(t.TempDir(), "plumbline")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../plumbline").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	all, err := newTrial(t.Context(), options{Binary: binary, Migrations: "../../storage/migrations", Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	quick := slices.DeleteFunc(rows(), func(r row) bool { return !r.quick })
	for _, o := range all.try(t.Context(), quick, io.Discard) {
		if o.verdict() != met {
			t.Errorf("row %d, %s: %s, %v; want %s", o.number, o.fault, o.figure, o.err, o.expected)
		}
	}
	if err := all.close(); err != nil {
		t.Error(err)
	}
}
