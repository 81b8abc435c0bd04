package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// extras are fields that no form has, and that nobody may decide by adding them.
func (c *company) extras(form url.Values) url.Values {
	payments := c.people[neighbour].Memberships[0].Team.ID
	for name, value := range map[string]string{
		"team": payments, "team_id": payments, "role": "lead", "admin": "1", "by": "Mallory", "at": "2020-01-01T00:00:00Z", "id": "mallory",
		"account": c.people[admin].User.ID, "assessment": "none", "workload": "none", "state": "quiet", "taken_by": "Mallory", "sequence": "99",
	} {
		if !form.Has(name) {
			form.Set(name, value)
		}
	}
	return form
}

func TestFieldsThatNobodyAskedFor(t *testing.T) {
	c := newCompany(t)
	b, id, me := c.browsers[architect], c.things["assessment"], c.people[architect].User
	was := c.state(id)
	send := func(what, path string, form url.Values) {
		t.Helper()
		if got := b.post(path, c.extras(form)); got.status != http.StatusSeeOther {
			t.Fatalf("%s: status %d, want 303", what, got.status)
		}
	}
	send("answer", templates.AnswerURL(id, c.things["practice"]), c.answerForm())
	settings := templates.EditWorkloadURL(c.things["workload"])
	send("settings", settings, formValues(t, b.get(settings), "main form"))
	tradeoff := c.things["tradeoff"]
	send("decision", templates.DecisionURL(id, tradeoff), url.Values{"version": {"0"}, "choice": {"accept"}, "rationale": {"Cheap."},
		"owner": {"Ana"}, "date": {"2026-11-23"}})
	send("snapshot", templates.SnapshotsURL(id), url.Values{"version": {"1"}, "title": {"Second"}})
	create := newWorkloadForm(t, b, "New")
	send("new workload", templates.NewWorkloadURL, create)

	now := c.state(id)
	if now.State.Workload.Team != was.State.Workload.Team || now.State.Workload.ID != was.State.Workload.ID {
		t.Errorf("the workload is %+v now", now.State.Workload)
	}
	if answer := now.State.Answer(c.things["practice"]); answer.By != me.Name || answer.At.Year() != c.now.Year() {
		t.Errorf("the answer is by %s at %s", answer.By, answer.At)
	}
	if decision := now.State.Decisions[tradeoff]; decision.By != me.Name || decision.State != stateOfTradeoff(now, tradeoff) {
		t.Errorf("the decision is %+v", decision)
	}
	if snapshot := c.snapshots(id)[0]; snapshot.TakenBy != me.Name || snapshot.Sequence != 2 {
		t.Errorf("the snapshot is %+v", snapshot)
	}
	rows, err := c.store.Portfolio(context.Background(), assessment.PortfolioFilter{Teams: []string{c.things["team"]}})
	if err != nil || len(rows) != 2 {
		t.Errorf("%d workloads in the team, %v, want 2", len(rows), err)
	}
	if role := c.roleOf(me.ID); role != assessment.Architect || c.stored(me.ID).Admin {
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
	c := newCompany(t)
	b, person := c.browsers[neighbour], c.people[neighbour].User
	payments := c.people[neighbour].Memberships[0].Team.ID
	if err := c.store.SetMembership(t.Context(), person.ID, c.things["team"], assessment.Viewer); err != nil {
		t.Fatal(err)
	}
	if page := b.get(templates.NewWorkloadURL).page; page.Find("#team").Length() > 0 {
		t.Error("who may make workloads in one team is asked which")
	}
	third, err := c.store.CreateTeam(t.Context(), "Search")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.store.SetMembership(t.Context(), person.ID, third.ID, assessment.Architect); err != nil {
		t.Fatal(err)
	}
	page := b.get(templates.NewWorkloadInURL(third.ID)).page
	if offered := textsOf(page.Find("#team option")); len(offered) != 3 || page.Find("#team option[selected]").AttrOr("value", "") != third.ID {
		t.Errorf("offered %q", offered)
	}
	form := newWorkloadForm(t, b, "Claims")
	for _, team := range []string{"", "none", c.things["team"], "\xff", "<b>", "a\x00"} {
		form.Set("team", team)
		got := b.post(templates.NewWorkloadURL, form)
		want(t, "team "+shown(team), got, http.StatusUnprocessableEntity, "#team-error", "choose one of the list")
		if name := got.page.Find("#name").AttrOr("value", ""); name != "Claims" {
			t.Errorf("the name is %q after the error", name)
		}
	}
	for _, team := range []string{payments, third.ID} {
		form := newWorkloadForm(t, b, "Claims "+team)
		form.Set("team", team)
		if got := b.post(templates.NewWorkloadURL, form); got.status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.status)
		}
	}
	rows, err := c.store.Portfolio(t.Context(), assessment.PortfolioFilter{Teams: []string{third.ID}})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d workloads, %v", len(rows), err)
	}
	settings := b.get(templates.EditWorkloadURL(rows[0].Assessment.Workload.ID))
	want(t, "settings", settings, http.StatusOK, ".title", "Team Search")
}

// TestRefusalsInPlace holds what a script is answered that asks for what its person may not do.
func TestRefusalsInPlace(t *testing.T) {
	c := newCompany(t)
	path := templates.AnswerURL(c.things["assessment"], c.things["practice"])
	got := c.browsers[viewer].live(path, c.answerForm())
	want(t, "in place", got, http.StatusForbidden, "#refused", "Only an architect or a lead of this team may answer practices.")
	if got.page.Find("html head title").Length() > 0 || got.header.Get("HX-Retarget") != "#main" {
		t.Errorf("the answer is a whole page, or goes to %q", got.header.Get("HX-Retarget"))
	}
	want(t, "as a page", c.browsers[viewer].post(path, c.answerForm()), http.StatusForbidden, "main", "Only an architect or a lead of this team may answer practices.")
}
