package webtest

import (
	"context"

	"plumbline/assessment"
)

// Answered saves one status for the practices at the positions from first to last-1.
func (a *App) Answered(id string, first, last int, status assessment.Status, reason string) {
	a.T.Helper()
	current, err := a.Store.Current(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	practices := a.Practices(id)
	var saves []assessment.SaveAnswer
	for _, practice := range practices[first:min(last, len(practices))] {
		saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Version: current.State.Answer(practice.ID).Version,
			Answer: assessment.Answer{Status: status, Reason: reason}})
	}
	if _, err := a.Store.SaveAnswers(context.Background(), a.Actor(), id, saves); err != nil {
		a.T.Fatal(err)
	}
}
