package exampletest

import (
	"pgregory.net/rapid"

	"plumbline/assessment"
)

// Compiled returns the model of a questionnaire, and ends the test where it has none.
func Compiled(t rapid.TB, q *assessment.Questionnaire) *assessment.Model {
	t.Helper()
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// State returns an assessment with these answers, each saved once.
func State(a assessment.Answers, p assessment.Priorities) *assessment.State {
	s := &assessment.State{Assessment: assessment.Assessment{Priorities: p}}
	for id, answer := range a {
		s.Answers = s.Answers.With(&assessment.SavedAnswer{Answer: answer, Practice: id, Version: 1})
	}
	return s
}

// Current returns the view of an assessment with these answers and facets.
func Current(t rapid.TB, q *assessment.Questionnaire, a assessment.Answers, f assessment.Facets) *assessment.Current {
	state, m := State(a, nil), Compiled(t, q)
	state.Facets = f
	return &assessment.Current{State: *state, Model: m, Result: m.ScoreState(state)}
}
