package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// badNames are names that are refused, with what the answer says.
var badNames = map[string]string{
	"":                          "is needed",
	"  \t ":                     "is needed",
	strings.Repeat("x", 121):    "121 characters; at most 120",
	strings.Repeat("ä", 10_000): "10000 characters",
	"two\nlines":                "U+000A",
	"nul\x00":                   "U+0000",
	"broken \xff\xfe":           "not UTF-8",
}

// oddNames are names that are stored as they were typed.
var oddNames = []string{"Zahlungen 🧾", "فريق الدفع", `<script>alert(1)</script>`, `"; DROP TABLE team; --`, "=1+1"}

func TestTeamNames(t *testing.T) {
	c := newCompany(t)
	b, team := c.browsers[admin], templates.TeamURL(c.things["team"])
	for name, says := range badNames {
		for what, got := range map[string]answer{
			"create": b.post(templates.TeamsURL, url.Values{"name": {name}}),
			"rename": b.post(team, url.Values{"name": {name}, "seen": {"Everyone"}}),
		} {
			want(t, what+" "+shown(name), got, http.StatusUnprocessableEntity, "#name-error", says)
			if typed := got.page.Find("#name").AttrOr("value", ""); typed != strings.ToValidUTF8(name, "\uFFFD") && !strings.ContainsAny(name, "\x00\n") {
				t.Errorf("%s %s: the form has %q", what, shown(name), shown(typed))
			}
		}
	}
	seen := "Everyone"
	for _, name := range oddNames {
		if got := b.post(team, url.Values{"name": {name}, "seen": {seen}}); got.status != http.StatusSeeOther {
			t.Fatalf("rename to %q: status %d, want 303", name, got.status)
		}
		if got := textOf(b.get(team).page.Find("h1")); got != name {
			t.Errorf("the team is called %q, want %q", got, name)
		}
		seen = name
	}
	want(t, "a name that is taken", b.post(templates.TeamsURL, url.Values{"name": {"Payments"}}), http.StatusConflict, "#name-error", "already a team")
	want(t, "a name that is taken", b.post(team, url.Values{"name": {"Payments"}, "seen": {seen}}), http.StatusConflict, "#name-error", "already a team")
	stale := b.post(team, url.Values{"name": {"Claims"}, "seen": {"Everyone"}})
	want(t, "a stale name", stale, http.StatusConflict, ".stored", seen)
	if typed := stale.page.Find("#name").AttrOr("value", ""); typed != "Claims" {
		t.Errorf("after the conflict the form has %q", typed)
	}
	if got := b.post(team, formValues(t, stale, `form[action="`+team+`"]`)); got.status != http.StatusSeeOther {
		t.Errorf("the same again: status %d, want 303", got.status)
	}
	if got := b.post(team, url.Values{"name": {"Claims"}, "seen": {seen}}); got.status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d, want 303", got.status)
	}
	if got := b.post(team, url.Values{"name": {"Claims 2"}}); got.status != http.StatusPreconditionRequired {
		t.Errorf("without what was seen: status %d, want 428", got.status)
	}
}

func TestNewTeam(t *testing.T) {
	c := newCompany(t)
	b := c.browsers[admin]
	got := b.post(templates.TeamsURL, url.Values{"name": {" Search "}})
	page := b.get(got.header.Get("Location"))
	if got.status != http.StatusSeeOther || textOf(page.page.Find("h1")) != "Search" || !strings.Contains(page.body, "Invite its lead") {
		t.Fatalf("status %d, then %q", got.status, textOf(page.page.Find("main")))
	}
	if rows := textsOf(b.get(templates.TeamsURL).page.Find("tbody th")); len(rows) != 3 {
		t.Errorf("the administrator sees the teams %q", rows)
	}
	if rows := textsOf(c.browsers[viewer].get(templates.TeamsURL).page.Find("tbody th")); len(rows) != 1 || rows[0] != "Everyone" {
		t.Errorf("a viewer sees the teams %q", rows)
	}
	if form := c.browsers[lead].get(templates.TeamsURL).page.Find("main form"); form.Length() > 0 {
		t.Error("a lead is offered to create a team")
	}
}

