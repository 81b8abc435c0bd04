package azurechecklist

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func imported(t testing.TB, data []byte) (*assessment.Questionnaire, content.Losses) {
	t.Helper()
	q, losses, err := Import("c.json", data)
	if err != nil {
		t.Fatal(err)
	}
	return q, losses
}

// outline returns the levels of a questionnaire, one a line.
func outline(q *assessment.Questionnaire) string {
	var b strings.Builder
	for _, pillar := range q.Pillars {
		b.WriteString(pillar.ID + " " + pillar.Title + "\n")
		for _, principle := range pillar.Principles {
			b.WriteString("  " + principle.ID + " " + principle.Title + "\n")
			for _, question := range principle.Questions {
				b.WriteString("    " + question.ID + " " + question.Title + "\n")
				for _, p := range question.Practices {
					b.WriteString("      " + p.ID + " " + string(p.Risk) + " " + p.Title + "\n")
				}
			}
		}
	}
	return b.String()
}

func TestImport(t *testing.T) {
	q, losses := imported(t, fixture(t, "usual.json"))
	if q.ID != "house-review" || q.Version != "1.0.0" || q.Summary != "State: Preview\nLast changed: October 24, 2024\nPillars: all" {
		t.Errorf("head: %+v", q)
	}
	const levels = `reliability Reliability
  reliability.windows Windows
    reliability.windows.windows Windows
      11111111-2222-3333-4444-555555555555-2 medium Windows are closed at night.
security Security
  security.doors Doors
    security.doors.locks Locks
      11111111-2222-3333-4444-555555555555 high Every door has a lock. Check it.
feng-shui Feng Shui
  feng-shui.cellar Cellar
    feng-shui.cellar.cellar Cellar
      99999999-2222-3333-4444-55555555555-8g medium Der Keller ist trocken.
other Other
  other.doors Doors
    other.doors.doors Doors
      A01.04 low Untitled item A01.04
`
	if got := outline(q); got != levels {
		t.Errorf("got:\n%s\nwant:\n%s", got, levels)
	}
	lock := q.Pillars[1].Principles[0].Questions[0].Practices[0]
	want := assessment.Practice{ID: lock.ID, Title: lock.Title, Risk: assessment.High, Weight: 5, Effort: assessment.EffortM,
		Help: "A door without one is a hole.\n\nAzure Resource Graph query:\ndoors\n| where locked == false\n| extend a = '<b>'",
		Links: []assessment.Link{{Title: "Documentation (example.org)", URL: "https://example.org/locks"},
			{Title: "Documentation (example.org)", URL: "https://example.org/keys"}, {Title: "Training (example.org)", URL: "https://example.org/training"}},
		Source: []string{"A01.01", "service:Kitchen", "service:Cellar", "score:security=1"}}
	if !reflect.DeepEqual(lock, want) {
		t.Errorf("got %+v\nwant %+v", lock, want)
	}
	window := q.Pillars[0].Principles[0].Questions[0].Practices[0]
	if window.Help != "Ask the caretaker" || !slices.Equal(window.Source, []string{"A01.01", "guid:11111111-2222-3333-4444-555555555555"}) {
		t.Errorf("window = %+v", window)
	}
	const told = `2:14: $schema: "$schema" is not supported in a questionnaire: left out
7:15: items[0].text: HTML was converted to plain text
15:15: items[0].link: 2 addresses in one text: each becomes a separate link
15:15: items[0].link: the address "https:/example.org/keys" lacks a slash: it is added
19:15: items[0].ammp: "ammp" is not supported in a questionnaire: left out
21:5: items[1]: the item has no severity: its risk is medium
21:5: items[1]: the item has no subcategory: its question is that of its principle (the first of 3)
22:19: items[1].category: "Windows" is not in the file's list of categories: it is kept unchanged
25:14: items[1].waf: "resiliency" is read as the pillar "Reliability"
26:15: items[1].guid: the item on line 4 has the same guid: the ID 11111111-2222-3333-4444-555555555555-2 is used here
27:13: items[1].id: the ID "A01.01" is also that of the item on line 4: both keep it as a reference
29:15: items[1].link: text without an address: kept in the help
31:5: items[2]: the item has no category: its service is used as the principle
35:14: items[2].waf: "Feng Shui" is not a pillar of the framework
37:19: items[2].severity: expected high, medium or low, found "średni": the risk is medium
40:5: items[3]: the item has no text: left out
47:5: items[4]: the item has no text: "Untitled item A01.04" is used
47:5: items[4]: the item has no guid: its ID "A01.04" is used
47:5: items[4]: the item names no pillar: it is in "Other"
53:19: items[4].severity: "低い" is read as the risk low
56:17: categories: categories without an item are left out: Floors
57:10: waf: the list of the values that items use (Security) is left out
58:12: yesno: the checklist's own answer values (Yes, No) are left out: a practice is adopted, partial, absent or not applicable
59:17: severities: the list of the values that items use (High) is left out
60:13: status: the checklist's own answer values (Open) are left out: a practice is adopted, partial, absent or not applicable
a checklist has no semantic version: 1.0.0 is used
checklist items have no effort: it is set to M`
	if got := losses.String(); got != told {
		t.Errorf("losses:\n%s\nwant:\n%s", got, told)
	}
}

