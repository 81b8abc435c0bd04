package plan_test

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestPlanItemOutOfScope holds that an item out of scope stays, is shown as that, and is neither overdue nor projected.
func TestPlanItemOutOfScope(t *testing.T) {
	a := webtest.NewApp(t)
	sha256 := a.SaveVersion("9.0.0", func(q *assessment.Questionnaire) { q.Tradeoffs = nil })
	started, err := a.Store.CreateWorkload(context.Background(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, sha256, nil)
	if err != nil {
		t.Fatal(err)
	}
	id, b := started.ID, a.SignedIn()
	for _, practice := range []string{"rel-01.p1", "perf-04.p4"} {
		if _, err := a.Store.SavePlanItem(t.Context(), a.Actor(), id, assessment.PlanItem{Practice: practice, Due: "2020-01-01"}); err != nil {
			t.Fatal(err)
		}
	}
	before := webtest.TextOf(b.Get(templates.PlanURL(id)).Page.Find("#plan"))
	if strings.Count(before, "Overdue") != 2 || !strings.Contains(before, "2 practices adopted") {
		t.Fatalf("the plan says %q", before)
	}
	if _, err := a.Store.SetFacets(t.Context(), a.Actor(), id, a.State(id).State.FacetsVersion, assessment.Facets{"trains": false}); err != nil {
		t.Fatal(err)
	}
	page := b.Get(templates.PlanURL(id)).Page
	plan := webtest.TextOf(page.Find("#plan"))
	for _, want := range []string{"1 practice open, 1 out of scope", "1 practice adopted", "Declining metrics trigger retraining automatically."} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan says %q, want %q", plan, want)
		}
	}
	last := webtest.TextOf(page.Find("#plan tbody tr").Eq(1))
	if !strings.Contains(last, "Out of scope") || strings.Contains(last, "Overdue") || strings.Count(plan, "Overdue") != 1 {
		t.Errorf("the item is %q", last)
	}
	if out := webtest.TextOf(page.Find("#out-of-scope")); !strings.HasPrefix(out, "8 practices are out of scope") || !strings.Contains(out, "Do you train or fine-tune models? No: 8") {
		t.Errorf("out of scope: %q", out)
	}
	a.Answer(id, "rel-01.p1", assessment.Adopted)
	if text := webtest.TextOf(b.Get(templates.PlanURL(id)).Page.Find("#plan")); !strings.Contains(text, "0 practices open, 1 done, 1 out of scope") || !strings.Contains(text, "Nothing in the plan is open.") {
		t.Errorf("the plan says %q", text)
	}
	version := a.State(id).State.Plan["perf-04.p4"].Version
	b.Post(templates.PlanItemRemovalURL(id, "perf-04.p4"), url.Values{"version": {strconv.Itoa(version)}})
	if _, kept := a.State(id).State.Plan["perf-04.p4"]; kept {
		t.Error("an item out of scope cannot be removed")
	}
}
