package move

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// drawState returns a state of a questionnaire with everything that people can have said.
func drawState(t *rapid.T, m *assessment.Model) *assessment.State {
	q := m.Questionnaire()
	s := &assessment.State{Decisions: map[string]assessment.Decision{}, Plan: map[string]assessment.PlanItem{}, Earlier: assessment.Earlier{}}
	s.Priorities = exampletest.DrawPriorities(t, q)
	drawSaid(t, s, m)
	return s
}

// drawSaid changes about half of what is said in a state.
func drawSaid(t *rapid.T, s *assessment.State, m *assessment.Model) {
	at := noon.Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "minutes")) * time.Minute)
	for _, id := range exampletest.AllPractices(m.Questionnaire()) {
		if rapid.Bool().Draw(t, "answered") {
			answer := answered(rapid.SampledFrom(exampletest.AllStatuses).Draw(t, "status"), s.Answer(id).Version+1)
			answer.Practice, answer.At, answer.By = id, at, rapid.SampledFrom([]string{"Ines", "Tom"}).Draw(t, "by")
			answer.Note = rapid.SampledFrom([]string{"", "A note."}).Draw(t, "note")
			s.Answers = s.Answers.With(&answer)
		}
		if rapid.IntRange(0, 3).Draw(t, "planned") == 0 {
			s.Plan[id] = assessment.PlanItem{Practice: id, Owner: rapid.SampledFrom([]string{"Ada", "Bo"}).Draw(t, "owner"), Version: 1}
		}
	}
	for i := range m.Questionnaire().Tradeoffs {
		tradeoff := &m.Questionnaire().Tradeoffs[i]
		if rapid.Bool().Draw(t, "decided") {
			s.Decisions[tradeoff.ID] = assessment.Decision{Tradeoff: tradeoff.ID, Choice: assessment.Accept, At: at, Version: 1,
				Rationale: rapid.SampledFrom([]string{"Fine.", "Well."}).Draw(t, "rationale"),
				Signals:   []int{rapid.IntRange(0, len(tradeoff.Signals)-1).Draw(t, "signal")}}
		}
	}
}

// drawChosen keeps some of the practices that are asked again, and asks some of the reworded ones again.
func drawChosen(t *rapid.T, outcome *Outcome) Chosen {
	var chosen Chosen
	for _, practice := range outcome.Of(AskAgain) {
		if rapid.Bool().Draw(t, "kept") {
			chosen.Kept = append(chosen.Kept, practice.ID)
		}
	}
	for _, practice := range outcome.Of(Reworded) {
		if rapid.Bool().Draw(t, "again") {
			chosen.Again = append(chosen.Again, practice.ID)
		}
	}
	return chosen
}

// movedState carries a state to another questionnaire.
func movedState(s *assessment.State, from, to *assessment.Model, chosen Chosen) *assessment.State {
	after := NewOutcome(s, from, to).Apply(chosen, "Eve", noon.AddDate(1, 0, 0), 99)
	return &after
}

// said lists everything that is said in a state, in whatever place it is kept.
func said(s *assessment.State) map[string]bool {
	all := map[string]bool{}
	for id, a := range s.Answers {
		all[fmt.Sprint("answer ", id, a.Answer, a.By, a.At)] = a.Says()
	}
	for _, a := range s.Earlier.Answers {
		all[fmt.Sprint("answer ", a.Practice, a.Answer, a.By, a.At)] = a.Answer.Says()
	}
	decision := func(d assessment.Decision) { all[fmt.Sprint("decision ", d.Tradeoff, d.Rationale, d.At)] = true }
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
func counting(s *assessment.State) map[string]string {
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
		a, b := exampletest.DrawPair(t)
		from, to := exampletest.Compiled(t, a), exampletest.Compiled(t, b)
		s := drawState(t, from)
		outcome := NewOutcome(s, from, to)
		seen := map[string]bool{}
		for _, practice := range outcome.Practices {
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
		for _, id := range exampletest.AllPractices(b) {
			if !seen[id] {
				t.Errorf("the practice %s is in no class", id)
			}
		}
	})
}

// TestNothingIsLost moves a state through several questionnaires, with new answers on the way.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := exampletest.Compiled(t, exampletest.DrawQuestionnaire(t))
		s := drawState(t, from)
		for range rapid.IntRange(1, 4).Draw(t, "moves") {
			to := exampletest.Compiled(t, exampletest.DrawQuestionnaire(t))
			before := said(s)
			versions := lastVersions(s)
			outcome := NewOutcome(s, from, to)
			after := movedState(s, from, to, drawChosen(t, outcome))
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

func lastVersions(s *assessment.State) map[string]int {
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
func wantFitting(t *rapid.T, s *assessment.State, m *assessment.Model) {
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
		from, between, to := exampletest.Compiled(t, exampletest.DrawQuestionnaire(t)), exampletest.Compiled(t, exampletest.DrawQuestionnaire(t)), exampletest.Compiled(t, exampletest.DrawQuestionnaire(t))
		first := drawState(t, from)
		s := movedState(first, from, between, drawChosen(t, NewOutcome(first, from, between)))
		if rapid.Bool().Draw(t, "said between") {
			drawSaid(t, s, between)
		}
		want := counting(s)
		there := movedState(s, between, to, drawChosen(t, NewOutcome(s, between, to)))
		got := counting(movedState(there, to, between, Chosen{}))
		for _, practice := range NewOutcome(there, to, between).Of(Reworded) {
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
		m := exampletest.Compiled(t, exampletest.DrawQuestionnaire(t))
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
		a, b := exampletest.DrawPair(t)
		from, to := exampletest.Compiled(t, a), exampletest.Compiled(t, b)
		s := drawState(t, from)
		outcome := NewOutcome(s, from, to)
		chosen := drawChosen(t, outcome)
		after := movedState(s, from, to, chosen)
		c, err := assessment.Compare(assessment.NewSnapshot(s, from, "A", "", "", noon, "", 1), assessment.NewSnapshot(after, to, "B", "", "", noon, "", 2))
		if err != nil {
			t.Fatal(err)
		}
		sum := c.Scope.Questionnaire + c.Scope.Priorities + c.Scope.Applicability
		for _, practice := range c.Practices {
			sum += practice.Part
			asked := func(p Practice) bool { return p.ID == practice.ID }
			if !slices.ContainsFunc(outcome.Of(AskAgain), asked) && !slices.Contains(chosen.Again, practice.ID) {
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