func TestImportOtherShapes(t *testing.T) {
	q, losses := imported(t, fixture(t, "shapes.json"))
	practices := q.Pillars[0].Principles[0].Questions[0].Practices
	want := []assessment.Practice{{ID: "a1", Title: "Water the plants", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortM,
		Help:   "They are thirsty.\n\nMore in summer.\n\nAzure Resource Graph query:\nplants | where dry",
		Links:  []assessment.Link{{Title: "On water", URL: "https://example.org/water"}, {Title: "Can", URL: "https://example.org/can"}},
		Source: []string{"service:Plants", "tag:all", "tag:green", "score:simple=-1"}},
		{ID: "a2", Title: "Sow flowers", Risk: assessment.High, Weight: 5, Effort: assessment.EffortM,
			Help: "Bees need flowers.\n\nPotential benefits: Honey.", Links: []assessment.Link{{Title: "On bees", URL: "https://example.org/bees"}},
			Source: []string{"service:Garden/bees", "file:garden/bees.yaml"}}}
	if !reflect.DeepEqual(practices, want) || q.Pillars[0].Title != "Other" {
		t.Errorf("got %+v\nwant %+v", practices, want)
	}
	for _, want := range []string{
		`9:84: items[0].documentation[1]: "No address" has no address: left out`,
		`11:23: items[0].tags[1]: a tag is null: left out`,
		`12:88: items[0].optionalFields.score.odd: expected a number, found the text "much": left out`,
		`23:31: items[1].recommendationImpact: "Medium" differs from "severity": left out`,
		`26:21: items[1].pgVerified: "pgVerified" is not supported in a questionnaire: left out`,
	} {
		if !strings.Contains(losses.String()+"\n", want+"\n") {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}

// Some checklists say the same under two keys. Where they do not say the same, what is not kept is named.
func TestSaidTwice(t *testing.T) {
	tests := []struct{ name, item, want, lost string }{
		{"text and title", `"text": "Lock", "title": "Doors"`, "g Lock [Doors]", "items[0].title: the item has a text and a title: the title is in the help"},
		{"the same", `"text": "Lock", "title": "Lock"`, "g Lock", ""},
		{"a long title", `"text": "Lock", "title": "` + strings.Repeat("a ", 600) + `"`, "g Lock [" + strings.Repeat("a ", 599) + "a]", "items[0].title: the item has a text and a title"},
		{"severities", `"text": "Lock", "severity": "High", "priority": "low"`, "g Lock", `items[0].priority: "low" differs from "severity": left out`},
		{"guids", `"text": "Lock", "aprlGuid": "h"`, "g Lock", `items[0].aprlGuid: "h" differs from "guid": left out`},
		{"titles of a link", `"text": "Lock", "link": "https://a.org", "tools": [{"title": "A", "name": "N", "url": "https://a.org"}, {"title": "B", "url": "https://a.org"}]`,
			"g Lock A=https://a.org", `items[0]: two links to "https://a.org": the title "B" is left out`},
		{"name of a link", `"text": "Lock", "tools": [{"title": "A", "name": "N", "url": "https://a.org"}]`,
			"g Lock A=https://a.org", `items[0].tools[0].name: "N" differs from "title": left out`},
	}
	for _, tt := range tests {
		q, losses := imported(t, []byte(`{"items": [{"guid": "g", "category": "c", `+tt.item+`}]}`))
		p := q.Pillars[0].Principles[0].Questions[0].Practices[0]
		got := p.ID + " " + p.Title
		if p.Help != "" {
			got += " [" + p.Help + "]"
		}
		for _, l := range p.Links {
			got += " " + l.Title + "=" + l.URL
		}
		if got != tt.want || !strings.Contains(losses.String(), tt.lost) || tt.lost == "" && strings.Contains(losses.String(), ".title") {
			t.Errorf("%s: got %q, losses:\n%s", tt.name, got, losses)
		}
	}
}

func TestSaidUnderTheOtherKey(t *testing.T) {
	q, losses := imported(t, []byte(`{"items": [{"text": "Lock", "aprlGuid": "h", "recommendationControl": "Doors"}, {"text": "Bar", "aprlGuid": "h"}]}`))
	if got := outline(q); !strings.Contains(got, "Doors") || !strings.Contains(got, " h medium Lock") || !strings.Contains(got, " h-2 medium Bar") {
		t.Errorf("got:\n%s\nlosses:\n%s", got, losses)
	}
	if want := "items[1].aprlGuid: the item on line 1 has the same guid: the ID h-2 is used here"; !strings.Contains(losses.String(), want) {
		t.Errorf("%s\nis not in\n%s", want, losses)
	}
}

func TestPillars(t *testing.T) {
	for name, want := range map[string]string{
		"Reliability": "Reliability", "reliability": "Reliability", "Resiliency": "Reliability", "確実": "Reliability", "Resiliência": "Reliability",
		"SECURITY": "Security", "안전": "Security", "安全": "Security", "Cost": "Cost Optimization", "cost optimization": "Cost Optimization",
		"Custar": "Cost Optimization", "成本": "Cost Optimization", "Operations": "Operational Excellence", "운영 우수성": "Operational Excellence",
		"Operational Excellence": "Operational Excellence", "performance": "Performance Efficiency", "Desempenho": "Performance Efficiency",
		"Governance": "Governance", "|": "|", "": "Other",
	} {
		q, _ := imported(t, []byte(`{"items": [{"text": "t", "guid": "g", "waf": "`+name+`"}]}`))
		if got := q.Pillars[0].Title; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestTooManyPillars(t *testing.T) {
	var items []string
	for _, c := range "abcdefghijklmnopqrstuvwxyz" {
		items = append(items, `{"text": "t", "waf": "`+string(c)+`"}`)
	}
	items = append(items, `{"text": "t", "waf": "Security"}`)
	q, losses := imported(t, []byte(`{"items": [`+strings.Join(items, ",\n")+`]}`))
	if len(q.Pillars) > foreign.MaxPillars || q.Pillars[0].Title != "Security" || q.Pillars[len(q.Pillars)-1].Title != "Other" {
		t.Errorf("pillars:\n%s", outline(q))
	}
	if want := `15:22: items[14].waf: a questionnaire can have at most 20 pillars: "o" is in "Other"`; !strings.Contains(losses.String(), want) {
		t.Errorf("%s\nis not in\n%s", want, losses)
	}
}

func TestLongText(t *testing.T) {
	long := strings.Repeat("word ", 300) + "end"
	q, losses := imported(t, []byte(`{"items": [{"text": "`+long+`", "guid": "g"}]}`))
	p := q.Pillars[0].Principles[0].Questions[0].Practices[0]
	if len([]rune(p.Title)) > 1_000 || !strings.HasSuffix(p.Title, "…") || p.Help != long || !strings.Contains(losses.String(), "all of it is in the help") {
		t.Errorf("title %q, help %q, losses %s", p.Title, p.Help, losses)
	}
}

func TestWindowsFiles(t *testing.T) {
	data := fixture(t, "usual.json")
	want, _ := imported(t, data)
	for name, other := range map[string][]byte{
		"CRLF": bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")),
		"BOM":  append([]byte("\ufeff"), data...),
	} {
		if got, _ := imported(t, other); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another questionnaire", name)
		}
	}
}

// Real files are read where the environment names a folder with some.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("PLUMBLINE_SAMPLES"), "azure-checklist", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if q, _, err := Import(file, data); err != nil || len(q.Pillars) < 5 {
			t.Errorf("%s: %v", file, err)
		}
	}
}
