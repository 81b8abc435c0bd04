package webtest

import "plumbline/assessment"

func (a *App) Workload(id string) assessment.Workload {
	a.T.Helper()
	w, err := a.Store.Workload(a.T.Context(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	return w
}
