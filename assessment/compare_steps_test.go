package assessment_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// TestComparisonAddsUp follows the five steps of the domain page in exact fractions.
func TestComparisonAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawScene(t), drawScene(t)
		if rapid.Bool().Draw(t, "same questionnaire") {
			b = scene{a.questionnaire, a.model, exampletest.DrawAnswers(t, a.questionnaire), exampletest.DrawPriorities(t, a.questionnaire), exampletest.DrawFacets(t, a.questionnaire)}
		}
		c, err := assessment.Compare(a.snapshot(t), b.snapshot(t))
		if err != nil {
			t.Fatal(err)
		}
		shared := assessment.Facets{}
		for _, id := range exampletest.FacetIDs(b.questionnaire) {
			if yes, said := a.facets[id]; said {
				shared[id] = yes
			}
		}
		stored, scoped := assessment.Answers{}, assessment.Answers{}
		later := inScope(b.questionnaire, b.answers, b.facets)
		for _, id := range exampletest.AllPractices(b.questionnaire) {
			stored[id] = a.answers[id]
			scoped[id] = a.answers[id]
			switch {
			case later[id].Status == assessment.NotApplicable:
				scoped[id] = later[id]
			case a.answers[id].Status == assessment.NotApplicable:
				scoped[id] = assessment.Answer{}
			}
		}
		carried := inScope(b.questionnaire, stored, shared)
		overall := func(p assessment.Priorities, a assessment.Answers) *big.Rat {
			return exactOverall(b.questionnaire, p, a).certain()
		}
		steps := []*big.Rat{
			exactOverall(a.questionnaire, a.priorities, inScope(a.questionnaire, a.answers, a.facets)).certain(),
			overall(a.priorities, carried), overall(b.priorities, carried), overall(b.priorities, scoped), overall(b.priorities, later),
		}
		step := func(from, to int) *big.Rat { return new(big.Rat).Sub(steps[to], steps[from]) }
		if !near(c.Scope.Questionnaire, step(0, 1)) || !near(c.Scope.Priorities, step(1, 2)) ||
			!near(c.Scope.Applicability, step(2, 3)) || !near(c.Delta, step(0, 4)) {
			t.Fatalf("scope %+v, delta %v, want steps %v", c.Scope, c.Delta, steps)
		}
		sum := c.Scope.Questionnaire + c.Scope.Priorities + c.Scope.Applicability
		for _, practice := range c.Practices {
			sum += practice.Part
			alone := with(scoped, practice.ID, later[practice.ID].Status)
			if part := overall(b.priorities, alone); !near(practice.Part, part.Sub(part, steps[3])) {
				t.Fatalf("part of %s is %v, want %v", practice.ID, practice.Part, part)
			}
		}
		if math.Abs(sum-c.Delta) > 1e-9 {
			t.Fatalf("the parts add up to %v, not %v", sum, c.Delta)
		}
		checkApplicability(t, c, b, carried, scoped)
		checkStatuses(t, c, a, b)
	})
}

// checkApplicability takes over the later applicability practice by practice.
func checkApplicability(t *rapid.T, c *assessment.Comparison, b scene, carried, scoped assessment.Answers) {
	at, sum, next := carried, 0.0, 0
	for _, id := range exampletest.AllPractices(b.questionnaire) {
		if (carried[id].Status == assessment.NotApplicable) == (scoped[id].Status == assessment.NotApplicable) {
			continue
		}
		then := with(at, id, scoped[id].Status)
		part := exactOverall(b.questionnaire, b.priorities, then).certain()
		part.Sub(part, exactOverall(b.questionnaire, b.priorities, at).certain())
		if next == len(c.Applicability) || c.Applicability[next].ID != id || !near(c.Applicability[next].Part, part) {
			t.Fatalf("applicability %+v, want %v for %s", c.Applicability, part, id)
		}
		sum += c.Applicability[next].Part
		at, next = then, next+1
	}
	if next != len(c.Applicability) || math.Abs(sum-c.Scope.Applicability) > 1e-9 {
		t.Fatalf("%d parts of applicability add up to %v, want %d and %v", len(c.Applicability), sum, next, c.Scope.Applicability)
	}
}

// checkStatuses compares what is listed with what each side shows.
func checkStatuses(t *rapid.T, c *assessment.Comparison, a, b scene) {
	shown := func(s scene, id string) assessment.Status {
		for practice := range s.questionnaire.Practices() {
			if practice.ID == id && outByHand(practice, s.facets) {
				return assessment.OutOfScope
			}
		}
		return s.answers[id].Status
	}
	out := []assessment.Status{assessment.NotApplicable, assessment.OutOfScope}
	for _, id := range exampletest.AllPractices(b.questionnaire) {
		before, after := shown(a, id), shown(b, id)
		changed := before != after && !(slices.Contains(out, before) && slices.Contains(out, after))
		i := slices.IndexFunc(c.Practices, func(p assessment.PracticeChange) bool { return p.ID == id })
		if listed := i >= 0; listed != changed || listed && (c.Practices[i].Before != before || c.Practices[i].After != after) {
			t.Fatalf("%s went from %q to %q, is listed: %v", id, before, after, listed)
		}
	}
}
