package webtest

import "plumbline/assessment"

func (a *App) Priorities(id string) (assessment.Priorities, int) {
	a.T.Helper()
	current, err := a.Store.Current(a.T.Context(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	return current.State.Priorities, current.State.Version
}
