package people_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func TestTeamNames(t *testing.T) {
	c := webtest.NewCompany(t)
	b, team := c.Browsers[webtest.Admin], templates.TeamURL(c.Things["team"])
	for name, says := range webtest.BadNames {
		for what, got := range map[string]webtest.Answer{
			"create": b.Post(templates.TeamsURL, url.Values{"name": {name}}),
			"rename": b.Post(team, url.Values{"name": {name}, "seen": {"Everyone"}}),
		} {
			webtest.Want(t, what+" "+webtest.Shown(name), got, http.StatusUnprocessableEntity, "#name-error", says)
			if typed := got.Page.Find("#name").AttrOr("value", ""); typed != strings.ToValidUTF8(name, "\uFFFD") && !strings.ContainsAny(name, "\x00\n") {
				t.Errorf("%s %s: the form has %q", what, webtest.Shown(name), webtest.Shown(typed))
			}
		}
	}
	seen := "Everyone"
	for _, name := range webtest.OddNames {
		if got := b.Post(team, url.Values{"name": {name}, "seen": {seen}}); got.Status != http.StatusSeeOther {
			t.Fatalf("rename to %q: status %d, want 303", name, got.Status)
		}
		if got := webtest.TextOf(b.Get(team).Page.Find("h1")); got != name {
			t.Errorf("the team is called %q, want %q", got, name)
		}
		seen = name
	}
	webtest.Want(t, "a name that is taken", b.Post(templates.TeamsURL, url.Values{"name": {"Payments"}}), http.StatusConflict, "#name-error", "already exists")
	webtest.Want(t, "a name that is taken", b.Post(team, url.Values{"name": {"Payments"}, "seen": {seen}}), http.StatusConflict, "#name-error", "already exists")
	stale := b.Post(team, url.Values{"name": {"Claims"}, "seen": {"Everyone"}})
	webtest.Want(t, "a stale name", stale, http.StatusConflict, ".stored", seen)
	if typed := stale.Page.Find("#name").AttrOr("value", ""); typed != "Claims" {
		t.Errorf("after the conflict the form has %q", typed)
	}
	if got := b.Post(team, webtest.FormValues(t, stale, `form[action="`+team+`"]`)); got.Status != http.StatusSeeOther {
		t.Errorf("the same again: status %d, want 303", got.Status)
	}
	if got := b.Post(team, url.Values{"name": {"Claims"}, "seen": {seen}}); got.Status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d, want 303", got.Status)
	}
	if got := b.Post(team, url.Values{"name": {"Claims 2"}}); got.Status != http.StatusPreconditionRequired {
		t.Errorf("without what was seen: status %d, want 428", got.Status)
	}
}

func TestNewTeam(t *testing.T) {
	c := webtest.NewCompany(t)
	b := c.Browsers[webtest.Admin]
	got := b.Post(templates.TeamsURL, url.Values{"name": {" Search "}})
	page := b.Get(got.Header.Get("Location"))
	if got.Status != http.StatusSeeOther || webtest.TextOf(page.Page.Find("h1")) != "Search" || !strings.Contains(page.Body, "Invite its lead") {
		t.Fatalf("status %d, then %q", got.Status, webtest.TextOf(page.Page.Find("main")))
	}
	if rows := webtest.TextsOf(b.Get(templates.TeamsURL).Page.Find("tbody th")); len(rows) != 3 {
		t.Errorf("the administrator sees the teams %q", rows)
	}
	if rows := webtest.TextsOf(c.Browsers[webtest.Viewer].Get(templates.TeamsURL).Page.Find("tbody th")); len(rows) != 1 || rows[0] != "Everyone" {
		t.Errorf("a viewer sees the teams %q", rows)
	}
	if form := c.Browsers[webtest.Lead].Get(templates.TeamsURL).Page.Find("main form"); form.Length() > 0 {
		t.Error("a lead is offered to create a team")
	}
}

// TestTeamsCountWorkloads once each, however many assessments they have.
func TestTeamsCountWorkloads(t *testing.T) {
	c := webtest.NewCompany(t)
	b, count := c.Browsers[webtest.Lead], "tbody tr td:last-child"
	before := webtest.TextOf(b.Get(templates.TeamsURL).Page.Find(count).First())
	current := c.State(c.Things["assessment"]).State
	if _, err := c.Store.StartAssessment(t.Context(), c.People[webtest.Lead], assessment.Assessment{Workload: current.Workload, Questionnaire: current.Questionnaire}); err != nil {
		t.Fatal(err)
	}
	if after := webtest.TextOf(b.Get(templates.TeamsURL).Page.Find(count).First()); after != before || before == "" {
		t.Errorf("%q workloads, and %q with another assessment", before, after)
	}
}