func TestMembers(t *testing.T) {
	c := newCompany(t)
	b, team := c.browsers[lead], c.things["team"]
	member := templates.MemberURL(team, c.things["account"])
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
		"no role":         {member, change("", "viewer"), 422, ".errors", "choose one of the list"},
		"unknown role":    {member, change("owner", "viewer"), 422, ".errors", "choose one of the list"},
		"broken role":     {member, change("\xff", "viewer"), 422, ".errors", "choose one of the list"},
		"stale role":      {member, change("lead", "architect"), 409, ".notice-poor", "changed this role in the meantime"},
		"no seen role":    {member, url.Values{"do": {"change"}, "role": {"lead"}}, 428, "main", "Load the page again"},
		"unknown step":    {member, url.Values{"do": {"promote"}, "role": {"lead"}, "seen": {"viewer"}}, 422, "main", "“promote”"},
		"unknown account": {templates.MemberURL(team, "nobody"), change("lead", "viewer"), 404, "main", ""},
		"no member":       {templates.MemberURL(team, c.people[neighbour].User.ID), change("lead", "viewer"), 404, "main", ""},
		"no team":         {templates.MemberURL("none", c.things["account"]), change("lead", "viewer"), 404, "main", ""},
	} {
		before := c.contents()
		want(t, name, b.post(tt.path, tt.form), tt.status, tt.where, tt.says)
		c.untouched(before, name)
	}
	for range 2 { // a repeated submit counts once
		if got := b.post(member, change("architect", "viewer")); got.status != http.StatusSeeOther {
			t.Errorf("change: status %d, want 303", got.status)
		}
	}
	if role := c.roleOf(c.things["account"]); role != assessment.Architect {
		t.Errorf("the role is %q, want architect", role)
	}
	if got := b.post(member, url.Values{"do": {"remove"}, "seen": {"architect"}}); got.status != http.StatusSeeOther || c.roleOf(c.things["account"]) != "" {
		t.Errorf("remove: status %d, the role is %q", got.status, c.roleOf(c.things["account"]))
	}
	if got := c.browsers[viewer].get(templates.TeamURL(team)); got.status != http.StatusNotFound {
		t.Errorf("who was removed gets %d, want 404", got.status)
	}
}

func TestATeamKeepsALead(t *testing.T) {
	c := newCompany(t)
	team := c.things["team"]
	self := func(kind int) string { return templates.MemberURL(team, c.people[kind].User.ID) }
	leave := url.Values{"do": {"remove"}, "seen": {"lead"}}
	if got := c.browsers[admin].post(self(admin), leave); got.status != http.StatusSeeOther || got.header.Get("Location") != templates.TeamURL(team) {
		t.Fatalf("one of two leads leaves: status %d to %s", got.status, got.header.Get("Location"))
	}
	want(t, "the last lead leaves", c.browsers[lead].post(self(lead), leave), http.StatusConflict, ".notice-poor", "keeps at least one lead")
	want(t, "the last lead becomes a viewer", c.browsers[lead].post(self(lead), url.Values{"do": {"change"}, "role": {"viewer"}, "seen": {"lead"}}),
		http.StatusConflict, ".notice-poor", "keeps at least one lead")
	if got := c.browsers[admin].post(self(lead), leave); got.status != http.StatusSeeOther || c.roleOf(c.people[lead].User.ID) != "" {
		t.Errorf("an administrator removes the last lead: status %d", got.status)
	}
}

func TestViewersOfATeam(t *testing.T) {
	c := newCompany(t)
	page := c.browsers[viewer].get(templates.TeamURL(c.things["team"])).page
	if forms := page.Find("main form").Length(); forms > 0 {
		t.Errorf("a viewer is offered %d forms", forms)
	}
	if why := textOf(page.Find(".denied")); !strings.Contains(why, "Only a lead of this team may manage its members") {
		t.Errorf("the page says %q", why)
	}
	if rows := page.Find("tbody tr").Length(); rows != 4 {
		t.Errorf("%d members, want 4", rows)
	}
}

// roleOf returns what an account is in the team of the things.
func (c *company) roleOf(account string) assessment.Role {
	c.t.Helper()
	members, err := c.store.Members(c.t.Context(), c.things["team"])
	if err != nil {
		c.t.Fatal(err)
	}
	for _, m := range members {
		if m.User.ID == account {
			return m.Role
		}
	}
	return ""
}

// want fails unless an answer has the status and says something at a place.
func want(t testing.TB, what string, got answer, status int, where, says string) {
	t.Helper()
	if got.status != status {
		t.Errorf("%s: status %d, want %d", what, got.status, status)
	}
	if text := textOf(got.page.Find(where)); !strings.Contains(text, says) {
		t.Errorf("%s: %s says %q, want %q", what, where, text, says)
	}
}

// shown is a text as a message of a test can hold it.
func shown(s string) string {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
