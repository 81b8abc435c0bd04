package assessment_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// current returns the scene as an assessment.
func (s scene) current() *assessment.Current {
	state := assessment.State{Answers: assessment.SavedAnswers{}}
	for id, answer := range s.answers {
		state.Answers[id] = &assessment.SavedAnswer{Answer: answer, Practice: id}
	}
	state.Priorities, state.Facets = s.priorities, s.facets
	return &assessment.Current{State: state, Model: s.model, Result: s.model.ScoreState(&state)}
}

// after returns a list from one of its entries on, round to the one before it; the whole list where it has no such entry.
func after(list []string, one string) []string {
	i := max(slices.Index(list, one), 0)
	return slices.Concat(list[i:], list[:i])
}

func TestTheWalkGoesOnWhereSomethingIsOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawScene(t).current()
		var all, open []string
		for i, pillar := range c.Model.Questionnaire().Pillars {
			first := ""
			for j, principle := range pillar.Principles {
				all = append(all, principle.ID)
				if score := c.Result.Pillars[i].Principles[j]; score.Answered < score.Applicable {
					open = append(open, principle.ID)
					if first == "" {
						first = principle.ID
					}
				}
			}
			if first == "" {
				first = pillar.Principles[0].ID
			}
			if got := c.FirstOpen(i).ID; got != first {
				t.Errorf("pillar %d begins at %s, want %s", i, got, first)
			}
		}
		stopped := rapid.SampledFrom(append([]string{"", "unknown"}, all...)).Draw(t, "stopped")
		want := ""
		for _, id := range after(all, stopped) {
			if slices.Contains(open, id) {
				want = id
				break
			}
		}
		got := ""
		if next := c.NextPrinciple(stopped); next != nil {
			got = next.ID
		}
		if got != want {
			t.Errorf("from %q on to %q, want %q of %v", stopped, got, want, open)
		}
	})
}

func TestStarted(t *testing.T) {
	for score, want := range map[assessment.Score]bool{
		{Applicable: 3, Total: 3}:              false,
		{Answered: 1, Applicable: 3, Total: 3}: true,
		{Applicable: 2, Total: 3}:              true, // one does not apply
		{}:                                     false,
	} {
		if got := score.Started(); got != want {
			t.Errorf("%+v: started %v", score, got)
		}
	}
}