func TestMembers(t *testing.T) {
	c := webtest.NewCompany(t)
	b, team := c.Browsers[webtest.Lead], c.Things["team"]
	member := templates.MemberURL(team, c.Things["account"])
	change := func(role, seen string) url.Values {
		return url.Values{"do": {"change"}, "role": {role}, "seen": {seen}}
	}
	for name, tt := range map[string]struct {
		path   string
		form   url.Values
		status int
		where  string
		says   string
	}{
		"no role":         {member, change("", "viewer"), 422, ".errors", "choose a role"},
		"unknown role":    {member, change("owner", "viewer"), 422, ".errors", "choose a role"},
		"broken role":     {member, change("\xff", "viewer"), 422, ".errors", "choose a role"},
		"stale role":      {member, change("lead", "architect"), 409, ".notice-poor", "changed this role first"},
		"no seen role":    {member, url.Values{"do": {"change"}, "role": {"lead"}}, 428, "main", "Reload the page"},
		"unknown step":    {member, url.Values{"do": {"promote"}, "role": {"lead"}, "seen": {"viewer"}}, 422, "main", "“promote”"},
		"unknown account": {templates.MemberURL(team, "nobody"), change("lead", "viewer"), 404, "main", ""},
		"no member":       {templates.MemberURL(team, c.People[webtest.Neighbour].User.ID), change("lead", "viewer"), 404, "main", ""},
		"no team":         {templates.MemberURL("none", c.Things["account"]), change("lead", "viewer"), 404, "main", ""},
	} {
		before := c.Contents()
		webtest.Want(t, name, b.Post(tt.path, tt.form), tt.status, tt.where, tt.says)
		c.Untouched(before, name)
	}
	for range 2 { // a repeated submit counts once
		if got := b.Post(member, change("architect", "viewer")); got.Status != http.StatusSeeOther {
			t.Errorf("change: status %d, want 303", got.Status)
		}
	}
	if role := c.RoleOf(c.Things["account"]); role != access.Architect {
		t.Errorf("the role is %q, want architect", role)
	}
	if got := b.Post(member, url.Values{"do": {"remove"}, "seen": {"architect"}}); got.Status != http.StatusSeeOther || c.RoleOf(c.Things["account"]) != "" {
		t.Errorf("remove: status %d, the role is %q", got.Status, c.RoleOf(c.Things["account"]))
	}
	if got := c.Browsers[webtest.Viewer].Get(templates.TeamURL(team)); got.Status != http.StatusNotFound {
		t.Errorf("who was removed gets %d, want 404", got.Status)
	}
}

func TestATeamKeepsALead(t *testing.T) {
	c := webtest.NewCompany(t)
	team := c.Things["team"]
	self := func(kind int) string { return templates.MemberURL(team, c.People[kind].User.ID) }
	leave := url.Values{"do": {"remove"}, "seen": {"lead"}}
	if got := c.Browsers[webtest.Admin].Post(self(webtest.Admin), leave); got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.TeamURL(team) {
		t.Fatalf("one of two leads leaves: status %d to %s", got.Status, got.Header.Get("Location"))
	}
	webtest.Want(t, "the last lead leaves", c.Browsers[webtest.Lead].Post(self(webtest.Lead), leave), http.StatusConflict, ".notice-poor", "needs at least one lead")
	webtest.Want(t, "the last lead becomes a viewer", c.Browsers[webtest.Lead].Post(self(webtest.Lead), url.Values{"do": {"change"}, "role": {"viewer"}, "seen": {"lead"}}),
		http.StatusConflict, ".notice-poor", "needs at least one lead")
	if got := c.Browsers[webtest.Admin].Post(self(webtest.Lead), leave); got.Status != http.StatusSeeOther || c.RoleOf(c.People[webtest.Lead].User.ID) != "" {
		t.Errorf("an administrator removes the last lead: status %d", got.Status)
	}
}

func TestViewersOfATeam(t *testing.T) {
	c := webtest.NewCompany(t)
	page := c.Browsers[webtest.Viewer].Get(templates.TeamURL(c.Things["team"])).Page
	if forms := page.Find("main form").Length(); forms > 0 {
		t.Errorf("a viewer is offered %d forms", forms)
	}
	if why := webtest.TextOf(page.Find(".denied")); !strings.Contains(why, "Only a lead of this team can manage its members") {
		t.Errorf("the page says %q", why)
	}
	if rows := page.Find("tbody tr").Length(); rows != 4 {
		t.Errorf("%d members, want 4", rows)
	}
}
