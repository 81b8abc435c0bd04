package move

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/difference"
	"plumbline/assessment/exampletest"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func answered(status assessment.Status, version int) assessment.SavedAnswer {
	answer := assessment.SavedAnswer{Answer: assessment.Answer{Status: status}, Version: version, By: "Ines", At: noon}
	if status == assessment.NotApplicable {
		answer.Reason = "A hosted service."
	}
	return answer
}

// statusesOf returns a state with these answers.
func statusesOf(statuses map[string]assessment.Status) *assessment.State {
	s := &assessment.State{Decisions: map[string]assessment.Decision{}, Plan: map[string]assessment.PlanItem{}}
	for id, status := range statuses {
		answer := answered(status, 3)
		answer.Practice = id
		s.Answers = s.Answers.With(&answer)
	}
	return s
}

func movedClasses(t *Outcome) map[string]Class {
	all := map[string]Class{}
	for _, practice := range t.Practices {
		all[practice.ID] = practice.Class
	}
	return all
}

// nextExample is the example with x reworded, y riskier, z gone, v in another question with other links, and r new.
func nextExample() *assessment.Questionnaire {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Version = "2.0.0"
	q1, q2, q4 := &q.Pillars[0].Principles[0].Questions[0], &q.Pillars[0].Principles[0].Questions[1], &q.Pillars[1].Principles[0].Questions[0]
	q1.Practices = q1.Practices[:2]
	q1.Practices[0].Title = "x is done with care."
	q1.Practices[1].Risk, q1.Practices[1].Weight = assessment.High, 5
	moved := q2.Practices[0]
	moved.Links, moved.Effort = []assessment.Link{{Title: "More", URL: "https://example.org"}}, assessment.EffortL
	q4.Practices = append(q4.Practices, moved, assessment.Practice{ID: "r", Title: "r is done.", Risk: assessment.High, Weight: 4, Effort: assessment.EffortS})
	q2.Practices = []assessment.Practice{{ID: "w", Title: "w is done.", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortS}}
	q.Tradeoffs[0].Sides[0].Practices = []string{"x"}
	q.Tradeoffs = []assessment.Tradeoff{q.Tradeoffs[0], {ID: "t3", Title: "Quiet", Sides: q.Tradeoffs[2].Sides,
		Signals: []assessment.Signal{{When: exampletest.MustParse("x"), Says: "x."}, {When: exampletest.MustParse("u || !u"), Says: "u either way."}}}}
	return q
}

func exampleState() *assessment.State {
	s := statusesOf(map[string]assessment.Status{"x": assessment.Adopted, "y": assessment.Partial, "z": assessment.NotApplicable, "v": assessment.Absent, "u": assessment.Unanswered})
	s.Decisions = map[string]assessment.Decision{
		"t1": {Tradeoff: "t1", Choice: assessment.Accept, Signals: []int{0}, At: noon, Version: 4},
		"t2": {Tradeoff: "t2", Choice: assessment.Accept, Signals: []int{0, 1}, At: noon, Version: 5},
		"t3": {Tradeoff: "t3", Choice: assessment.Accept, Signals: []int{0}, At: noon, Version: 6},
	}
	s.Plan = map[string]assessment.PlanItem{"z": {Practice: "z", Owner: "Ada", Version: 7}, "x": {Practice: "x", Version: 8}}
	s.Priorities = assessment.Priorities{"A": 2}
	return s
}

func TestMove(t *testing.T) {
	outcome := NewOutcome(exampleState(), exampletest.Compiled(t, exampletest.Questionnaire()), exampletest.Compiled(t, nextExample()))
	want := map[string]Class{"x": AskAgain, "y": AskAgain, "z": Orphaned, "v": Carried, "u": NewToAsk, "s": NewToAsk, "t": NewToAsk,
		"r": NewToAsk, "w": NewToAsk}
	if got := movedClasses(outcome); !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	again := outcome.Of(AskAgain)
	if got := difference.OfWordings(again[0].Old, again[0].New); !slices.Equal(got, []difference.Field{{Field: "title", Kind: difference.FieldWording, Before: "x is done.", After: "x is done with care."}}) {
		t.Errorf("x differs in %v", got)
	}
	if got := difference.OfWordings(again[1].Old, again[1].New); len(got) != 2 || got[0].Field != "risk" || got[1].Field != "weight" {
		t.Errorf("y differs in %v", got)
	}
	if orphan := outcome.Of(Orphaned)[0]; orphan.Title != "z is done." || orphan.Answer.Status != assessment.NotApplicable || orphan.Pillar != "First" {
		t.Errorf("z is orphaned as %+v", orphan)
	}
	var decisions []string
	for _, row := range outcome.Decisions {
		decisions = append(decisions, row.Tradeoff+" "+string(row.Class))
	}
	if want := []string{"t1 carried", "t2 orphaned", "t3 again"}; !slices.Equal(decisions, want) {
		t.Errorf("decisions %v, want %v", decisions, want)
	}
	if len(outcome.Plan) != 2 || outcome.Plan[0].Class != Carried || outcome.Plan[1].Class != Orphaned {
		t.Errorf("plan %+v", outcome.Plan)
	}
}

