package webtest

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
)

// SignedInWith returns a browser of somebody else with a role in the team of the test's account.
func (a *App) SignedInWith(role access.Role) *Browser {
	a.T.Helper()
	if role == "" {
		return a.SignedInAs(a.Member("", "").User)
	}
	return a.SignedInAs(a.Member(a.Actor().Memberships[0].Team.ID, role).User)
}

func (a *App) Approval(snapshot string) (assessment.Approval, bool) {
	a.T.Helper()
	approval, ok, err := a.Store.Approval(context.Background(), snapshot)
	if err != nil {
		a.T.Fatal(err)
	}
	return approval, ok
}

// Given is the approval that the page of a snapshot shows, as its form names it.
func (b *Browser) Given(snapshot string) string {
	return b.Get(templates.SnapshotURL(snapshot)).Page.Find("#approval input[name=given]").AttrOr("value", "")
}
