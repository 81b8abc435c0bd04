package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/content"
)

// outcome is what a command line left behind.
type outcome struct {
	status   int
	out, err string
}

// plumbline runs a command line on an input.
func plumbline(t *testing.T, input string, args ...string) outcome {
	t.Helper()
	var out, err bytes.Buffer
	status := run(t.Context(), args, streams{strings.NewReader(input), &out, &err})
	return outcome{status, out.String(), err.String()}
}

// golden returns the text of a file in testdata.
func golden(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sameJSON complains unless both texts are the same JSON value.
func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var g, w any
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// written writes a file into a new folder and returns its name.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// link describes a snapshot of the small review for tests.
type link struct {
	sequence   int
	previous   string
	answers    map[string]assessment.Status
	priorities assessment.Priorities
}

// document returns a snapshot as it is exported.
func (l link) document(t *testing.T) string {
	t.Helper()
	q, err := content.ReadQuestionnaire("questionnaire.yaml", strings.NewReader(golden(t, "questionnaire.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	state := &assessment.State{Assessment: assessment.Assessment{ID: "a1", Priorities: l.priorities}}
	state.Workload.Name = "Assistant"
	for id, status := range l.answers {
		answer := assessment.Answer{Status: status}
		if status == assessment.NotApplicable {
			answer.Reason = "nothing rests at night"
		}
		state.Answers = state.Answers.With(&assessment.SavedAnswer{Answer: answer, Practice: id})
	}
	at := time.Date(2026, 3, l.sequence, 9, 0, 0, 0, time.UTC)
	document, err := assessment.NewSnapshot(state, model, "Review", "", "Ada", at, l.previous, l.sequence).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return string(document)
}

// chain returns two snapshots that follow one another; the first has the answers of answers.yaml.
func chain(t *testing.T) (first, second string) {
	t.Helper()
	first = link{sequence: 1, priorities: assessment.Priorities{"speed": 3}, answers: map[string]assessment.Status{
		"s1.p1": assessment.Partial, "c1.p1": assessment.Absent, "c1.p2": assessment.NotApplicable}}.document(t)
	second = link{sequence: 2, previous: assessment.Hash([]byte(first)), answers: map[string]assessment.Status{
		"s1.p1": assessment.Partial, "s1.p2": assessment.Absent, "c1.p1": assessment.Adopted, "c1.p2": assessment.NotApplicable}}.document(t)
	return first, second
}

func TestMisuse(t *testing.T) {
	tests := map[string][]string{
		"no command":            {},
		"unknown command":       {"frobnicate"},
		"unknown flag":          {"score", "--answer", "x"},
		"no answers":            {"score"},
		"unknown format":        {"score", "--answers", "testdata/answers.yaml", "--format", "xml"},
		"two standard inputs":   {"score", "--questionnaire", "-", "--answers", "-"},
		"one snapshot":          {"compare", "a.json"},
		"two inputs to compare": {"compare", "-", "-"},
		"one questionnaire":     {"questionnaire", "diff", "builtin"},
		"two inputs to diff":    {"questionnaire", "diff", "-", "-"},
		"no file to lint":       {"questionnaire", "lint"},
		"no file to verify":     {"snapshot", "verify"},
		"no report file":        {"report", "a.json"},
		"unknown ending":        {"report", "a.json", "-o", "report.docx"},
		"no ending":             {"report", "a.json", "-o", "report"},
		"no zone of a demo":     {"demo", "--time-zone", "Mars/Olympus"},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			got := plumbline(t, "", args...)
			if got.status != misuse || got.out != "" || !strings.HasPrefix(got.err, "plumbline: ") {
				t.Errorf("got %+v, want status 2 and a message on standard error", got)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"score", "--help"}, {"questionnaire", "lint", "-h"}} {
		if got := plumbline(t, "", args...); got.status != done || !strings.HasPrefix(got.out, "Usage: plumbline") || got.err != "" {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, way := range []string{"version", "--version"} {
		if got := plumbline(t, "", way); got.status != done || !strings.HasPrefix(got.out, "plumbline ") {
			t.Errorf("%s: %+v", way, got)
		}
	}
}
