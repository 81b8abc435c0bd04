package portfolio_test

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

// TestPortfolioTellsScopesApart holds that a row says how much is asked, and which answers leave the rest out.
func TestPortfolioTellsScopesApart(t *testing.T) {
	a := webtest.NewApp(t)
	scoped := func(name string, f assessment.Facets) {
		started := a.Reviewed(assessment.Workload{Name: name}, 60, assessment.Absent)
		if _, err := a.Store.SetFacets(t.Context(), a.Actor(), started.ID, a.State(started.ID).State.FacetsVersion, f); err != nil {
			t.Fatal(err)
		}
	}
	scoped("A", nil)
	scoped("B", assessment.Facets{"gpus": true})
	scoped("C", assessment.Facets{"trains": false, "voice_or_video": false, "gpus": true})
	a.NewSmallAssessment()
	page := a.SignedIn().Get("/").Page
	said := map[string]string{}
	for _, row := range page.Find("table.heat tbody tr").EachIter() {
		name := webtest.TextOf(row.Find("a.row"))
		said[name] = strings.Join(append(webtest.TextsOf(row.Find("th > .under, th > div > div > .under, th summary")), webtest.TextsOf(row.Find("th li"))...), "; ")
	}
	for name, want := range map[string]string{
		"A": "Scope not set",
		"B": "147 of 147 in scope",
		"C": "138 of 147 in scope; Do you train or fine-tune models? No: 8; Does it answer by voice or video? No: 1",
	} {
		if got := said[name]; got != want {
			t.Errorf("%s says %q, want %q", name, got, want)
		}
	}
	for name, text := range said {
		if len(name) > 1 && strings.Contains(strings.ToLower(text), "scope") {
			t.Errorf("%s, whose questionnaire has no scope questions, says %q", name, text)
		}
	}
}
