package overview_test

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestOverviewSaysTheScope also holds that findings say what is out of scope, and why.
func TestOverviewSaysTheScope(t *testing.T) {
	a := webtest.NewApp(t)
	id, b := a.NewAssessment("Claims").ID, a.SignedIn()
	a.Answer(id, "perf-04.p4", assessment.Absent)
	a.Answer(id, "rel-01.p1", assessment.Absent)
	says := func(path, want string, not string) {
		t.Helper()
		text := webtest.TextOf(b.Get(path).Page.Find("main"))
		if !strings.Contains(text, want) || not != "" && strings.Contains(text, not) {
			t.Errorf("%s says %q, want %q and not %q", path, text, want, not)
		}
	}
	const retraining = "Declining metrics trigger retraining automatically."
	says(templates.AssessmentURL(id), "Scope: not set, all 147 practices apply", "")
	says(templates.FindingsURL(id), retraining, "out of scope")
	if _, err := a.Store.SetFacets(t.Context(), a.Actor(), id, a.State(id).State.FacetsVersion, assessment.Facets{"trains": false}); err != nil {
		t.Fatal(err)
	}
	says(templates.AssessmentURL(id), "Scope: 139 of 147 practices", retraining)
	says(templates.FindingsURL(id), "8 practices are out of scopeDo you train or fine-tune models? No: 8", "")
	groups := webtest.TextOf(b.Get(templates.FindingsURL(id)).Page.Find("table.findings"))
	if strings.Contains(groups, retraining) || !strings.Contains(groups, "A written list names every critical component") {
		t.Errorf("findings are %q", groups)
	}
}
