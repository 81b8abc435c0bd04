package walk_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// tailored starts an assessment whose first practice is out of scope, and whose only tradeoff is active by the second. The
// risk of the first question follows rules.
func tailored(t *testing.T, a *webtest.App) (id string, principle *assessment.Principle) {
	t.Helper()
	parsed := func(text string) assessment.Expression {
		when, err := assessment.ParseExpression(text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	sha256 := a.SaveVersion("9.0.0", func(q *assessment.Questionnaire) {
		q.Facets = []assessment.Facet{{ID: "mends", Title: "Does it mend itself?"}}
		for practice := range q.Practices() {
			practice.AppliesWhen = assessment.Expression{}
		}
		question := &q.Pillars[0].Principles[0].Questions[0]
		question.Practices[0].AppliesWhen = parsed("@mends")
		question.RiskRules = []assessment.RiskRule{
			{When: parsed(question.Practices[0].ID + " && " + question.Practices[1].ID), Risk: assessment.None},
			{When: parsed("default"), Risk: assessment.High},
		}
		q.Tradeoffs = q.Tradeoffs[:1]
		q.Tradeoffs[0].Signals = []assessment.Signal{{When: parsed(question.Practices[1].ID), Says: "It pulls."}}
	})
	started, err := a.Store.CreateWorkload(context.Background(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, sha256,
		nil)
	if err != nil {
		t.Fatal(err)
	}
	after, err := a.Store.SetFacets(context.Background(), a.Actor(), started.ID, 1, assessment.Facets{"mends": false})
	if err != nil {
		t.Fatal(err)
	}
	return started.ID, &after.Model.Questionnaire().Pillars[0].Principles[0]
}

// TestNumbersAreThoseOfThePage names practices as the page counts them, which leaves out what is out of scope.
func TestNumbersAreThoseOfThePage(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id, principle := tailored(t, a)
	practices := principle.Questions[0].Practices
	shown := b.Get(templates.PrincipleURL(id, principle.ID))
	if text := webtest.TextOf(shown.Page.Find("#picture")); !strings.Contains(text, "None if “"+practices[0].Title+"” and 1 are both present") {
		t.Errorf("the rules are %q", text)
	}
	form := walkForm(shown, map[string]string{"status." + practices[1].ID: "adopted"})
	got := b.Live(templates.AnswerURL(id, practices[1].ID), form)
	if text := webtest.TextOf(got.Page.Find("#picture .live")); got.Status != http.StatusOK || !strings.Contains(text, "made active by answer 1") {
		t.Errorf("status %d, the news is %q", got.Status, text)
	}
	out := b.Live(templates.AnswerURL(id, practices[0].ID), walkForm(shown, map[string]string{"version." + practices[0].ID: "0", "status." + practices[0].ID: "adopted"}))
	if say := webtest.TextOf(out.Page.Find("#say")); !strings.HasPrefix(say, "Answer 1 saved.") {
		t.Errorf("an answer to a practice that left the page: status %d, %q", out.Status, say)
	}
}
