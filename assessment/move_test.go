package assessment

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func answered(status Status, version int) SavedAnswer {
	answer := SavedAnswer{Answer: Answer{Status: status}, Version: version, By: "Ines", At: noon}
	if status == NotApplicable {
		answer.Reason = "A hosted service."
	}
	return answer
}

// statusesOf returns a state with these answers.
func statusesOf(statuses map[string]Status) *State {
	s := &State{Decisions: map[string]Decision{}, Plan: map[string]PlanItem{}}
	for id, status := range statuses {
		answer := answered(status, 3)
		answer.Practice = id
		s.Answers = s.Answers.With(&answer)
	}
	return s
}

func movedClasses(t *Move) map[string]MoveClass {
	all := map[string]MoveClass{}
	for _, practice := range t.Practices {
		all[practice.ID] = practice.Class
	}
	return all
}

// nextExample is the example with x reworded, y riskier, z gone, v in another question with other links, and r new.
func nextExample() *Questionnaire {
	q := clone(example())
	q.Version = "2.0.0"
	q1, q2, q4 := &q.Pillars[0].Principles[0].Questions[0], &q.Pillars[0].Principles[0].Questions[1], &q.Pillars[1].Principles[0].Questions[0]
	q1.Practices = q1.Practices[:2]
	q1.Practices[0].Title = "x is done with care."
	q1.Practices[1].Risk, q1.Practices[1].Weight = High, 5
	moved := q2.Practices[0]
	moved.Links, moved.Effort = []Link{{"More", "https://example.org"}}, EffortL
	q4.Practices = append(q4.Practices, moved, Practice{ID: "r", Title: "r is done.", Risk: High, Weight: 4, Effort: EffortS})
	q2.Practices = []Practice{{ID: "w", Title: "w is done.", Risk: Low, Weight: 1, Effort: EffortS}}
	q.Tradeoffs[0].Sides[0].Practices = []string{"x"}
	q.Tradeoffs = []Tradeoff{q.Tradeoffs[0], {ID: "t3", Title: "Quiet", Sides: q.Tradeoffs[2].Sides,
		Signals: []Signal{{When: mustParse("x"), Says: "x."}, {When: mustParse("u || !u"), Says: "u either way."}}}}
	return q
}

func exampleState() *State {
	s := statusesOf(map[string]Status{"x": Adopted, "y": Partial, "z": NotApplicable, "v": Absent, "u": Unanswered})
	s.Decisions = map[string]Decision{
		"t1": {Tradeoff: "t1", Choice: Accept, Signals: []int{0}, At: noon, Version: 4},
		"t2": {Tradeoff: "t2", Choice: Accept, Signals: []int{0, 1}, At: noon, Version: 5},
		"t3": {Tradeoff: "t3", Choice: Accept, Signals: []int{0}, At: noon, Version: 6},
	}
	s.Plan = map[string]PlanItem{"z": {Practice: "z", Owner: "Ada", Version: 7}, "x": {Practice: "x", Version: 8}}
	s.Priorities = Priorities{"A": 2}
	return s
}

func TestMove(t *testing.T) {
	move := NewMove(exampleState(), compiled(t, example()), compiled(t, nextExample()))
	want := map[string]MoveClass{"x": AskAgain, "y": AskAgain, "z": Orphaned, "v": Carried, "u": NewToAsk, "s": NewToAsk, "t": NewToAsk,
		"r": NewToAsk, "w": NewToAsk}
	if got := movedClasses(move); !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	again := move.Of(AskAgain)
	if got := again[0].Old.Differences(again[0].New); !slices.Equal(got, []FieldChange{{"title", FieldWording, "x is done.", "x is done with care."}}) {
		t.Errorf("x differs in %v", got)
	}
	if got := again[1].Old.Differences(again[1].New); len(got) != 2 || got[0].Field != "risk" || got[1].Field != "weight" {
		t.Errorf("y differs in %v", got)
	}
	if orphan := move.Of(Orphaned)[0]; orphan.Title != "z is done." || orphan.Answer.Status != NotApplicable || orphan.Pillar != "First" {
		t.Errorf("z is orphaned as %+v", orphan)
	}
	var decisions []string
	for _, row := range move.Decisions {
		decisions = append(decisions, row.Tradeoff+" "+string(row.Class))
	}
	if want := []string{"t1 carried", "t2 orphaned", "t3 again"}; !slices.Equal(decisions, want) {
		t.Errorf("decisions %v, want %v", decisions, want)
	}
	if len(move.Plan) != 2 || move.Plan[0].Class != Carried || move.Plan[1].Class != Orphaned {
		t.Errorf("plan %+v", move.Plan)
	}
}

