package assessment_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// stateOfAnswers returns a state with these answers and priorities.

// TestScoreStateIsScore holds that the state of an assessment is scored as its answers are, and that a pillar's
// findings are those of the whole.
func TestScoreStateIsScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		state := exampletest.State(s.answers, s.priorities)
		state.Facets = s.facets
		c := &assessment.Current{State: *state, Model: s.model, Result: s.model.ScoreState(state)}
		want := s.model.Score(s.answers, s.priorities, s.facets)
		for i := range s.questionnaire.Pillars {
			pillar := &s.questionnaire.Pillars[i]
			all := slices.DeleteFunc(slices.Clone(c.Full().Findings), func(f assessment.Finding) bool {
				place, _ := s.model.Place(f.Practice)
				return place.Pillar != pillar
			})
			for n := range len(all) + 2 {
				if got, want := c.Worst(pillar.ID, n), all[:min(n, len(all))]; !slices.Equal(got, want) {
					t.Fatalf("%d findings of %s\n%+v\nwant\n%+v", n, pillar.ID, got, want)
				}
			}
		}
		got := assessment.Bare(*c.Result)
		got.Findings = want.Findings
		if !reflect.DeepEqual(&got, want) || c.Worst("nobody-knows-it", 1) != nil {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	})
}

// TestWorstOfEmptyLevels asks pillars in which principles or all levels are empty, as a questionnaire that is being
// written has them.
func TestWorstOfEmptyLevels(t *testing.T) {
	q := exampletest.Questionnaire()
	empty := assessment.Principle{ID: "empty-01", Title: "Empty", Weight: 1}
	first := &q.Pillars[0]
	want := first.ID
	first.Principles = append(append([]assessment.Principle{empty}, first.Principles...), assessment.Principle{ID: "empty-02", Title: "Empty", Weight: 1})
	q.Pillars = append(q.Pillars, assessment.Pillar{ID: "hollow", Title: "Hollow", Principles: []assessment.Principle{{ID: "hollow-01", Title: "Hollow", Weight: 1}}})
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	absent := assessment.Answers{}
	for _, id := range exampletest.AllPractices(q) {
		absent[id] = assessment.Answer{Status: assessment.Absent}
	}
	state := exampletest.State(absent, nil)
	c := assessment.Current{State: *state, Model: m, Result: m.ScoreState(state)}
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
