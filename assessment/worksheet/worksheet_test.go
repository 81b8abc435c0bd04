package worksheet_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/worksheet"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// garden is a questionnaire of two pillars, four practices and a tradeoff between them.
func garden(t testing.TB) *assessment.Model {
	t.Helper()
	practice := func(id, title string, risk assessment.Level) assessment.Practice {
		return assessment.Practice{ID: id, Title: title, Risk: risk, Weight: 1, Effort: assessment.EffortS}
	}
	first := practice("soil-1.p1", "Soil is tested", assessment.High)
	first.Help, first.Aka = "A laboratory measures acidity.", []string{"pH"}
	second := practice("soil-1.p2", "Compost is turned", assessment.Low)
	third := practice("water-1.p1", "Rain is collected", assessment.High)
	third.Advice = "Put a barrel under the gutter."
	last := practice("water-1.p2", "Leaks are found", assessment.Medium)
	part := func(id, title string, practices ...assessment.Practice) assessment.Pillar {
		return assessment.Pillar{ID: id, Title: title, Principles: []assessment.Principle{{ID: id + "-1", Title: title, Weight: 1,
			Questions: []assessment.Question{{ID: id + "-1.q1", Title: title + "?", Weight: 1, Practices: practices}}}}}
	}
	when, err := assessment.ParseExpression("soil-1.p1")
	if err != nil {
		t.Fatal(err)
	}
	m, err := assessment.Compile(&assessment.Questionnaire{ID: "garden", Version: "1.0.0", Title: "Garden", Bands: []assessment.Band{{ID: "critical", Title: "Critical"}, {ID: "moderate", Title: "Moderate", From: 33}, {ID: "excellent", Title: "Excellent", From: 67}},
		Pillars: []assessment.Pillar{part("soil", "Soil", first, second), part("water", "Water", third, last)},
		Tradeoffs: []assessment.Tradeoff{{ID: "t1", Title: "Soil vs. water", Sides: [2]assessment.Side{{Label: "Soil", Pillars: []string{"soil"}, Practices: []string{"soil-1.p1"}}, {Label: "Water", Pillars: []string{"water"}, Practices: []string{"soil-1.p1"}}},
			Signals: []assessment.Signal{{When: when, Says: "Tests cost water."}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func current(t testing.TB, answers ...assessment.SavedAnswer) *assessment.Current {
	m := garden(t)
	saved := assessment.SavedAnswers{}
	for i := range answers {
		saved[answers[i].Practice] = &answers[i]
	}
	state := assessment.State{Answers: saved}
	return &assessment.Current{State: state, Model: m, Result: m.ScoreState(&state)}
}

func said(practice string, status assessment.Status, by string, at time.Time) assessment.SavedAnswer {
	return assessment.SavedAnswer{Answer: assessment.Answer{Status: status}, Practice: practice, Version: 1, By: by, At: at}
}

// chosen are the ids of the rows that a query takes.
func chosen(t testing.TB, c *assessment.Current, since worksheet.Since, query string) []string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	rows := worksheet.Rows(c, since)
	var ids []string
	for i, taken := range worksheet.Read(c.Model, values).Chosen(c.Model, rows, worksheet.TextsOf(c.Model)) {
		if taken {
			ids = append(ids, rows[i].Practice.ID)
		}
	}
	return ids
}

func TestFilter(t *testing.T) {
	noted := said("soil-1.p2", assessment.Partial, "Mei", noon)
	noted.Note, noted.Evidence = "Heap behind the shed", []assessment.Link{{Title: "Picture", URL: "https://example.com/heap"}}
	c := current(t, said("soil-1.p1", assessment.Adopted, "Ines", noon.Add(-time.Hour)), noted)
	since := worksheet.Since{Person: "Ines", Snapshot: noon.Add(-time.Minute)}
	all := []string{"soil-1.p1", "soil-1.p2", "water-1.p1", "water-1.p2"}
	tests := map[string][]string{
		"":                              all,
		"status=nonsense&pillar=none":   all,
		"status=unanswered":             all[2:],
		"status=adopted&status=partial": all[:2],
		"risk=high":                     {all[0], all[2]},
		"risk=high&status=unanswered":   {all[2]},
		"pillar=water":                  all[2:],
		"tradeoff=t1":                   all[:1],
		"has=note":                      {all[1]},
		"has=no_evidence":               {all[0], all[2], all[3]},
		"has=changed":                   {all[1]},
		"has=mine":                      {all[0]},
		"has=mine&has=note":             nil,
		"q=PH":                          {all[0]},
		"q=acidity":                     {all[0]},
		"q=gutter+barrel":               {all[2]},
		"q=shed":                        {all[1]},
		"q=example.com":                 {all[1]},
		"q=water-1.p2":                  {all[3]},
		"q=1.2":                         {all[1], all[3]},
		"q=nothing+like+it":             nil,
	}
	for query, want := range tests {
		if got := chosen(t, c, since, query); !slices.Equal(got, want) {
			t.Errorf("%q takes %v, want %v", query, got, want)
		}
	}
	if got := chosen(t, c, worksheet.Since{}, "has=changed"); got != nil {
		t.Errorf("without a snapshot %v have changed", got)
	}
}

// TestFilterLaws: what an address says is read as it was meant, and each choice more of a kind takes no fewer rows.
func TestFilterLaws(t *testing.T) {
	c := current(t, said("soil-1.p1", assessment.Adopted, "Ines", noon))
	rows, texts := worksheet.Rows(c, worksheet.Since{Person: "Ines"}), worksheet.TextsOf(c.Model)
	rapid.Check(t, func(t *rapid.T) {
		f := worksheet.Filter{
			Search:   rapid.SampledFrom([]string{"", "soil", "rain"}).Draw(t, "search"),
			Statuses: subset(t, "statuses", worksheet.Statuses),
			Risks:    subset(t, "risks", worksheet.Risks),
			Pillars:  subset(t, "pillars", []string{"soil", "water"}),
			Traits:   subset(t, "traits", worksheet.Traits),
		}
		again := worksheet.Read(c.Model, f.Query())
		before := f.Chosen(c.Model, rows, texts)
		if !slices.Equal(again.Chosen(c.Model, rows, texts), before) {
			t.Fatalf("%+v is read as %+v", f, again)
		}
		if len(f.Statuses) == 0 {
			return
		}
		f.Statuses = worksheet.Statuses
		for i, taken := range f.Chosen(c.Model, rows, texts) {
			if before[i] && !taken {
				t.Fatalf("row %d goes when more is asked for", i)
			}
		}
	})
}

func subset[T any](t *rapid.T, label string, all []T) (some []T) {
	for i, one := range all {
		if rapid.Bool().Draw(t, label+string(rune('a'+i))) {
			some = append(some, one)
		}
	}
	return some
}

func TestCount(t *testing.T) {
	counts := worksheet.Count(worksheet.Rows(current(t, said("soil-1.p1", assessment.Adopted, "Ines", noon)), worksheet.Since{Person: "Ines"}))
	if counts.Statuses[assessment.Unanswered] != 3 || counts.Statuses[assessment.Adopted] != 1 || counts.Risks[assessment.High] != 2 ||
		counts.Pillars["soil"] != 2 || counts.Traits[worksheet.Mine] != 1 || counts.Traits[worksheet.NoEvidence] != 4 {
		t.Errorf("%+v", counts)
	}
}
