package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
)

// invite makes an invitation as a lead and returns the path of its link.
func (c *company) invite(email string, role assessment.Role) string {
	c.t.Helper()
	got := c.browsers[lead].post(templates.InvitationsURL(c.things["team"]), url.Values{"email": {email}, "role": {string(role)}})
	if got.status != http.StatusCreated {
		c.t.Fatalf("invite %s: status %d, want 201", email, got.status)
	}
	link := got.page.Find("#link").AttrOr("value", "")
	path, ok := strings.CutPrefix(link, c.server.URL)
	if !ok {
		c.t.Fatalf("the link is %q", link)
	}
	return path
}

func tokenOf(path string) string {
	_, token, _ := strings.Cut(path, "token=")
	return token
}

func TestInvitationForms(t *testing.T) {
	c := newCompany(t)
	b, path := c.browsers[lead], templates.InvitationsURL(c.things["team"])
	member := c.people[viewer].User.Email
	for name, tt := range map[string]struct {
		email, role string
		status      int
		field, says string
	}{
		"no address":     {"", "viewer", 422, "email", "Enter an address"},
		"spaces":         {"   ", "viewer", 422, "email", "Enter an address"},
		"no at":          {"ana.example.com", "viewer", 422, "email", "Enter an address"},
		"with a name":    {"Ana <ana@example.com>", "viewer", 422, "email", "Enter an address"},
		"nul":            {"ana\x00@example.com", "viewer", 422, "email", "Enter an address"},
		"broken":         {"ana\xff@example.com", "viewer", 422, "email", "Enter an address"},
		"too long":       {strings.Repeat("a", 250) + "@example.com", "viewer", 422, "email", "Enter an address"},
		"10,000":         {strings.Repeat("a", 10_000), "viewer", 422, "email", "Enter an address"},
		"html":           {"<b>@example.com", "viewer", 422, "email", "Enter an address"},
		"line break":     {"ana@example.com\r\nBcc: x@example.com", "viewer", 422, "email", "Enter an address"},
		"no role":        {"ana@example.com", "", 422, "role", "no such role"},
		"unknown role":   {"ana@example.com", "admin", 422, "role", "no such role"},
		"a member":       {member, "lead", 409, "email", "in the team already"},
		"member, folded": {" " + strings.ToUpper(member), "lead", 409, "email", "in the team already"},
	} {
		before := c.contents()
		got := b.post(path, url.Values{"email": {tt.email}, "role": {tt.role}})
		want(t, name, got, tt.status, "#"+tt.field+"-error", tt.says)
		typed := got.page.Find("#email").AttrOr("value", "")
		if tt.status == 422 && !strings.ContainsAny(tt.email, "\x00\r") && typed != strings.ToValidUTF8(tt.email, "\uFFFD") {
			t.Errorf("%s: the form has %q", name, shown(typed))
		}
		c.untouched(before, name)
	}
}

func TestInvitationIsShownOnce(t *testing.T) {
	c := newCompany(t)
	first := c.invite("ana@example.com", assessment.Viewer)
	page := c.browsers[lead].get(templates.TeamURL(c.things["team"]))
	if strings.Contains(page.body, tokenOf(first)) {
		t.Error("the link is shown again")
	}
	if rows := textsOf(page.page.Find("#invite tbody th")); len(rows) != 1 || rows[0] != "ana@example.com" {
		t.Errorf("open invitations %q", rows)
	}
	second := c.invite("ana@example.com", assessment.Architect)
	want(t, "the link that was replaced", c.browser().get(first), http.StatusNotFound, "h1", "does not work any more")
	revoke := c.browsers[lead].get(templates.TeamURL(c.things["team"])).page.Find("#invite tbody form").AttrOr("action", "")
	if got := c.browsers[neighbour].post(revoke, url.Values{}); got.status != http.StatusNotFound {
		t.Errorf("a stranger takes it back: status %d, want 404", got.status)
	}
	if got := c.browsers[lead].post(revoke, url.Values{}); got.status != http.StatusSeeOther {
		t.Errorf("take back: status %d, want 303", got.status)
	}
	want(t, "the link that was taken back", c.browser().get(second), http.StatusNotFound, "h1", "does not work any more")
	if got := c.browsers[lead].post(revoke, url.Values{}); got.status != http.StatusNotFound {
		t.Errorf("take back again: status %d, want 404", got.status)
	}
	late := c.invite("late@example.com", assessment.Viewer)
	c.now = c.now.Add(7*24*time.Hour + time.Second)
	want(t, "a link that has run out", c.browser().get(late), http.StatusNotFound, "h1", "does not work any more")
}

