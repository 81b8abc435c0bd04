package assessment

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
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

// drawState returns a state of a questionnaire with everything that people can have said.
func drawState(t *rapid.T, m *Model) *State {
	q := m.Questionnaire()
	s := &State{Decisions: map[string]Decision{}, Plan: map[string]PlanItem{}, Earlier: Earlier{}}
	s.Priorities = drawPriorities(t, q)
	drawSaid(t, s, m)
	return s
}

// drawSaid changes about half of what is said in a state.
func drawSaid(t *rapid.T, s *State, m *Model) {
	at := noon.Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "minutes")) * time.Minute)
	for _, id := range allPractices(m.Questionnaire()) {
		if rapid.Bool().Draw(t, "answered") {
			answer := answered(rapid.SampledFrom(allStatuses).Draw(t, "status"), s.Answer(id).Version+1)
			answer.Practice, answer.At, answer.By = id, at, rapid.SampledFrom([]string{"Ines", "Tom"}).Draw(t, "by")
			answer.Note = rapid.SampledFrom([]string{"", "A note."}).Draw(t, "note")
			s.Answers = s.Answers.With(&answer)
		}
		if rapid.IntRange(0, 3).Draw(t, "planned") == 0 {
			s.Plan[id] = PlanItem{Practice: id, Owner: rapid.SampledFrom([]string{"Ada", "Bo"}).Draw(t, "owner"), Version: 1}
		}
	}
	for i := range m.Questionnaire().Tradeoffs {
		tradeoff := &m.Questionnaire().Tradeoffs[i]
		if rapid.Bool().Draw(t, "decided") {
			s.Decisions[tradeoff.ID] = Decision{Tradeoff: tradeoff.ID, Choice: Accept, At: at, Version: 1,
				Rationale: rapid.SampledFrom([]string{"Fine.", "Well."}).Draw(t, "rationale"),
				Signals:   []int{rapid.IntRange(0, len(tradeoff.Signals)-1).Draw(t, "signal")}}
		}
	}
}

// drawChosen keeps some of the practices that are asked again, and asks some of the reworded ones again.
func drawChosen(t *rapid.T, move *Move) Chosen {
	var chosen Chosen
	for _, practice := range move.Of(AskAgain) {
		if rapid.Bool().Draw(t, "kept") {
			chosen.Kept = append(chosen.Kept, practice.ID)
		}
	}
	for _, practice := range move.Of(Reworded) {
		if rapid.Bool().Draw(t, "again") {
			chosen.Again = append(chosen.Again, practice.ID)
		}
	}
	return chosen
}

// move carries a state to another questionnaire.
func movedState(s *State, from, to *Model, chosen Chosen) *State {
	after := NewMove(s, from, to).Apply(chosen, "Eve", noon.AddDate(1, 0, 0), 99)
	return &after
}

// said lists everything that is said in a state, in whatever place it is kept.
func said(s *State) map[string]bool {
	all := map[string]bool{}
	for id, a := range s.Answers {
		all[fmt.Sprint("answer ", id, a.Answer, a.By, a.At)] = a.Says()
	}
	for _, a := range s.Earlier.Answers {
		all[fmt.Sprint("answer ", a.Practice, a.Answer, a.By, a.At)] = a.Answer.Says()
	}
	decision := func(d Decision) { all[fmt.Sprint("decision ", d.Tradeoff, d.Rationale, d.At)] = true }
	for _, d := range s.Decisions {
		decision(d)
	}
	for _, d := range s.Earlier.Decisions {
		decision(d.Decision)
	}
	for id, item := range s.Plan {
		all[fmt.Sprint("plan ", id, item.Owner)] = true
	}
	for _, item := range s.Earlier.Plan {
		all[fmt.Sprint("plan ", item.Item.Practice, item.Item.Owner)] = true
	}
	for id, v := range s.Priorities {
		all[fmt.Sprint("priority ", id, v)] = true
	}
	for _, p := range s.Earlier.Priorities {
		all[fmt.Sprint("priority ", p.Pillar, p.Priority)] = true
	}
	maps.DeleteFunc(all, func(_ string, says bool) bool { return !says })
	return all
}

