package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func TestFieldsThatNobodyAskedFor(t *testing.T) {
	c := webtest.NewCompany(t)
	b, id, me := c.Browsers[webtest.Architect], c.Things["assessment"], c.People[webtest.Architect].User
	was := c.State(id)
	send := func(what, path string, form url.Values) {
		t.Helper()
		if got := b.Post(path, c.Extras(form)); got.Status != http.StatusSeeOther {
			t.Fatalf("%s: status %d, want 303", what, got.Status)
		}
	}
	send("answer", templates.AnswerURL(id, c.Things["practice"]), c.AnswerForm())
	settings := templates.EditWorkloadURL(c.Things["workload"])
	send("settings", settings, webtest.FormValues(t, b.Get(settings), "main form"))
	tradeoff := c.Things["tradeoff"]
	send("decision", templates.DecisionURL(id, tradeoff), url.Values{"version": {"0"}, "choice": {"accept"}, "rationale": {"Cheap."},
		"owner": {"Ana"}, "date": {"2026-11-23"}})
	send("snapshot", templates.SnapshotsURL(id), url.Values{"version": {"1"}, "title": {"Second"}})
	create := webtest.NewWorkloadForm(t, b, "New")
	send("new workload", templates.NewWorkloadURL, create)

	now := c.State(id)
	if now.State.Workload.Team != was.State.Workload.Team || now.State.Workload.ID != was.State.Workload.ID {
		t.Errorf("the workload is %+v now", now.State.Workload)
	}
	if answer := now.State.Answer(c.Things["practice"]); answer.By != me.Name || answer.At.Year() != c.Now().Year() {
		t.Errorf("the answer is by %s at %s", answer.By, answer.At)
	}
	if decision := now.State.Decisions[tradeoff]; decision.By != me.Name || decision.State != stateOfTradeoff(now, tradeoff) {
		t.Errorf("the decision is %+v", decision)
	}
	if snapshot := c.Snapshots(id)[0]; snapshot.TakenBy != me.Name || snapshot.Sequence != 2 {
		t.Errorf("the snapshot is %+v", snapshot)
	}
	rows, err := c.Store.Portfolio(context.Background(), assessment.PortfolioFilter{Teams: []string{c.Things["team"]}})
	if err != nil || len(rows) != 2 {
		t.Errorf("%d workloads in the team, %v, want 2", len(rows), err)
	}
	if role := c.RoleOf(me.ID); role != access.Architect || c.Stored(me.ID).Admin {
		t.Errorf("the role is %q now", role)
	}
}

func stateOfTradeoff(c *assessment.Current, id string) assessment.TradeoffState {
	for _, tradeoff := range c.Result.Tradeoffs {
		if tradeoff.ID == id {
			return tradeoff.State
		}
	}
	return ""
}

// TestTeamOfANewWorkload holds that a person in several teams says which, and can name none that is not theirs.
func TestTeamOfANewWorkload(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Neighbour], c.People[webtest.Neighbour].User
	payments := c.People[webtest.Neighbour].Memberships[0].Team.ID
	if err := c.Store.SetMembership(t.Context(), access.Actor{}, person.ID, c.Things["team"], access.Viewer); err != nil {
		t.Fatal(err)
	}
	if page := b.Get(templates.NewWorkloadURL).Page; page.Find("#team").Length() > 0 {
		t.Error("who may make workloads in one team is asked which")
	}
	third, err := c.Store.CreateTeam(t.Context(), access.Actor{}, "Search")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Store.SetMembership(t.Context(), access.Actor{}, person.ID, third.ID, access.Architect); err != nil {
		t.Fatal(err)
	}
	page := b.Get(templates.NewWorkloadInURL(third.ID)).Page
	if offered := webtest.TextsOf(page.Find("#team option")); len(offered) != 3 || page.Find("#team option[selected]").AttrOr("value", "") != third.ID {
		t.Errorf("offered %q", offered)
	}
	form := webtest.NewWorkloadForm(t, b, "Claims")
	for _, team := range []string{"", "none", c.Things["team"], "\xff", "<b>", "a\x00"} {
		form.Set("team", team)
		got := b.Post(templates.NewWorkloadURL, form)
		webtest.Want(t, "team "+webtest.Shown(team), got, http.StatusUnprocessableEntity, "#team-error", "Choose a team from the list")
		if name := got.Page.Find("#name").AttrOr("value", ""); name != "Claims" {
			t.Errorf("the name is %q after the error", name)
		}
	}
	for _, team := range []string{payments, third.ID} {
		form := webtest.NewWorkloadForm(t, b, "Claims "+team)
		form.Set("team", team)
		if got := b.Post(templates.NewWorkloadURL, form); got.Status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.Status)
		}
	}
	rows, err := c.Store.Portfolio(t.Context(), assessment.PortfolioFilter{Teams: []string{third.ID}})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d workloads, %v", len(rows), err)
	}
	settings := b.Get(templates.EditWorkloadURL(rows[0].Assessment.Workload.ID))
	webtest.Want(t, "settings", settings, http.StatusOK, ".title", "Team Search")
}

// TestRefusalsInPlace holds what a script is answered that asks for what its person may not do.
func TestRefusalsInPlace(t *testing.T) {
	c := webtest.NewCompany(t)
	path := templates.AnswerURL(c.Things["assessment"], c.Things["practice"])
	got := c.Browsers[webtest.Viewer].Live(path, c.AnswerForm())
	webtest.Want(t, "in place", got, http.StatusForbidden, "#refused", "Only an architect or a lead of this team can answer practices.")
	if got.Page.Find("html head title").Length() > 0 || got.Header.Get("HX-Retarget") != "#main" {
		t.Errorf("the answer is a whole page, or goes to %q", got.Header.Get("HX-Retarget"))
	}
	webtest.Want(t, "as a page", c.Browsers[webtest.Viewer].Post(path, c.AnswerForm()), http.StatusForbidden, "main", "Only an architect or a lead of this team can answer practices.")
}