// What is gone is listed as people answered it: z stands before v in the questionnaire that is left, a in an older one.
func TestOrphansAreInOrder(t *testing.T) {
	next := nextExample()
	next.Tradeoffs = nil
	last := &next.Pillars[1].Principles[0].Questions[0]
	last.Practices = slices.DeleteFunc(last.Practices, func(p assessment.Practice) bool { return p.ID == "v" })
	state := exampleState()
	state.Earlier.Answers = []assessment.EarlierAnswer{{Practice: "a", Answer: assessment.Answer{Status: assessment.Adopted}}}
	var got []string
	for _, orphan := range NewOutcome(state, exampletest.Compiled(t, exampletest.Questionnaire()), exampletest.Compiled(t, next)).Of(Orphaned) {
		got = append(got, orphan.ID)
	}
	if want := []string{"z", "v", "a"}; !slices.Equal(got, want) {
		t.Errorf("gone in the order %v, want %v", got, want)
	}
}

func TestMoveApply(t *testing.T) {
	at := noon.Add(time.Hour)
	outcome := NewOutcome(exampleState(), exampletest.Compiled(t, exampletest.Questionnaire()), exampletest.Compiled(t, nextExample()))
	after := outcome.Apply(Chosen{Kept: []string{"y"}}, "Tom", at, 9)
	blank := assessment.SavedAnswer{Practice: "x", Version: 4, By: "Tom", At: at}
	before := exampleState()
	want := before.Answers.With(&blank).Without("z")
	if !reflect.DeepEqual(after.Answers, want) {
		t.Errorf("answers %v\nwant %v", after.Answers, want)
	}
	if offer, ok := after.Offer("x"); !ok || offer.Answer.Status != assessment.Adopted || offer.Wording.Title != "x is done." || offer.By != "Ines" {
		t.Errorf("offer %+v %v", offer, ok)
	}
	if _, ok := after.Offer("y"); ok {
		t.Error("an earlier answer is offered where one counts")
	}
	if got := after.Earlier.Orphans(outcome.after); len(got) != 1 || got[0].Practice != "z" || got[0].Answer.Reason == "" {
		t.Errorf("orphans %+v", got)
	}
	if got := after.Decisions["t3"].Signals; !slices.Equal(got, []int{1}) || after.Decisions["t3"].Version != 9 {
		t.Errorf("t3 %+v, want the second signal", after.Decisions["t3"])
	}
	if _, ok := after.Decisions["t2"]; ok || len(after.Earlier.Decisions) != 2 {
		t.Errorf("decisions %v, kept %v", after.Decisions, after.Earlier.Decisions)
	}
	if _, ok := after.Plan["z"]; ok || after.Earlier.Plan[0].Item.Owner != "Ada" {
		t.Errorf("plan %v, kept %v", after.Plan, after.Earlier.Plan)
	}
}

func TestLostSignal(t *testing.T) {
	then := []assessment.Signal{{When: exampletest.MustParse("x"), Says: ""}, {When: exampletest.MustParse("y"), Says: ""}}
	now := []assessment.Signal{{When: exampletest.MustParse("z"), Says: ""}, {When: exampletest.MustParse("y"), Says: ""}}
	if got := carriedSignals([]int{0, 1, 7}, then, now); !slices.Equal(got, []int{assessment.LostSignal, 1}) {
		t.Errorf("got %v", got)
	}
	d := assessment.Decision{Signals: []int{assessment.LostSignal}}
	if !d.Stale(assessment.TradeoffResult{}) || !d.Stale(assessment.TradeoffResult{Signals: []int{0}}) {
		t.Error("a decision on a lost signal is not stale")
	}
}

func TestCheckChosen(t *testing.T) {
	outcome := NewOutcome(exampleState(), exampletest.Compiled(t, exampletest.Questionnaire()), exampletest.Compiled(t, nextExample()))
	if err := outcome.CheckChosen(Chosen{Kept: []string{"x", "y", "x"}}); err != nil {
		t.Errorf("got %v", err)
	}
	for _, id := range []string{"v", "z", "u", "r", "", "none"} {
		if err := outcome.CheckChosen(Chosen{Kept: []string{"x", id}}); assessment.CodeOf(err) != assessment.Invalid {
			t.Errorf("%q: got %v", id, err)
		}
	}
}

func TestAskedAgainInAComparison(t *testing.T) {
	from, to := exampletest.Compiled(t, exampletest.Questionnaire()), exampletest.Compiled(t, nextExample())
	s := exampleState()
	after := movedState(s, from, to, Chosen{Kept: []string{"y"}})
	c, err := assessment.Compare(assessment.NewSnapshot(s, from, "A", "", "", noon, "", 1), assessment.NewSnapshot(after, to, "B", "", "", noon, "", 2))
	if err != nil {
		t.Fatal(err)
	}
	var again []string
	for _, practice := range c.Practices {
		if practice.AskedAgain() {
			again = append(again, practice.ID)
		}
	}
	if !slices.Equal(again, []string{"x"}) || len(c.WeightsChanged) != 1 || c.WeightsChanged[0].ID != "y" {
		t.Errorf("asked again %v, revalued %v", again, c.WeightsChanged)
	}
}