// counting returns what counts in a state, without versions, and without answers that say nothing.
func counting(s *State) map[string]string {
	all := map[string]string{}
	for id, a := range s.Answers {
		if a.Says() {
			all["answer "+id] = fmt.Sprint(a.Answer, a.By, a.At)
		}
	}
	for id, d := range s.Decisions {
		d.Version = 0
		all["decision "+id] = fmt.Sprint(d)
	}
	for id, item := range s.Plan {
		item.Version = 0
		all["plan "+id] = fmt.Sprint(item)
	}
	for id, v := range s.Priorities {
		all["priority "+id] = fmt.Sprint(v)
	}
	return all
}

func TestEveryAnswerIsTriagedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPair(t)
		from, to := compiled(t, a), compiled(t, b)
		s := drawState(t, from)
		move := NewMove(s, from, to)
		seen := map[string]bool{}
		for _, practice := range move.Practices {
			if seen[practice.ID] {
				t.Errorf("%s is in two classes", practice.ID)
			}
			seen[practice.ID] = true
			_, known := to.Place(practice.ID)
			if known == (practice.Class == Orphaned) {
				t.Errorf("%s is %s", practice.ID, practice.Class)
			}
			if practice.Answer.Says() == (practice.Class == NewToAsk) {
				t.Errorf("%s is %s with the answer %+v", practice.ID, practice.Class, practice.Answer)
			}
			if practice.Class == Carried && practice.Old != practice.New || (practice.Class == AskAgain || practice.Class == Reworded) && practice.Old == practice.New {
				t.Errorf("%s is %s from %v to %v", practice.ID, practice.Class, practice.Old, practice.New)
			}
		}
		for id, answer := range s.Answers {
			if answer.Says() && !seen[id] {
				t.Errorf("the answer to %s is in no class", id)
			}
		}
		for _, id := range allPractices(b) {
			if !seen[id] {
				t.Errorf("the practice %s is in no class", id)
			}
		}
	})
}

// TestNothingIsLost moves a state through several questionnaires, with new answers on the way.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := compiled(t, drawQuestionnaire(t))
		s := drawState(t, from)
		for range rapid.IntRange(1, 4).Draw(t, "moves") {
			to := compiled(t, drawQuestionnaire(t))
			before := said(s)
			versions := lastVersions(s)
			move := NewMove(s, from, to)
			after := movedState(s, from, to, drawChosen(t, move))
			got := said(after)
			for what := range before {
				if !got[what] {
					t.Fatalf("lost: %s", what)
				}
			}
			for what := range got {
				if !before[what] {
					t.Fatalf("came from nowhere: %s", what)
				}
			}
			wantFitting(t, after, to)
			for id, answer := range after.Answers {
				if old, same := s.Answers[id]; answer.Version < versions[id] || (answer.Version == versions[id] && !(same && reflect.DeepEqual(old, answer))) {
					t.Errorf("%s has version %d again", id, answer.Version)
				}
			}
			drawSaid(t, after, to)
			s, from = after, to
		}
	})
}

func lastVersions(s *State) map[string]int {
	last := map[string]int{}
	for id, answer := range s.Answers {
		last[id] = answer.Version
	}
	for _, answer := range s.Earlier.Answers {
		last[answer.Practice] = max(last[answer.Practice], answer.Version)
	}
	return last
}

