package assessment

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// rewordings is the example as a later version, in which every title is another one: x means the same since 1.0.0, y
// since 1.1.0 and v says nothing of it.
func rewordings(version string) *Questionnaire {
	q := clone(example())
	q.Version = version
	for practice := range q.Practices() {
		practice.Title = "Another title of " + practice.ID
	}
	practiceOf(q, "x").SameSince, practiceOf(q, "y").SameSince = "1.0.0", "1.1.0"
	return q
}

func TestMoveToAnotherWordingOfTheSame(t *testing.T) {
	first := compiled(t, example())
	state := stateOfAnswers(exampleAnswers(), nil)
	state.Facets = Facets{"f": true, "gone": false}
	classes := func(move *Move) string {
		var list []string
		for _, p := range move.Practices {
			if p.Class != NewToAsk {
				list = append(list, p.ID+" "+string(p.Class))
			}
		}
		return strings.Join(list, ", ")
	}
	next := compiled(t, rewordings("1.2.0"))
	move := NewMove(state, first, next)
	if got, want := classes(move), "x reworded, y again, v again, u again, s again"; got != want {
		t.Fatalf("classes %s, want %s", got, want)
	}
	if err := move.CheckChosen(Chosen{Again: []string{"x"}}); err != nil {
		t.Error(err)
	}
	if err := move.CheckChosen(Chosen{Again: []string{"y"}}); CodeOf(err) != Invalid {
		t.Errorf("asked again though it is: %v", err)
	}
	after := move.Apply(Chosen{}, "Eve", noon, 1)
	if got := after.Answer("x"); !reflect.DeepEqual(got, state.Answer("x")) || after.Answer("y").Says() || !after.Facets.Equal(state.Facets) {
		t.Errorf("x %+v, y %+v, facets %v", got, after.Answer("y"), after.Facets)
	}
	if moved := move.Moved(Chosen{}); moved.Reworded != 1 || moved.Carried != 0 || len(moved.Again) != 4 {
		t.Errorf("moved %+v", moved)
	}
	if moved := move.Moved(Chosen{Again: []string{"x"}}); moved.Reworded != 0 || !slices.Contains(moved.Again, "x") {
		t.Errorf("moved %+v", moved)
	}
	asked := move.Apply(Chosen{Again: []string{"x"}}, "Eve", noon, 1)
	if offer, ok := asked.Offer("x"); !ok || offer.Answer.Status != Adopted || asked.Answer("x").Says() {
		t.Errorf("asked again: %+v, offered %+v", asked.Answer("x"), offer)
	}
	if got, want := classes(NewMove(&after, next, first)), "x reworded, y returning, v returning, u returning, s returning"; got != want {
		t.Errorf("back: classes %s, want %s", got, want)
	}
	other := rewordings("1.2.0")
	other.ID = "other"
	if got, want := classes(NewMove(state, first, compiled(t, other))), "x again, y again, v again, u again, s again"; got != want {
		t.Errorf("another questionnaire: classes %s, want %s", got, want)
	}
}

func TestMoveOfFacets(t *testing.T) {
	before, after := facetted(), facetted()
	after.Facets = []Facet{{ID: "h", Title: "Is it h?"}, {ID: "f", Title: "Is it still f?"}}
	for practice := range after.Practices() {
		practice.AppliesWhen = Expression{}
	}
	practiceOf(after, "z").AppliesWhen = mustParse("!@f")
	state := stateOfAnswers(exampleAnswers(), nil)
	state.Facets = Facets{"f": true, "g": false}
	move := NewMove(state, compiled(t, before), compiled(t, after))
	var got []string
	for _, row := range move.Facets {
		said := "-"
		if row.Said != nil {
			said = fmt.Sprint(*row.Said)
		}
		got = append(got, row.ID+" "+string(row.Class)+" "+said)
	}
	if want := []string{"h new -", "f carried true", "g orphaned false"}; !slices.Equal(got, want) {
		t.Errorf("facets %q, want %q", got, want)
	}
	for _, practice := range move.Practices {
		if practice.Out != (practice.ID == "z") {
			t.Errorf("%s is out of scope: %v", practice.ID, practice.Out)
		}
	}
}

func TestSharedIDsPropose(t *testing.T) {
	q := facetted()
	q.ID, q.SharesIDsWith = "agents", []string{"example"}
	there := currentOf(t, example(), exampleAnswers(), nil)
	here := currentOf(t, q, Answers{"x": {Status: Absent}}, Facets{"f": false})
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
	move := NewMove(&there.State, there.Model, here.Model)
	if len(move.Of(AskAgain)) != 5 || len(move.Of(Carried)) != 0 {
		t.Errorf("between questionnaires that share ids nothing is carried: %+v", move.Practices)
	}
	q.SharesIDsWith = nil
	if alone := currentOf(t, q, nil, nil).ProposedBy(there); alone != nil {
		t.Errorf("without shared ids: %+v", alone)
	}
}
