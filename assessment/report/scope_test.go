package report

import (
	"strings"
	"testing"

	"plumbline/assessment"
)

// tailored is the fixture with a question about the workload, on which its first two practices rest.
func tailored(t *testing.T) *assessment.Questionnaire {
	t.Helper()
	q := fixture()
	when, err := assessment.ParseExpression("@mends")
	if err != nil {
		t.Fatal(err)
	}
	q.Facets = []assessment.Facet{{ID: "mends", Title: "Does it mend itself?"}, {ID: "sings", Title: "Does it sing?"}}
	for i := range 2 {
		q.Pillars[0].Principles[0].Questions[0].Practices[i].AppliesWhen = when
	}
	return q
}

// scoped is a snapshot with what is said about the workload, and a plan for the first practice.
func scoped(t *testing.T, q *assessment.Questionnaire, f assessment.Facets) Named {
	t.Helper()
	s := snap(t, q, "Design review", taken, mixed)
	s.Facets = f
	s.Plan = []assessment.PlanItem{{Practice: q.Pillars[0].Principles[0].Questions[0].Practices[0].ID, Due: "2026-01-01", Owner: "Mei"}}
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	s.Result = m.Evaluate(s.Answers, s.Priorities, f)
	return s
}

func TestReportSaysWhatIsOutOfScope(t *testing.T) {
	q := tailored(t)
	out := q.Pillars[0].Principles[0].Questions[0].Practices[:2]
	s := scoped(t, q, assessment.Facets{"mends": false})
	text := string(write(t, Markdown, s))
	section, _, _ := strings.Cut(text[strings.Index(text, "## Scope"):], "## Findings")
	for _, want := range []string{"133 of 135 practices in scope.", "- Does it mend itself? No\n  - Out of scope: " + escape(out[0].Title), escape(out[1].Title), "- Does it sing? Not sure"} {
		if !strings.Contains(section, want) {
			t.Errorf("Markdown does not say %q in\n%s", want, section)
		}
	}
	head, rows := readCSV(t, write(t, CSV, s))
	for i, row := range rows[:3] {
		status, reason := row[head["status"]], row[head["reason"]]
		if isOut := status == "out_of_scope" && reason == "Does it mend itself? No"; isOut != (i < 2) || i < 2 && row[head["severity"]]+row[head["rank"]] != "" {
			t.Errorf("row %d of the CSV is %v", i, row)
		}
	}
	pages := strings.Join(strings.Fields(readPDF(t, write(t, PDF, s)).text()), "")
	for _, want := range []string{"133 of 135 practices in scope.", "Does it mend itself? Out of scope: " + out[0].ID + " " + strings.TrimSuffix(out[0].Title, ".") + "; " + out[1].ID, "1 practice, 1 out of scope", "Does it sing?"} {
		if !strings.Contains(pages, strings.Join(strings.Fields(want), "")) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
}

// TestPlanOfAnAdoptedWorkload draws what is planned also where nothing is left to do.
func TestPlanOfAnAdoptedWorkload(t *testing.T) {
	q := tailored(t)
	s := scoped(t, q, nil)
	for id := range s.Answers {
		s.Answers[id] = assessment.Answer{Status: assessment.Adopted}
	}
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	for practice := range q.Practices() {
		s.Answers[practice.ID] = assessment.Answer{Status: assessment.Adopted}
	}
	s.Result = m.Evaluate(s.Answers, s.Priorities, nil)
	pages := strings.Join(strings.Fields(readPDF(t, write(t, PDF, s)).text()), "")
	for _, want := range []string{"Mei1 Jan 2026Done", "All applicable practices are adopted. There is nothing left to plan."} {
		if !strings.Contains(pages, strings.Join(strings.Fields(want), "")) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
}

func TestComparisonSaysHowScopesDiffer(t *testing.T) {
	q := tailored(t)
	before, after := scoped(t, q, assessment.Facets{"mends": true}), scoped(t, q, assessment.Facets{"mends": false})
	title := q.Pillars[0].Principles[0].Questions[0].Practices[0].Title
	text := string(writeChange(t, Markdown, before, after))
	for _, want := range []string{"## Scope", "Before: 135 of 135 practices in scope. After: 133 of 135 practices in scope.", "| Does it mend itself? | Yes | No | 2 | ",
		escape(title + " (Out of scope: Does it mend itself? No)")} {
		if !strings.Contains(text, want) {
			t.Errorf("Markdown does not say %q", want)
		}
	}
	head, rows := readCSV(t, writeChange(t, CSV, before, after))
	kinds := map[string]string{}
	for _, row := range rows {
		kinds[row[head["kind"]]] += row[head["before"]] + " to " + row[head["after"]] + ";"
	}
	if kinds["facet"] != "true to false;" || strings.Count(kinds["applies"], "to out_of_scope;") != 2 {
		t.Errorf("the CSV has the facets %q and applies %q", kinds["facet"], kinds["applies"])
	}
	pages := strings.Join(strings.Fields(readPDF(t, writeChange(t, PDF, before, after)).text()), "")
	for _, want := range []string{"After: 133 of 135 practices in scope.", "Does it mend itself?YesNo2"} {
		if !strings.Contains(pages, strings.Join(strings.Fields(want), "")) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
	same := string(writeChange(t, Markdown, before, before))
	if !strings.Contains(same, "The scope is the same on both sides.") || !strings.Contains(same, "Both sides are the same.") {
		t.Error("Markdown does not say that nothing differs")
	}
}
