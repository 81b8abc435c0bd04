package cisoassistant

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
)

func house(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "house.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func imported(t testing.TB, data []byte) (*assessment.Questionnaire, content.Losses) {
	t.Helper()
	q, losses, err := Import("l.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return q, losses
}

// outline returns the levels of a questionnaire, one a line, with the texts of the upper ones in brackets.
func outline(q *assessment.Questionnaire) string {
	var b strings.Builder
	line := func(indent, id, title, text string) {
		if text != "" {
			title += fmt.Sprintf(" [%s]", strings.ReplaceAll(text, "\n", "|"))
		}
		fmt.Fprintf(&b, "%s%s: %s\n", indent, id, title)
	}
	for _, pillar := range q.Pillars {
		line("", pillar.ID, pillar.Title, pillar.Summary)
		for _, principle := range pillar.Principles {
			line("  ", principle.ID, principle.Title, principle.Summary)
			for _, question := range principle.Questions {
				line("    ", question.ID, question.Title, question.Help)
				for _, p := range question.Practices {
					line("      ", p.ID, p.Title, "")
				}
			}
		}
	}
	return b.String()
}

func TestImport(t *testing.T) {
	q, losses := imported(t, house(t))
	if q.ID != "House-1" || q.Version != "3.0.0" || q.Title != "House rules" ||
		q.Source != (assessment.Source{Title: "House rules, Caretaker", Licence: "Anybody may live here."}) {
		t.Errorf("head: %+v", q)
	}
	const summary = `Rules of a house.

How people live together, see the yard.
the yard: https://example.org/yard

Published: 2026-02-30
Packaged by: Caretaker's office
Language: en
Library: urn:example:risk:library:house
Framework: house
Framework: urn:example:risk:framework:house

Implementation groups:
- S: 1. Small houses (selected at first)
- L: Large houses

Preface
Welcome.`
	if q.Summary != summary {
		t.Errorf("summary:\n%s", q.Summary)
	}
	const levels = `1: 1 Safety [Nobody is hurt.]
  1.1: 1.1 Fire
    1.1: 1.1 Fire
      1.1.1: 1.1.1 Smoke detectors
    1.1.2-A-b: 1.1.2 Ways out › Stairs [They are free.||See the plan.|the plan: https://example.org/plan]
      1.1.2-q: Are the stairs free?
  1: 1 Safety
    1: 1 Safety
      1.2: 1.2 Doors are closed.
  1.2: 1.2 Doors are closed.
    1.2: 1.2 Doors are closed.
      1.2.1: 1.2.1 At night they are locked.
2: Untitled 2
  2: Untitled 2
    2: Untitled 2
      2: Untitled 2
`
	if got := outline(q); got != levels {
		t.Errorf("got:\n%s\nwant:\n%s", got, levels)
	}
	detectors := q.Pillars[0].Principles[0].Questions[0].Practices[0]
	want := assessment.Practice{ID: "1.1.1", Title: "1.1.1 Smoke detectors", Risk: assessment.Medium, Weight: 2, Effort: assessment.EffortM,
		Help: "What is meant\n\nEvery bedroom has one, see the rules\nand `test` it.\n\nAnnotation:\nA cheap one will do: https://example.org/cheap\n\n" +
			"Typical evidence:\nA list of them.\n\nNot in kitchens.",
		Links: []assessment.Link{{Title: "the rules", URL: "https://example.org/rules"}},
		Source: []string{"1.1.1", "urn:example:risk:req_node:house:1.1.1", "group:S", "group:L", "control:urn:example:risk:control:bell",
			"threat:urn:example:risk:threat:fire"}}
	if !reflect.DeepEqual(detectors, want) {
		t.Errorf("got %+v\nwant %+v", detectors, want)
	}
	const help = `Question: Are the stairs free?
- Yes: At all times. (means adopted; score 5)
- Some (means partial; selects the group L)
- No

Question (date): Since when?`
	if got := q.Pillars[0].Principles[0].Questions[1].Practices[0].Help; got != help {
		t.Errorf("help:\n%s", got)
	}
	const told = `4:9: ref_id: the ID "House 1" cannot be kept: House-1 is used
8:10: version: the version is a counter, 3: 3.0.0 is used
12:15: dependencies: "dependencies" is not supported in a questionnaire: left out
13:15: translations: "translations" is not supported in a questionnaire: left out (the first of 2)
16:5: objects.threats: only the framework of a library is read: other content (a list) is left out
`
	if got := losses.String(); !strings.HasPrefix(got, told) {
		t.Errorf("losses:\n%s\nwant first:\n%s", got, told)
	}
	for _, want := range []string{
		`23:16: objects.framework.min_score: "min_score" is not supported in a questionnaire: left out`,
		"21:18: objects.framework.description: Markdown was converted to plain text (the first of 4)",
		"description: HTML was converted to plain text",
		"depends_on: the question is asked only after a certain answer to another one, which cannot be kept",
		`compute_result: expected compliant, partially_compliant, non_compliant or not_applicable, found "maybe": left out`,
		"compute_result: the meaning of a choice is written after it: set the status manually (the first of 2)",
		"add_score: the score of a choice is written after it: scores are not added up",
		`color: "color" is not supported in a questionnaire: left out`,
		"select_implementation_groups: the groups that a choice selects are written after it: an answer does not select groups",
		"requirement_nodes[5].implementation_groups: the groups of a section are left out: those of its requirements are kept",
		"requirement_nodes[8]: the depth is missing or does not match the node's parent: the parent is used",
		`requirement_nodes[10].parent_urn: no node before this one has the urn "urn:example:risk:req_node:house:none": it is placed at the top`,
		"requirement_nodes[10]: the node has no reference, name or description: its name is the end of its urn",
		"urn: the urn does not end with a unique ID: an ID is derived from it (the first of 2)",
		"the requirements of a framework have no risk: it is set to medium",
		"the requirements of a framework have no effort: it is set to M",
	} {
		if !strings.Contains(losses.String()+"\n", want+"\n") {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}

func TestWindowsFiles(t *testing.T) {
	want, _ := imported(t, house(t))
	for name, data := range map[string][]byte{
		"CRLF": bytes.ReplaceAll(house(t), []byte("\n"), []byte("\r\n")),
		"BOM":  append([]byte("\ufeff"), house(t)...),
	} {
		if got, _ := imported(t, data); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another questionnaire:\n%s", name, outline(got))
		}
	}
}

// framework is a library with the nodes given, each on a line.
func framework(nodes ...string) []byte {
	return []byte("ref_id: f\nname: F\nversion: 1.2.3\nobjects:\n  framework:\n    requirement_nodes:\n    - " + strings.Join(nodes, "\n    - ") + "\n")
}

func TestTooManySections(t *testing.T) {
	var nodes []string
	for i := range 21 {
		nodes = append(nodes, fmt.Sprintf(`{urn: "a:b:c:d:e:s%d", depth: 1, name: Section %d, description: About %d}`, i, i, i),
			fmt.Sprintf(`{urn: "a:b:c:d:e:s%d.r", parent_urn: "a:b:c:d:e:s%d", depth: 2, assessable: true, name: Rule}`, i, i))
	}
	q, losses := imported(t, framework(nodes...))
	if len(q.Pillars) != 1 || q.Pillars[0].Title != "F" || len(q.Pillars[0].Principles) != 21 || q.Pillars[0].Principles[20].Summary != "About 20" {
		t.Errorf("pillars:\n%s", outline(q))
	}
	want := "7:5: objects.framework.requirement_nodes: the framework has 21 sections at the top, but a questionnaire can have 20 pillars: they become the principles of one pillar"
	if !slices.Contains(strings.Split(losses.String(), "\n"), want) {
		t.Errorf("losses:\n%s", losses)
	}
}

func TestTitles(t *testing.T) {
	long := strings.Repeat("word ", 30) + "end. " + strings.Repeat("more ", 40) + "end."
	tests := []struct{ name, node, title, help string }{
		{"name and reference", `name: N, ref_id: R.1`, "R.1 N", ""},
		{"reference in the name", `name: R.1 N, ref_id: R.1, description: D`, "R.1 N", "D"},
		{"short description", `description: "A\n b", ref_id: 5`, "5 A b", ""},
		{"long description", `description: "` + long + `"`, strings.Repeat("word ", 30) + "end.", long},
		{"one sentence", `description: "` + strings.Repeat("word ", 60) + `"`, strings.TrimSpace(strings.Repeat("word ", 47)) + "…", strings.TrimSpace(strings.Repeat("word ", 60))},
		{"only a reference", `ref_id: R`, "R", ""},
		{"nothing", `annotation: null`, "Untitled n", ""},
	}
	for _, tt := range tests {
		q, _ := imported(t, framework(`{urn: "a:b:c:d:e:n", assessable: true, depth: 1, `+tt.node+`}`))
		p := q.Pillars[0].Principles[0].Questions[0].Practices[0]
		if p.Title != tt.title || p.Help != tt.help {
			t.Errorf("%s: got %q, %q", tt.name, p.Title, p.Help)
		}
	}
}

// What sections and questions say beside their texts is kept or named as well.
func TestSectionsAndKinds(t *testing.T) {
	q, losses := imported(t, framework(`{urn: "a:b:c:d:e:s", depth: 1, name: S, reference_controls: [c], threats: [t], weight: 3}`,
		`{urn: "a:b:c:d:e:n", parent_urn: "a:b:c:d:e:s", assessable: true, depth: 2, name: Rule, questions: {u: {type: slider, text: How far?, choices: [{value: Half}]}}}`,
		`{urn: "a:b:c:d:e:o", parent_urn: "a:b:c:d:e:s", assessable: true, depth: 2, name: Other, questions: {u: {type: unique_choice, text: Free?}}}`))
	practices := q.Pillars[0].Principles[0].Questions[0].Practices
	if unnamed, _ := imported(t, []byte("objects: {framework: {ref_id: f, requirement_nodes: [{assessable: true, name: R}]}}")); unnamed.Summary != "Framework: f" {
		t.Errorf("summary of a library without a reference: %q", unnamed.Summary)
	}
	if practices[0].Help != "Question (slider): How far?\n- Half" || practices[1].Help != "Question: Free?" {
		t.Errorf("got %+v", practices)
	}
	for _, want := range []string{"reference_controls: the controls", "threats: the threats", "weight: the weights"} {
		if want = "requirement_nodes[0]." + want + " of a section are left out: those of its requirements are kept"; !strings.Contains(losses.String(), want) {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}

func TestPreambles(t *testing.T) {
	rule := `{urn: "a:b:c:d:e:n", assessable: true, depth: 1, name: Rule}`
	q, losses := imported(t, framework(`{urn: "a:b:c:d:e:p", depth: 1, name: Preamble, description: "`+strings.Repeat("x", maxPreamble)+`"}`, rule))
	if strings.Contains(q.Summary, "Preamble") || !strings.Contains(losses.String(), `nothing is assessable in "Preamble": its texts (10009 characters) are left out`) {
		t.Errorf("summary %q, losses:\n%s", q.Summary, losses)
	}
}

func TestVersions(t *testing.T) {
	for version, want := range map[string]string{"7": "7.0.0", `"2"`: "2.0.0", "1.2.3": "1.2.3", "v1": "1.0.0", `""`: "1.0.0", "2024-01-01": "1.0.0", "1.5": "1.0.0"} {
		data := bytes.Replace(framework(`{urn: u, assessable: true, name: R}`), []byte("1.2.3"), []byte(version), 1)
		if q, losses := imported(t, data); q.Version != want || (want != version) != strings.Contains(losses.String(), "version") {
			t.Errorf("%s: got %s, losses:\n%s", version, q.Version, losses)
		}
	}
}

// Real files are read where the environment names a folder with some.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("PLUMBLINE_SAMPLES"), "ciso-assistant", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := Import(file, data); err != nil && !strings.Contains(err.Error(), "the library has no framework") {
			t.Errorf("%s: %v", file, err)
		}
	}
}
