package web_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestFindings(t *testing.T) {
	a := newApp(t)
	id := a.reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	a.answered(id, 120, every, assessment.Unanswered, "")
	practice := a.practices(id)[0]
	note := assessment.SaveAnswer{Practice: practice.ID, Version: 1, Answer: assessment.Answer{Status: assessment.Absent, Note: "<b>seen</b> " + strings.Repeat("long ", 200)}}
	current, err := a.store.SaveAnswer(t.Context(), a.actor(), id, note)
	if err != nil {
		t.Fatal(err)
	}
	counts := current.Result.Severities()
	b := a.signedIn()
	address := "/assessments/" + id + "/findings"
	pillar := current.Result.Pillars[0]
	tests := []struct {
		query string
		want  assessment.Counts
	}{
		{"", counts},
		{"?severity=high", assessment.Counts{High: counts.High}},
		{"?severity=low", assessment.Counts{Low: counts.Low}},
		{"?pillar=" + pillar.ID, pillar.Findings},
		{"?severity=medium&pillar=" + pillar.ID, assessment.Counts{Medium: pillar.Findings.Medium}},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			page := b.get(address + tt.query).page
			var got assessment.Counts
			for _, level := range []assessment.Level{assessment.High, assessment.Medium, assessment.Low} {
				section := page.Find("#severity-" + string(level)).Parent().Parent()
				for range section.Find("tbody tr").Length() {
					got.Add(level)
				}
			}
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	page := b.get(address).page
	if quote := textOf(page.Find(".quote").First()); !strings.HasPrefix(quote, "<b>seen</b> long") || !strings.HasSuffix(quote, "…") {
		t.Errorf("the note is %q", quote)
	}
	if n := page.Find("#unknown-h").Parent().Parent().Find("li a").Length(); n == 0 {
		t.Error("what is not answered has no links")
	}
}

func TestFindingsRefusesUnknownFilters(t *testing.T) {
	a := newApp(t)
	id := a.reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	b := a.signedIn()
	for _, query := range []string{"pillar=fun", "severity=none", "severity=HIGH", "pillar=%3Cb%3E", "pillar=%00%FF", "severity=" + strings.Repeat("x", 10_000)} {
		got := b.get("/assessments/" + id + "/findings?" + query)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(textOf(got.page.Find(".errors")), "There is no ") {
			t.Errorf("%.30s: status %d, %q", query, got.status, textOf(got.page.Find(".errors")))
		}
		if got.page.Find("table.findings tbody tr").Length() == 0 {
			t.Errorf("%.30s: no findings are shown", query)
		}
	}
}

func TestFindingsEmpty(t *testing.T) {
	a := newApp(t)
	fresh := a.newAssessment("Fresh").ID
	good := a.reviewed(assessment.Workload{Name: "Good"}, 100, assessment.Adopted).ID
	poor := a.newAssessment("Poor").ID
	a.answered(poor, 0, 1, assessment.Absent, "")
	b := a.signedIn()
	tests := []struct{ path, want string }{
		{fresh + "/findings", "Nothing is answered yet."},
		{good + "/findings", "No practice is missing"},
		{poor + "/findings?pillar=cost", "No finding fits."},
	}
	for _, tt := range tests {
		if text := textOf(b.get("/assessments/" + tt.path).page.Find("main")); !strings.Contains(text, tt.want) {
			t.Errorf("%s: the page does not say %q", tt.path, tt.want)
		}
	}
}
