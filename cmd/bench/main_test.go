package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// glance is a plan that shows that everything can be measured, and no figure worth reading.
var glance = plan{rounds: 1, round: 20 * time.Millisecond, idle: time.Millisecond}

// TestEveryMeasure takes every measurement, the saves and the pages on the whole application, the memory on the program
// as it is built now.
func TestEveryMeasure(t *testing.T) {
	binary, folder := filepath.Join(t.TempDir(), "plumbline"), t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../plumbline").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	var out bytes.Buffer
	if err := run(t.Context(), options{Binary: binary, Folder: folder, JSON: true}, glance, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	var got struct{ Measures []measure }
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one complete score", "bare durable upsert", "save, 1 connection", "save, 16 connections", "save, 64 connections",
		"bare page", "principle page", "start to first 200", "memory of its own, idle", "principle page, HTML", "stripped binary"} {
		if !slices.ContainsFunc(got.Measures, func(m measure) bool { return m.Name == want && m.Value > 0 }) {
			t.Errorf("no figure for %s in %s", want, &out)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestOneGroup(t *testing.T) {
	var out, progress bytes.Buffer
	if err := run(t.Context(), options{Folder: t.TempDir(), Only: "score", Quick: true}, glance, &out, &progress); err != nil {
		t.Fatal(err)
	}
	if got, want := progress.String(), "measuring: score\n"; got != want {
		t.Errorf("progress %q, want %q", got, want)
	}
	if text := out.String(); !strings.Contains(text, "A quick run") || !strings.Contains(text, "\none complete score ") || strings.Contains(text, "PDF of") {
		t.Errorf("got %s", text)
	}
}

func TestPrintTable(t *testing.T) {
	var out strings.Builder
	all := []measure{
		atLeast("save", 0.2041, 0.18, ratio, "against a bare one"), atMost("PDF", 61.24, 60, "ms", ""), figure("pages", 12345.6, "/s", ""),
	}
	if err := printTable(&out, all, false); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(out.String(), "\n\n")
	want := `measure  value     target   met
save     0.2×      ≥ 0.18×  yes
PDF      61.2 ms   ≤ 60 ms  NO
pages    12346 /s           

What was measured:
- save: against a bare one
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
