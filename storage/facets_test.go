package storage

import (
	"testing"

	"plumbline/assessment"
)

// tailored is a questionnaire that asks p2 only of those who train.
func tailored(t *testing.T) *assessment.Questionnaire {
	t.Helper()
	q := questionnaire(2)
	q.Facets = []assessment.Facet{{ID: "trains", Title: "Do you train models?"}, {ID: "serves", Title: "Do you serve them?"}}
	when, err := assessment.ParseExpression("@trains")
	if err != nil {
		t.Fatal(err)
	}
	for practice := range q.Practices() {
		if practice.ID == "p2" {
			practice.AppliesWhen = when
		}
	}
	return q
}

func TestSetFacets(t *testing.T) {
	b := newBenchWith(t, Options{}, tailored(t))
	ctx := t.Context()
	b.save(t, "p2", 0, assessment.Adopted)
	if got := b.current(t); len(got.Result.OutOfScope) != 0 || got.State.FacetsVersion != 1 {
		t.Fatalf("before anything is said: %v at version %d", got.Result.OutOfScope, got.State.FacetsVersion)
	}
	no := assessment.Facets{"trains": false}
	after := must(b.SetFacets(ctx, b.actor, b.id, 1, no))(t)
	must(b.SetFacets(ctx, b.actor, b.id, 1, no))(t) // repeated
	got := b.current(t)
	if len(got.Result.OutOfScope) != 1 || got.Result.OutOfScope[0] != "p2" || got.State.FacetsVersion != 2 || after.State.Sequence != got.State.Sequence {
		t.Errorf("out of scope %v at version %d", got.Result.OutOfScope, got.State.FacetsVersion)
	}
	if got.State.Answer("p2").Status != assessment.Adopted {
		t.Error("the answer to what is out of scope is gone")
	}
	code := func(_ *assessment.Current, err error) error { return err }
	wantCode(t, code(b.SetFacets(ctx, b.actor, b.id, 1, assessment.Facets{"trains": true})), assessment.Conflict)
	wantCode(t, code(b.SetFacets(ctx, b.actor, b.id, -1, nil)), assessment.VersionRequired)
	wantCode(t, code(b.SetFacets(ctx, b.actor, "none", 1, nil)), assessment.NotFound)
	wantField(t, code(b.SetFacets(ctx, b.actor, b.id, 2, assessment.Facets{"sings": true})), assessment.Invalid, "facets.sings")

	must(b.SetFacets(ctx, b.actor, b.id, 2, assessment.Facets{"trains": true, "serves": false}))(t)
	if got := b.current(t); len(got.Result.OutOfScope) != 0 {
		t.Errorf("brought back: %v", got.Result.OutOfScope)
	}
	events := b.events(t)
	last := events[len(events)-1]
	if last.Kind != assessment.EventFacets || string(last.Before) != `{"trains":false}` || string(last.After) != `{"serves":false,"trains":true}` {
		t.Errorf("the last event is %s from %s to %s", last.Kind, last.Before, last.After)
	}
}

// TestFacetsOutliveAVersion says something about a facet that the next questionnaire does not have.
func TestFacetsOutliveAVersion(t *testing.T) {
	b := newBenchWith(t, Options{}, tailored(t))
	must(b.SetFacets(t.Context(), b.actor, b.id, 1, assessment.Facets{"trains": false}))(t)
	model := b.current(t).Model
	stated := model.Restate(assessment.Facets{"trains": false, "elsewhere": true}, assessment.Facets{"serves": true})
	if want := (assessment.Facets{"elsewhere": true, "serves": true}); !stated.Equal(want) {
		t.Errorf("got %v, want %v", stated, want)
	}
	if got := model.FacetChanges(assessment.Facets{"trains": false}, assessment.Facets{"serves": true}); got != "“Do you train models?” no → not sure, “Do you serve them?” not sure → yes" {
		t.Errorf("got %q", got)
	}
}