// wantFitting complains about anything in a state that its questionnaire does not know, and about what is kept twice.
func wantFitting(t *rapid.T, s *State, m *Model) {
	t.Helper()
	if err := m.CheckAnswers(s.Plain(), s.Priorities); err != nil {
		t.Errorf("answers: %v", err)
	}
	for id := range s.Decisions {
		if _, ok := m.Tradeoff(id); !ok {
			t.Errorf("a decision about %s counts", id)
		}
	}
	for id := range s.Plan {
		if _, ok := m.Place(id); !ok {
			t.Errorf("%s is in the plan", id)
		}
	}
	kept := map[string]bool{}
	add := func(key string) {
		if kept[key] {
			t.Errorf("%s is kept twice", key)
		}
		kept[key] = true
	}
	for _, a := range s.Earlier.Answers {
		add("answer " + a.Practice + a.Key())
		if place, ok := m.Place(a.Practice); ok && a.Answer.Says() && place.Practice.Wording() == a.Wording {
			t.Errorf("the answer to %s is kept beside though it was given to this wording", a.Practice)
		}
	}
	for _, d := range s.Earlier.Decisions {
		add("decision " + d.Decision.Tradeoff + d.Key())
	}
	for _, item := range s.Earlier.Plan {
		add("plan " + item.Item.Practice)
	}
	for _, p := range s.Earlier.Priorities {
		add("priority " + p.Pillar)
	}
}

func TestMovingBackRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, between, to := compiled(t, drawQuestionnaire(t)), compiled(t, drawQuestionnaire(t)), compiled(t, drawQuestionnaire(t))
		first := drawState(t, from)
		s := movedState(first, from, between, drawChosen(t, NewMove(first, from, between)))
		if rapid.Bool().Draw(t, "said between") {
			drawSaid(t, s, between)
		}
		want := counting(s)
		there := movedState(s, between, to, drawChosen(t, NewMove(s, between, to)))
		got := counting(movedState(there, to, between, Chosen{}))
		for _, practice := range NewMove(there, to, between).Of(Reworded) {
			if key := "answer " + practice.ID; want[key] == "" {
				delete(got, key) // it was asked again, came back elsewhere, and means the same here
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	})
}

func TestStayingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := compiled(t, drawQuestionnaire(t))
		s := drawState(t, m)
		if got := movedState(s, m, m, Chosen{}); !reflect.DeepEqual(counting(got), counting(s)) || len(got.Earlier.Answers) > 0 {
			t.Errorf("got %+v", got)
		}
	})
}

// TestMoveIsExplained compares the snapshots before and after a move: all of the change is either the questionnaire's or
// an answer that is asked again.
func TestMoveIsExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPair(t)
		from, to := compiled(t, a), compiled(t, b)
		s := drawState(t, from)
		move := NewMove(s, from, to)
		chosen := drawChosen(t, move)
		after := movedState(s, from, to, chosen)
		c, err := Compare(NewSnapshot(s, from, "A", "", "", noon, "", 1), NewSnapshot(after, to, "B", "", "", noon, "", 2))
		if err != nil {
			t.Fatal(err)
		}
		sum := c.Scope.Questionnaire + c.Scope.Priorities + c.Scope.Applicability
		for _, practice := range c.Practices {
			sum += practice.Part
			asked := func(p MovedPractice) bool { return p.ID == practice.ID }
			if !slices.ContainsFunc(move.Of(AskAgain), asked) && !slices.Contains(chosen.Again, practice.ID) {
				t.Errorf("%s changed though it was not asked again: %+v", practice.ID, practice)
			}
			if slices.Contains(chosen.Kept, practice.ID) {
				t.Errorf("%s changed though it was kept", practice.ID)
			}
		}
		if diff := sum - c.Delta; diff > 1e-9 || diff < -1e-9 {
			t.Errorf("the parts are %v, the change %v", sum, c.Delta)
		}
	})
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

// currentOf returns the view of an assessment.
func currentOf(t *testing.T, q *Questionnaire, a Answers, f Facets) *Current {
	state, m := stateOfAnswers(a, nil), compiled(t, q)
	state.Facets = f
	return &Current{State: *state, Model: m, Result: m.ScoreState(state)}
}
