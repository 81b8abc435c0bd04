package overview_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func TestFindings(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.Reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	a.Answered(id, 120, every, assessment.Unanswered, "")
	practice := a.Practices(id)[0]
	note := assessment.SaveAnswer{Practice: practice.ID, Version: 1, Answer: assessment.Answer{Status: assessment.Absent, Note: "<b>seen</b> " + strings.Repeat("long ", 200)}}
	current, err := a.Store.SaveAnswer(t.Context(), a.Actor(), id, note)
	if err != nil {
		t.Fatal(err)
	}
	counts := current.Result.Severities()
	b := a.SignedIn()
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
			page := b.Get(address + tt.query).Page
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
	page := b.Get(address).Page
	if quote := webtest.TextOf(page.Find(".quote").First()); !strings.HasPrefix(quote, "<b>seen</b> long") || !strings.HasSuffix(quote, "…") {
		t.Errorf("the note is %q", quote)
	}
	if n := page.Find("#unknown-h").Parent().Parent().Find("li a").Length(); n == 0 {
		t.Error("what is not answered has no links")
	}
}

func TestFindingsRefusesUnknownFilters(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.Reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	b := a.SignedIn()
	for _, query := range []string{"pillar=fun", "severity=none", "severity=HIGH", "pillar=%3Cb%3E", "pillar=%00%FF", "severity=" + strings.Repeat("x", 10_000)} {
		got := b.Get("/assessments/" + id + "/findings?" + query)
		if got.Status != http.StatusUnprocessableEntity || !strings.Contains(webtest.TextOf(got.Page.Find(".errors")), "There is no ") {
			t.Errorf("%.30s: status %d, %q", query, got.Status, webtest.TextOf(got.Page.Find(".errors")))
		}
		if got.Page.Find("table.findings tbody tr").Length() == 0 {
			t.Errorf("%.30s: no findings are shown", query)
		}
	}
}

func TestFindingsEmpty(t *testing.T) {
	a := webtest.NewApp(t)
	fresh := a.NewAssessment("Fresh").ID
	good := a.Reviewed(assessment.Workload{Name: "Good"}, 100, assessment.Adopted).ID
	poor := a.NewAssessment("Poor").ID
	a.Answered(poor, 0, 1, assessment.Absent, "")
	b := a.SignedIn()
	tests := []struct{ path, want string }{
		{fresh + "/findings", "No findings yet."},
		{good + "/findings", "No findings among"},
		{poor + "/findings?pillar=cost", "No matching findings."},
	}
	for _, tt := range tests {
		if text := webtest.TextOf(b.Get("/assessments/" + tt.path).Page.Find("main")); !strings.Contains(text, tt.want) {
			t.Errorf("%s: the page does not say %q", tt.path, tt.want)
		}
	}
}
