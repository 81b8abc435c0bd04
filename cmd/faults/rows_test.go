package main

import (
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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

func TestRowsThatNeedNoProcess(t *testing.T) {
	err := run(t.Context(), options{Row: []int{4, 33}}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "web.TestPanic") || strings.Contains(err.Error(), "web.TestShutdownEndsStreams") {
		t.Errorf("got %v, want the tests that cover these rows", err)
	}
}

func TestPrintTable(t *testing.T) {
	var out strings.Builder
	err := printTable(&out, []outcome{
		{row: row{number: 3, fault: "a crowd", expected: "in, or 503"}, finding: finding{figure: "10 in", met: true}},
		{row: row{number: 20, fault: "disk full", expected: "507"}, err: errImpossible},
		{row: row{number: 23, fault: "no database", expected: "refused"}, finding: finding{figure: "started", said: "“restore a backup”"}},
	})
	want := `row  fault        figure             expected    met
3    a crowd      10 in              in, or 503  yes
20   disk full    not possible here  507         not tried
23   no database  started            refused     NO

What it says:
 23  no database: “restore a backup”
`
	if err != nil || out.String() != want {
		t.Errorf("got\n%s%v\nwant\n%s", &out, err, want)
	}
}
