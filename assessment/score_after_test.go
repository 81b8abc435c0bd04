package assessment

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// stateOfAnswers returns a state with these answers and priorities.
func stateOfAnswers(a Answers, p Priorities) *State {
	s := &State{Assessment: Assessment{Priorities: p}}
	for id, answer := range a {
		s.Answers = s.Answers.With(&SavedAnswer{Answer: answer, Practice: id, Version: 1})
	}
	return s
}

// answering returns the state with another answer to a practice, as a save makes it.
func answering(s *State, practice string, status Status) *State {
	next := *s
	next.Answers = s.Answers.With(&SavedAnswer{Answer: Answer{Status: status, Reason: "A reason."}, Practice: practice})
	return &next
}

func written(t failer, r *Result) string {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + fmt.Sprintf("%+v %+v", r.Overall, r.Pillars)
}

// TestScoreAfterIsScoreState follows a questionnaire through changes: each result is the one that a computation of
// everything gives, to the last bit, and none of those before it changes.
func TestScoreAfterIsScoreState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		ids := append(allPractices(s.questionnaire), "nobody-knows-it")
		state := stateOfAnswers(s.answers, s.priorities)
		before := s.model.ScoreState(state)
		results, texts := []*Result{before}, []string{written(t, before)}
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			practices := rapid.SliceOfN(rapid.SampledFrom(ids), 0, 3).Draw(t, "practices")
			for _, id := range practices {
				state = answering(state, id, rapid.SampledFrom(allStatuses).Draw(t, "status"))
			}
			after, want := s.model.ScoreAfter(before, state, practices), s.model.ScoreState(state)
			if !reflect.DeepEqual(after, want) {
				t.Fatalf("after %v\n%s\nwant\n%s", practices, written(t, after), written(t, want))
			}
			if got := written(t, after); got != written(t, want) {
				t.Fatalf("after %v\n%s\nwant\n%s", practices, got, written(t, want))
			}
			before, results, texts = after, append(results, after), append(texts, written(t, after))
		}
		for i, r := range results {
			if written(t, r) != texts[i] {
				t.Fatalf("the result after %d changes has changed", i)
			}
		}
	})
}

// TestScoreAfterOfLarge changes each practice of a large questionnaire, one after the other.
func TestScoreAfterOfLarge(t *testing.T) {
	q, answers := large()
	m := compiled(t, q)
	state := stateOfAnswers(answers, Priorities{"pillar-1": 2})
	before := m.ScoreState(state)
	for i, id := range slices.Concat(allPractices(q), allPractices(q)) {
		state = answering(state, id, allStatuses[(i*3+i/5)%len(allStatuses)])
		before = m.ScoreAfter(before, state, []string{id})
		if !reflect.DeepEqual(before, m.ScoreState(state)) {
			t.Fatalf("the result after change %d, of %s, is not that of a full computation", i, id)
		}
	}
}

func TestScoreAfterWhatItCannotGoOnFrom(t *testing.T) {
	q, answers := large()
	m, ids := compiled(t, q), allPractices(q)
	state := stateOfAnswers(answers, nil)
	changed := state
	for _, id := range ids {
		changed = answering(changed, id, Partial)
	}
	want := m.ScoreState(changed)
	for _, tt := range []struct {
		name      string
		before    *Result
		practices []string // of which it is said that they have changed
	}{
		{"many changes", m.ScoreState(state), ids},
		{"a result without what it rests on", m.Evaluate(answers, nil), nil},
		{"a result of another model", compiled(t, q).ScoreState(state), nil},
	} {
		if got := m.ScoreAfter(tt.before, changed, tt.practices); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", tt.name, got.Overall, want.Overall)
		}
	}
	if before := m.ScoreState(state); m.ScoreAfter(before, state, ids[:1]) != before {
		t.Error("a note that changed made another result")
	}
}

// TestScoreStateIsScore holds that the state of an assessment is scored as its answers are, and that a pillar's
// findings are those of the whole.
func TestScoreStateIsScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		state := stateOfAnswers(s.answers, s.priorities)
		c := &Current{State: *state, Model: s.model, Result: s.model.ScoreState(state)}
		want := s.model.Score(s.answers, s.priorities)
		for i := range s.questionnaire.Pillars {
			pillar := &s.questionnaire.Pillars[i]
			all := slices.DeleteFunc(slices.Clone(c.Full().Findings), func(f Finding) bool {
				place, _ := s.model.Place(f.Practice)
				return place.Pillar != pillar
			})
			for n := range len(all) + 2 {
				if got, want := c.Worst(pillar.ID, n), all[:min(n, len(all))]; !slices.Equal(got, want) {
					t.Fatalf("%d findings of %s\n%+v\nwant\n%+v", n, pillar.ID, got, want)
				}
			}
		}
		got := *c.Result
		got.Findings, got.evaluation = want.Findings, nil
		if !reflect.DeepEqual(&got, want) || c.Worst("nobody-knows-it", 1) != nil {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	})
}

// TestWorstOfEmptyLevels asks pillars in which principles or all levels are empty, as a questionnaire that is being
// written has them.
func TestWorstOfEmptyLevels(t *testing.T) {
	q := example()
	empty := Principle{ID: "empty-01", Title: "Empty", Weight: 1}
	first := &q.Pillars[0]
	want := first.ID
	first.Principles = append(append([]Principle{empty}, first.Principles...), Principle{ID: "empty-02", Title: "Empty", Weight: 1})
	q.Pillars = append(q.Pillars, Pillar{ID: "hollow", Title: "Hollow", Principles: []Principle{{ID: "hollow-01", Title: "Hollow", Weight: 1}}})
	m, err := Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	var absent []*SavedAnswer
	for _, id := range m.ids {
		absent = append(absent, &SavedAnswer{Practice: id, Version: 1, Answer: Answer{Status: Absent}})
	}
	state := &State{Answers: NewSavedAnswers(absent)}
	c := Current{State: *state, Model: m, Result: m.ScoreState(state)}
	if got := c.Worst("hollow", 5); len(got) != 0 {
		t.Errorf("an empty pillar has findings %v", got)
	}
	for _, finding := range c.Worst(want, 100) {
		if place, _ := m.Place(finding.Practice); place.Pillar.ID != want {
			t.Errorf("%s is of %s", finding.Practice, place.Pillar.ID)
		}
	}
	if got, want := len(c.Worst(want, 100)), c.Result.Pillars[0].Findings.Total(); got != want || got == 0 {
		t.Errorf("%d findings, want %d", got, want)
	}
}