// What is gone is listed as people answered it: z stands before v in the questionnaire that is left, a in an older one.
func TestOrphansAreInOrder(t *testing.T) {
	next := nextExample()
	next.Tradeoffs = nil
	last := &next.Pillars[1].Principles[0].Questions[0]
	last.Practices = slices.DeleteFunc(last.Practices, func(p Practice) bool { return p.ID == "v" })
	state := exampleState()
	state.Earlier.Answers = []EarlierAnswer{{Practice: "a", Answer: Answer{Status: Adopted}}}
	var got []string
	for _, orphan := range NewMove(state, compiled(t, example()), compiled(t, next)).Of(Orphaned) {
		got = append(got, orphan.ID)
	}
	if want := []string{"z", "v", "a"}; !slices.Equal(got, want) {
		t.Errorf("gone in the order %v, want %v", got, want)
	}
}

func TestMoveApply(t *testing.T) {
	at := noon.Add(time.Hour)
	move := NewMove(exampleState(), compiled(t, example()), compiled(t, nextExample()))
	after := move.Apply(Chosen{Kept: []string{"y"}}, "Tom", at, 9)
	blank := SavedAnswer{Practice: "x", Version: 4, By: "Tom", At: at}
	before := exampleState()
	want := before.Answers.With(&blank).without("z")
	if !reflect.DeepEqual(after.Answers, want) {
		t.Errorf("answers %v\nwant %v", after.Answers, want)
	}
	if offer, ok := after.Offer("x"); !ok || offer.Answer.Status != Adopted || offer.Wording.Title != "x is done." || offer.By != "Ines" {
		t.Errorf("offer %+v %v", offer, ok)
	}
	if _, ok := after.Offer("y"); ok {
		t.Error("an earlier answer is offered where one counts")
	}
	if got := after.Earlier.Orphans(move.after); len(got) != 1 || got[0].Practice != "z" || got[0].Answer.Reason == "" {
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
	then := []Signal{{When: mustParse("x"), Says: ""}, {When: mustParse("y"), Says: ""}}
	now := []Signal{{When: mustParse("z"), Says: ""}, {When: mustParse("y"), Says: ""}}
	if got := carriedSignals([]int{0, 1, 7}, then, now); !slices.Equal(got, []int{LostSignal, 1}) {
		t.Errorf("got %v", got)
	}
	d := Decision{Signals: []int{LostSignal}}
	if !d.Stale(TradeoffResult{}) || !d.Stale(TradeoffResult{Signals: []int{0}}) {
		t.Error("a decision on a lost signal is not stale")
	}
}

func TestCheckChosen(t *testing.T) {
	move := NewMove(exampleState(), compiled(t, example()), compiled(t, nextExample()))
	if err := move.CheckChosen(Chosen{Kept: []string{"x", "y", "x"}}); err != nil {
		t.Errorf("got %v", err)
	}
	for _, id := range []string{"v", "z", "u", "r", "", "none"} {
		if err := move.CheckChosen(Chosen{Kept: []string{"x", id}}); CodeOf(err) != Invalid {
			t.Errorf("%q: got %v", id, err)
		}
	}
}

func TestAskedAgainInAComparison(t *testing.T) {
	from, to := compiled(t, example()), compiled(t, nextExample())
	s := exampleState()
	after := movedState(s, from, to, Chosen{Kept: []string{"y"}})
	c, err := Compare(NewSnapshot(s, from, "A", "", "", noon, "", 1), NewSnapshot(after, to, "B", "", "", noon, "", 2))
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
