package webtest

import "strconv"

func (a *App) Version(id, tradeoff string) string {
	return strconv.Itoa(a.State(id).State.Decisions[tradeoff].Version)
}
