package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// TestRows tries the rows on the program as it is built now: the quick ones as they are, and most of the others with a
// few of everything. Left out are those that wait for a minute or mount a disk.
func TestRows(t *testing.T) {
	lookAt(t, "../plumbline")
	binary := filepath.Join(t.TempDir(), "plumbline")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../plumbline").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	all, err := newTrial(t.Context(), options{Binary: binary, Migrations: "../../storage/migrations", Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("quick", func(t *testing.T) { tryQuick(t, all) })
	all.tiny = true
	t.Run("tiny", func(t *testing.T) { tryTiny(t, all) })
	if err := all.close(); err != nil {
		t.Error(err)
	}
}

func tryQuick(t *testing.T, all *trial) {
	quick := slices.DeleteFunc(rows(), func(r row) bool { return !r.quick })
	for _, o := range all.try(t.Context(), quick, io.Discard) {
		if o.verdict() != met {
			t.Errorf("row %d, %s: %s, %v; want %s", o.number, o.fault, o.figure, o.err, o.expected)
		}
	}
}

// tryTiny looks at what was counted. How long it took, and how much memory, says nothing on a machine that tests too.
func tryTiny(t *testing.T, all *trial) {
	for _, tt := range []struct {
		name string
		try  func(context.Context, *trial) (finding, error)
		want string
	}{
		{"guess from many networks", served(starveSignIn), `^[1-9]\d? checked, \d+ × 429; the owner in: true, after \d+ ms at most$`},
		{"one address", served(fillRoom), `^4 in, after [\d.]+ s$`},
		{"forwarded addresses", forgeAddresses, `^of 12 tries refused by rate: [5-9] without a proxy, 0 from the proxy, [5-9] from beside it$`},
		{"unknown user", served(compareRefusals), `^same page true; medians \d+ ms and \d+ ms$`},
		{"sign-ins at once", served(signInAtOnce), `^peak \d+ MB; 5 in, 0 × 503, in [\d.]+ s$`},
		{"slow connections", served(connectSlowly), `^(39|40) open at once; \d+ pages and saves, p99 \d+ ms$`},
		{"long notes", servedWithNotes(1, drawLongNotes), `^status 303 in \d+ ms$`},
		{"reports at once", servedWithNotes(3, drawAtOnce), `^(all 3 drawn: nobody was refused|\d drawn, \d × 503 with Retry-After, 0 other, .*; then 303)$`},
		{"killed while saving", killWhileSaving, `^3 kills, \d+ saves acknowledged, 0 lost, 0 counted twice$`},
		{"write lock", served(holdLock), `^503 after [\d.]+ s with what was typed, pages 200; sent again: 303$`},
		{"killed while migrating", killWhileMigrating, `^3 kills: \d old, \d new, \d after a step, 0 inside one; \d with the copy of before; every next start went on$`},
		{"streams cut", cutStreams, `^0 of \d+ changes missed, 0 sent twice, by \d+ cuts and 2 restarts$`},
		{"bombs", throwTwo, `^at most \d+ MB \(.*\), \d+ ms \(.*\); \d+ ms after the client had gone \(.*\)$`},
		{"heavy work", saveBesideHeavyWork, `^[1-9]\d* saves, p99 \d+ ms, slowest \d+ ms, beside \d+ large snapshots, reports and imports$`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // several wait
			got, err := tt.try(t.Context(), all)
			if err != nil || !regexp.MustCompile(tt.want).MatchString(got.figure) {
				t.Errorf("%q, %v; want %s", got.figure, err, tt.want)
			}
		})
	}
}

// throwTwo sends two of the bombs: one that the API refuses, and one that is answered.
func throwTwo(ctx context.Context, t *trial) (finding, error) {
	folder, a, err := t.armed(ctx)
	if err != nil {
		return finding{}, err
	}
	two := slices.DeleteFunc(a.bombs(), func(b bomb) bool { return b.name != "API: nesting" && b.name != "page of a large snapshot" })
	return t.throwAll(ctx, folder, a, two)
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
