package report

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

func TestPriorityZeroIsReportedApart(t *testing.T) {
	q := fixture()
	s := snap(t, q, "Without security", taken, mixed)
	s.Priorities = assessment.Priorities{"p1": 0}
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	s.Result = m.Evaluate(s.Answers, s.Priorities, nil)
	counted, apart := s.Result.Split(s.Priorities)
	row := func(name string, sum assessment.Sum) string {
		c := sum.Findings
		return "| " + strings.Join([]string{name, words.Range(sum.Range), words.Band(q.Bands, sum.Score), words.Of(sum.Answered, sum.Applicable),
			words.Count(c.High), words.Count(c.Medium), words.Count(c.Low)}, " | ") + " |"
	}
	verdict := words.Of(counted.Answered, counted.Applicable) + " applicable practices are answered, plus " + story.ApartAnswered(apart) +
		". There are " + words.Plural(counted.Findings.Total(), "finding", "findings") + ", " + words.Count(counted.Findings.High) + " of them high"
	text := string(write(t, Markdown, s))
	for _, want := range []string{row("**Overall**", counted), row(story.LeftOut, apart), verdict, "### " + story.LeftOut, story.LeftOutNote} {
		if !strings.Contains(text, want) {
			t.Errorf("Markdown does not say %q", want)
		}
	}
	listed, _, _ := strings.Cut(text[strings.Index(text, "## Findings"):], "###")
	if n := strings.Count(listed, "\n| ") - 2; n != counted.Findings.Total() {
		t.Errorf("%d findings are listed among those that count, want %d", n, counted.Findings.Total())
	}
	pages := strings.Join(strings.Fields(readPDF(t, write(t, PDF, s)).text()), "")
	for _, want := range []string{verdict, story.AllPillars, story.LeftOut, words.Of(apart.Answered, apart.Applicable), story.ApartUnknown(apart)} {
		if !strings.Contains(pages, strings.Join(strings.Fields(want), "")) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
}

// TestEveryPriorityZero has a score in no pillar that counts: the reports say that it is for the priorities, not for
// want of practices.
func TestEveryPriorityZero(t *testing.T) {
	s := snap(t, fixture(), "Nothing counts", taken, mixed)
	s.Priorities = assessment.Priorities{}
	for _, pillar := range s.Questionnaire.Pillars {
		s.Priorities[pillar.ID] = 0
	}
	m, err := assessment.Compile(s.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	s.Result = m.Evaluate(s.Answers, s.Priorities, nil)
	for format, text := range map[string]string{"Markdown": string(write(t, Markdown, s)), "PDF": readPDF(t, write(t, PDF, s)).text()} {
		text = strings.Join(strings.Fields(text), " ")
		if !strings.Contains(text, "has no score: every pillar with applicable practices has priority 0") || strings.Contains(text, "practice is applicable") {
			t.Errorf("%s says\n%s", format, text[:min(len(text), 1500)])
		}
	}
}
