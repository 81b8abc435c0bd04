package move

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// rewordings is the example as a later version, in which every title is another one: x means the same since 1.0.0, y
// since 1.1.0 and v says nothing of it.
func rewordings(version string) *assessment.Questionnaire {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Version = version
	for practice := range q.Practices() {
		practice.Title = "Another title of " + practice.ID
	}
	exampletest.Practice(q, "x").SameSince, exampletest.Practice(q, "y").SameSince = "1.0.0", "1.1.0"
	return q
}

func TestMoveToAnotherWordingOfTheSame(t *testing.T) {
	first := exampletest.Compiled(t, exampletest.Questionnaire())
	state := exampletest.State(exampletest.Answers(), nil)
	state.Facets = assessment.Facets{"f": true, "gone": false}
	classes := func(outcome *Outcome) string {
		var list []string
		for _, p := range outcome.Practices {
			if p.Class != NewToAsk {
				list = append(list, p.ID+" "+string(p.Class))
			}
		}
		return strings.Join(list, ", ")
	}
	next := exampletest.Compiled(t, rewordings("1.2.0"))
	outcome := NewOutcome(state, first, next)
	if got, want := classes(outcome), "x reworded, y again, v again, u again, s again"; got != want {
		t.Fatalf("classes %s, want %s", got, want)
	}
	if err := outcome.CheckChosen(Chosen{Again: []string{"x"}}); err != nil {
		t.Error(err)
	}
	if err := outcome.CheckChosen(Chosen{Again: []string{"y"}}); assessment.CodeOf(err) != assessment.Invalid {
		t.Errorf("asked again though it is: %v", err)
	}
	after := outcome.Apply(Chosen{}, "Eve", noon, 1)
	if got := after.Answer("x"); !reflect.DeepEqual(got, state.Answer("x")) || after.Answer("y").Says() || !after.Facets.Equal(state.Facets) {
		t.Errorf("x %+v, y %+v, facets %v", got, after.Answer("y"), after.Facets)
	}
	if moved := outcome.Record(Chosen{}); moved.Reworded != 1 || moved.Carried != 0 || len(moved.Again) != 4 {
		t.Errorf("moved %+v", moved)
	}
	if moved := outcome.Record(Chosen{Again: []string{"x"}}); moved.Reworded != 0 || !slices.Contains(moved.Again, "x") {
		t.Errorf("moved %+v", moved)
	}
	asked := outcome.Apply(Chosen{Again: []string{"x"}}, "Eve", noon, 1)
	if offer, ok := asked.Offer("x"); !ok || offer.Answer.Status != assessment.Adopted || asked.Answer("x").Says() {
		t.Errorf("asked again: %+v, offered %+v", asked.Answer("x"), offer)
	}
	if got, want := classes(NewOutcome(&after, next, first)), "x reworded, y returning, v returning, u returning, s returning"; got != want {
		t.Errorf("back: classes %s, want %s", got, want)
	}
	other := rewordings("1.2.0")
	other.ID = "other"
	if got, want := classes(NewOutcome(state, first, exampletest.Compiled(t, other))), "x again, y again, v again, u again, s again"; got != want {
		t.Errorf("another questionnaire: classes %s, want %s", got, want)
	}
}

func TestSharedIDsPropose(t *testing.T) {
	q := exampletest.Facetted()
	q.ID, q.SharesIDsWith = "agents", []string{"example"}
	there := exampletest.Current(t, exampletest.Questionnaire(), exampletest.Answers(), nil)
	here := exampletest.Current(t, q, assessment.Answers{"x": {Status: assessment.Absent}}, assessment.Facets{"f": false})
	var got []string
	for _, proposed := range here.ProposedBy(there) {
		got = append(got, proposed.Answer.Practice+" "+string(proposed.Answer.Status)+" "+proposed.Edition.ID)
	}
	if want := []string{"v absent example", "u not_applicable example", "s partial example"}; !slices.Equal(got, want) {
		t.Errorf("proposed %q, want %q", got, want)
	}
	if back := there.ProposedBy(here); len(back) != 0 {
		t.Errorf("everything is answered or unanswered on both sides: %+v", back)
	}
	outcome := NewOutcome(&there.State, there.Model, here.Model)
	if len(outcome.Of(AskAgain)) != 5 || len(outcome.Of(Carried)) != 0 {
		t.Errorf("between questionnaires that share ids nothing is carried: %+v", outcome.Practices)
	}
	q.SharesIDsWith = nil
	if alone := exampletest.Current(t, q, nil, nil).ProposedBy(there); alone != nil {
		t.Errorf("without shared ids: %+v", alone)
	}
}