// TestInvitedWithANewAccount also adds fields to the form that nobody asked for: they are ignored.
func TestInvitedWithANewAccount(t *testing.T) {
	c := newCompany(t)
	link := c.invite("Ana@Example.com", assessment.Viewer)
	b := c.browser()
	if page := b.get(link); page.status != http.StatusOK || !strings.Contains(textOf(page.page.Find("main")), "ana@example.com as a viewer") {
		t.Fatalf("status %d: %s", page.status, textOf(page.page.Find("main")))
	}
	form := url.Values{"token": {tokenOf(link)}, "name": {"Ana Silva"}, "password": {"quite plumb today"}, "role": {"lead"}, "admin": {"1"},
		"team": {"none"}, "email": {"mallory@example.com"}, "id": {c.people[admin].User.ID}, "user": {c.people[admin].User.ID}}
	for name, tt := range map[string]struct{ field, value, says string }{
		"no name":         {"name", "", "is needed"},
		"long name":       {"name", strings.Repeat("x", 121), "at most 120"},
		"nul in the name": {"name", "a\x00b", "U+0000"},
		"broken name":     {"name", "\xff", "not UTF-8"},
		"short password":  {"password", "short", "at least 12"},
		"long password":   {"password", strings.Repeat("xy z", 40), "at most 128"},
	} {
		bad := url.Values{}
		for key, values := range form {
			bad[key] = values
		}
		bad.Set(tt.field, tt.value)
		before := c.contents()
		got := b.post(templates.InviteURL, bad)
		want(t, name, got, http.StatusUnprocessableEntity, "#"+tt.field+"-error", tt.says)
		if typed := got.page.Find("#name").AttrOr("value", ""); tt.field == "password" && typed != "Ana Silva" {
			t.Errorf("%s: the form has the name %q", name, typed)
		}
		c.untouched(before, name)
	}
	if got := b.post(templates.InviteURL, form); got.status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.status)
	}
	user, err := c.store.UserByEmail(t.Context(), "ana@example.com")
	if err != nil || user.Admin || user.Name != "Ana Silva" || c.roleOf(user.ID) != assessment.Viewer {
		t.Errorf("got %+v, role %q, %v", user, c.roleOf(user.ID), err)
	}
	if page := b.get("/"); page.status != http.StatusOK || !strings.Contains(page.body, "Welcome to the team Everyone") {
		t.Errorf("not signed in: status %d", page.status)
	}
	if got := c.browser().post(templates.InviteURL, form); got.status != http.StatusNotFound {
		t.Errorf("the link again: status %d, want 404", got.status)
	}
}

func TestInvitedWhileSignedIn(t *testing.T) {
	c := newCompany(t)
	link := c.invite("anybody@example.com", assessment.Architect)
	b, person := c.browsers[neighbour], c.people[neighbour].User
	old := b.cookie()
	if page := b.get(link); page.status != http.StatusOK || page.page.Find("#password").Length() > 0 {
		t.Fatalf("status %d, or a password is asked for", page.status)
	}
	if got := b.post(templates.InviteURL, url.Values{"token": {tokenOf(link)}}); got.status != http.StatusSeeOther || c.roleOf(person.ID) != assessment.Architect {
		t.Fatalf("status %d, role %q", got.status, c.roleOf(person.ID))
	}
	if got := c.browser().do(http.MethodGet, "/account", nil, http.Header{"Cookie": {old}}); got.status != http.StatusSeeOther {
		t.Errorf("the session of before goes on: status %d", got.status)
	}
	log, err := c.store.Audit(t.Context(), assessment.AuditFilter{Teams: assessment.TeamScope{All: true}, Account: person.ID,
		Actions: []string{assessment.AuditSignIn, assessment.AuditSignOut}})
	if err != nil || len(log) != 1 {
		t.Errorf("the log says %+v, %v, want the sign-in of before alone", log, err)
	}
	again := c.invite("other@example.com", assessment.Viewer)
	if page := b.get(again).page; page.Find("main form").Length() > 0 {
		t.Error("a member is offered to join")
	}
}

func TestInvitedWithAnAccountThatIsThere(t *testing.T) {
	c := newCompany(t)
	person := c.people[neighbour].User
	link := c.invite(person.Email, assessment.Viewer)
	page := c.browser().get(link)
	signIn := page.page.Find("main a.btn-main").AttrOr("href", "")
	back, err := url.Parse(signIn)
	if err != nil || back.Query().Get("back") != link || page.page.Find("main form").Length() > 0 {
		t.Errorf("the page leads to %q, want the sign-in page and then %q", signIn, link)
	}
	form := url.Values{"token": {tokenOf(link)}, "name": {"Mallory"}, "password": {"quite plumb today"}}
	before := c.contents()
	want(t, "create it again", c.browser().post(templates.InviteURL, form), http.StatusConflict, ".notice", "already an account")
	c.untouched(before, "create it again")
}
