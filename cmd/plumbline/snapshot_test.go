package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestVerify(t *testing.T) {
	first, second := chain(t)
	firstHash, secondHash := assessment.Hash([]byte(first)), assessment.Hash([]byte(second))
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(first), "", " "); err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(first, `"low":31.25`, `"low":99.5`, 1)
	third := link{sequence: 3, previous: secondHash}.document(t)
	fork := link{sequence: 2, previous: strings.Repeat("0", 64)}.document(t)
	headless := link{sequence: 2}.document(t)

	type file struct{ name, text string }
	tests := []struct {
		name  string
		files []file
		want  map[string]string // by file: the beginning of its only complaint
	}{
		{"one", []file{{"a.json", first}}, nil},
		{"chain", []file{{"a.json", first}, {"b.json", second}, {"c.json", third}}, nil},
		{"chain in another order", []file{{"c.json", third}, {"a.json", first}, {"b.json", second}}, nil},
		{"named by its hash", []file{{firstHash + ".json", first}}, nil},
		{"named by the beginning of its hash", []file{{"review-" + firstHash[:16] + ".json", first}}, nil},
		{"second alone", []file{{"b.json", second}}, nil},
		{"named by another hash", []file{{secondHash + ".json", first}},
			map[string]string{secondHash + ".json": "the file name says " + secondHash}},
		{"indented", []file{{"a.json", indented.String()}}, map[string]string{"a.json": "not in canonical form"}},
		{"line end added", []file{{"a.json", first + "\n"}}, map[string]string{"a.json": "not in canonical form"}},
		{"forged result", []file{{"a.json", forged}}, map[string]string{"a.json": "result.overall.low: stored 99.5, computed 31.25"}},
		{"forged result in a chain", []file{{"a.json", strings.Replace(first, `"title":"Review"`, `"title":"Other"`, 1)}, {"b.json", second}},
			map[string]string{"b.json": "it names " + firstHash}},
		{"fork", []file{{"a.json", first}, {"b.json", fork}}, map[string]string{"b.json": "it names 0000"}},
		{"two with one number", []file{{"a.json", second}, {"b.json", fork}}, map[string]string{"b.json": "number 2 of its assessment"}},
		{"the same twice", []file{{"a.json", first}, {"b.json", first}}, map[string]string{"b.json": "the same snapshot as"}},
		{"gap", []file{{"a.json", first}, {"c.json", third}}, map[string]string{"c.json": "the previous snapshot, 2, is not among the files"}},
		{"second without a first", []file{{"b.json", headless}}, map[string]string{"b.json": `snapshot 2 names "" as the previous one`}},
		{"no snapshot", []file{{"a.json", "{}"}}, map[string]string{"a.json": "format: "}},
		{"empty", []file{{"a.json", ""}}, map[string]string{"a.json": "the file is not a snapshot"}},
		{"binary beside a good one", []file{{"a.json", "\x00\xff"}, {"b.json", first}}, map[string]string{"a.json": "the file is not a snapshot"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			args := []string{"snapshot", "verify", "--format", "json"}
			for _, f := range tt.files {
				name := filepath.Join(folder, f.name)
				if err := os.WriteFile(name, []byte(f.text), 0o600); err != nil {
					t.Fatal(err)
				}
				args = append(args, name)
			}
			got := plumbline(t, "", args...)
			want := done
			if len(tt.want) > 0 {
				want = failed
			}
			if got.status != want || got.err != "" {
				t.Errorf("status %d (%s), want %d", got.status, got.err, want)
			}
			var verified []verifiedFile
			if err := json.Unmarshal([]byte(got.out), &verified); err != nil || len(verified) != len(tt.files) {
				t.Fatalf("%v in %s", err, got.out)
			}
			for _, f := range verified {
				complaints, wanted := strings.Join(f.Problems, "\n"), tt.want[filepath.Base(f.File)]
				if (wanted == "") != (complaints == "") || !strings.HasPrefix(complaints, wanted) || strings.Contains(complaints, "\n") {
					t.Errorf("%s: %q, want %q", f.File, complaints, wanted)
				}
			}
		})
	}
}

func TestVerifyText(t *testing.T) {
	first, _ := chain(t)
	good, bad := written(t, "good.json", first), written(t, "bad.json", first+"\n")
	got := plumbline(t, "", "snapshot", "verify", good)
	if want := (outcome{done, good + ": ok, snapshot 1 \"Review\", " + assessment.Hash([]byte(first)) + "\n", ""}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	got = plumbline(t, first+"\n", "snapshot", "verify", bad, "-", "testdata/none.json")
	for _, want := range []string{bad + ": not in canonical form", "-: not in canonical form", "testdata/none.json: no such file or directory"} {
		if got.status != failed || got.out != "" || !strings.Contains(got.err, want) {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
}

// TestVerifyListsTheFirstProblems changes every answer of a snapshot to one that nobody can give.
func TestVerifyListsTheFirstProblems(t *testing.T) {
	first, _ := chain(t)
	var answers strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&answers, `"unknown-%d":{"status":"adopted"},`, i)
	}
	name := filepath.Join(t.TempDir(), "a.json")
	changed := strings.Replace(first, `"answers":{`, `"answers":{`+answers.String(), 1)
	if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	got := plumbline(t, "", "snapshot", "verify", name)
	lines := strings.Split(strings.TrimSpace(got.err), "\n")
	if got.status != failed || len(lines) != maxProblems+1 || !strings.HasSuffix(lines[maxProblems], "more problems") {
		t.Errorf("status %d, %d lines, the last %q", got.status, len(lines), lines[len(lines)-1])
	}
}
