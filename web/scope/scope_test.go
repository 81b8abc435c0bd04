package scope_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

const facet = "facet.mends"

// tailored starts an assessment with one question about the workload, on which the first two practices rest.
func tailored(t *testing.T, a *webtest.App) assessment.Assessment {
	t.Helper()
	when, err := assessment.ParseExpression("@mends")
	if err != nil {
		t.Fatal(err)
	}
	sha256 := a.SaveVersion("9.0.0", func(q *assessment.Questionnaire) {
		q.Facets = []assessment.Facet{{ID: "mends", Title: "Does it mend itself?", Help: "Restarts count."}}
		for practice := range q.Practices() {
			practice.AppliesWhen = assessment.Expression{}
		}
		for i := range 2 {
			q.Pillars[0].Principles[0].Questions[0].Practices[i].AppliesWhen = when
		}
		q.Tradeoffs = nil
	})
	workload := assessment.Workload{Team: a.Team(), Name: "Claims"}
	started, err := a.Store.CreateWorkload(context.Background(), a.Actor(), workload, sha256, nil)
	if err != nil {
		t.Fatal(err)
	}
	return started
}

func practicesOf(a *webtest.App, id string) []assessment.Practice {
	return a.State(id).Model.Questionnaire().Pillars[0].Principles[0].Questions[0].Practices
}

func TestScope(t *testing.T) {
	a := webtest.NewApp(t)
	id := tailored(t, a).ID
	practices := practicesOf(a, id)
	a.Answer(id, practices[0].ID, assessment.Adopted)
	b := a.SignedIn()
	address := templates.ScopeURL(id)
	shown := b.Get(address)
	if text := webtest.TextOf(shown.Page.Find("main")); !strings.Contains(text, "Does it mend itself?") || !strings.Contains(text, "Restarts count.") {
		t.Errorf("the page says %q", text)
	}
	preview := b.Get(address + "?" + facet + "=no")
	if text := webtest.TextOf(preview.Page.Find("#remain")); !strings.Contains(text, "2 practices are out of scope") || !strings.Contains(text, practices[1].Title) ||
		!strings.Contains(text, "Does it mend itself? No") {
		t.Errorf("a preview says %q", text)
	}
	if len(a.State(id).Result.OutOfScope) != 0 {
		t.Error("a preview changed the scope")
	}
	form := webtest.FormValues(t, shown, "#scope")
	form.Set(facet, "no")
	got := b.Post(address, form)
	if got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	after := a.State(id)
	if len(after.Result.OutOfScope) != 2 || after.State.Answer(practices[0].ID).Status != assessment.Adopted {
		t.Errorf("out of scope %v", after.Result.OutOfScope)
	}
	overview := webtest.TextOf(b.Get(templates.AssessmentURL(id)).Page.Find("body"))
	if !strings.Contains(overview, "Scope saved") || !strings.Contains(overview, "Scope: ") {
		t.Errorf("the overview says %q", overview)
	}
	walk := b.Get(templates.PrincipleURL(id, after.Model.Questionnaire().Pillars[0].Principles[0].ID))
	if n := walk.Page.Find("form .practice").Length(); n != len(practices)-2 {
		t.Errorf("%d practices are asked, want %d", n, len(practices)-2)
	}
	if text := webtest.TextOf(walk.Page.Find("main")); !strings.Contains(text, "2 practices are out of scope") {
		t.Errorf("the walk says %q", text)
	}
}

