package api_test

import (
	"net/http"
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestFacets(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	before := a.State(id)
	facet, out := leavingOut(before.Model)
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/facets"
	var got struct {
		Facets     map[string]*bool
		Version    int
		OutOfScope []string `json:"out_of_scope"`
	}
	p.Get(path).Want(http.StatusOK).Into(&got)
	if said, known := got.Facets[facet]; !known || said != nil || got.Version != 1 || len(got.OutOfScope) != 0 {
		t.Fatalf("nothing is said, and the API says %+v", got)
	}
	no := map[string]any{"facets": map[string]any{facet: false}, "version": 1}
	put := p.Ask(http.MethodPut, path, no).Want(http.StatusOK)
	put.Into(&got)
	if said := got.Facets[facet]; said == nil || *said || got.Version != 2 || !slices.Equal(got.OutOfScope, out) || put.Header.Get("ETag") != `"2"` {
		t.Errorf("after no: %+v", got)
	}
	p.Ask(http.MethodPut, path, map[string]any{"facets": map[string]any{facet: true}, "version": 1}).Want(http.StatusConflict)
	p.Ask(http.MethodPut, path, map[string]any{"facets": map[string]any{}}).Want(http.StatusPreconditionRequired)
	bad := p.Ask(http.MethodPut, path, map[string]any{"facets": map[string]any{"sings": nil}, "version": 2}).Want(http.StatusUnprocessableEntity).Problem()
	if len(bad.Errors) != 1 || bad.Errors[0].Location != "body.facets.sings" {
		t.Errorf("an unknown facet: %+v", bad)
	}
	var saved struct {
		Answers []struct {
			OutOfScope bool `json:"out_of_scope"`
		}
	}
	change := map[string]any{"answers": []any{map[string]any{"practice": out[0], "status": "adopted", "version": 0}}}
	p.Ask(http.MethodPatch, "/assessments/"+id+"/answers", change).Want(http.StatusOK).Into(&saved)
	if !saved.Answers[0].OutOfScope || a.State(id).State.Answer(out[0]).Status != assessment.Adopted {
		t.Errorf("an answer out of scope: %+v", saved)
	}
	p.Ask(http.MethodPut, path, map[string]any{"facets": map[string]any{facet: nil}}, "If-Match", `"2"`).Want(http.StatusOK)
	if now := a.State(id); len(now.Result.OutOfScope) != 0 || now.State.Facets.Said(facet) != nil {
		t.Errorf("after null: %v", now.State.Facets)
	}
}

// leavingOut returns a facet that leaves practices out where the answer is no, and which.
func leavingOut(m *assessment.Model) (facet string, practices []string) {
	for _, one := range m.Questionnaire().Facets {
		if out := m.OutOfScope(assessment.Facets{one.ID: false}); len(out) > 0 {
			return one.ID, out
		}
	}
	return "", nil
}