// Each answer says how many practices it leaves out, or how many that rest on it are still asked.
func TestScopeEffects(t *testing.T) {
	a := webtest.NewApp(t)
	sha256 := a.SaveVersion("9.1.0", func(q *assessment.Questionnaire) {
		q.Facets = []assessment.Facet{{ID: "trains", Title: "Does it train?"}, {ID: "online", Title: "Does it keep training?"}, {ID: "speaks", Title: "Does it speak?"},
			{ID: "rests", Title: "Does it rest?"}}
		practices := q.Pillars[0].Principles[0].Questions[0].Practices
		for practice := range q.Practices() {
			practice.AppliesWhen = assessment.Expression{}
		}
		for i, when := range []string{"@trains && @online", "@speaks"} {
			var err error
			if practices[i].AppliesWhen, err = assessment.ParseExpression(when); err != nil {
				t.Fatal(err)
			}
		}
		q.Tradeoffs = nil
	})
	started, err := a.Store.CreateWorkload(t.Context(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, sha256, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.Answer(started.ID, practicesOf(a, started.ID)[1].ID, assessment.Adopted)
	b := a.SignedIn()
	for query, want := range map[string][4]string{
		"":                               {"1 stays in", "1 stays in", "1 stays in", ""},
		"facet.speaks=yes":               {"1 stays in", "1 stays in", "1 applies", ""},
		"facet.trains=no&facet.rests=no": {"−1 practice", "already out", "1 stays in", ""},
		"facet.trains=no&facet.online=no&facet.speaks=no": {"already out", "already out", "−1 practice", ""},
	} {
		got := b.Get(templates.ScopeURL(started.ID) + "?" + query)
		for i, effect := range want {
			if text := webtest.TextOf(got.Page.Find("#effect-" + strconv.Itoa(i+1))); text != effect {
				t.Errorf("%q: question %d says %q, want %q", query, i+1, text, effect)
			}
		}
	}
	if text := webtest.TextOf(b.Get(templates.ScopeURL(started.ID) + "?facet.speaks=no").Page.Find("#remain")); !strings.Contains(text, "Overall score: ") || !strings.Contains(text, "1 practice is out of scope") {
		t.Errorf("a preview says %q", text)
	}
}

func TestScopeRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	id := tailored(t, a).ID
	b := a.SignedIn()
	address := templates.ScopeURL(id)
	form := webtest.FormValues(t, b.Get(address), "#scope")
	form.Set(facet, "perhaps")
	if got := b.Post(address, form); got.Status != http.StatusUnprocessableEntity || got.Page.Find("#facet\\.mends .err").Length() != 1 {
		t.Errorf("another word: status %d", got.Status)
	}
	form.Set(facet, "no")
	if _, err := a.Store.SetFacets(context.Background(), a.Actor(), id, 1, assessment.Facets{"mends": true}); err != nil {
		t.Fatal(err)
	}
	got := b.Post(address, form)
	if got.Status != http.StatusConflict || got.Page.Find(`input[value="no"][checked]`).Length() != 1 {
		t.Errorf("after somebody else: status %d", got.Status)
	}
	if text := webtest.TextOf(got.Page.Find("main")); !strings.Contains(text, "Yes") {
		t.Errorf("the page says %q", text)
	}
	again := webtest.FormValues(t, got, "#scope")
	if got := b.Post(address, again); got.Status != http.StatusSeeOther || len(a.State(id).Result.OutOfScope) != 2 {
		t.Errorf("saved over it: status %d, %v", got.Status, a.State(id).Result.OutOfScope)
	}
	form.Del("version")
	if got := b.Post(address, form); got.Status != http.StatusPreconditionRequired {
		t.Errorf("without a version: status %d", got.Status)
	}
	viewer := a.SignedInWith(access.Viewer)
	if got := viewer.Get(address); got.Status != http.StatusOK || got.Page.Find("fieldset[disabled]").Length() == 0 {
		t.Errorf("a viewer: status %d", got.Status)
	}
	if got := viewer.Post(address, again); got.Status != http.StatusForbidden {
		t.Errorf("a viewer who saves: status %d", got.Status)
	}
}

func TestWithoutFacets(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	got := a.SignedIn().Get(templates.ScopeURL(id))
	if got.Status != http.StatusOK || !strings.Contains(webtest.TextOf(got.Page.Find("main")), "every practice applies") {
		t.Errorf("status %d", got.Status)
	}
}
