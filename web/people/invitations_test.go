package people_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func tokenOf(path string) string {
	_, token, _ := strings.Cut(path, "token=")
	return token
}

func TestInvitationForms(t *testing.T) {
	c := webtest.NewCompany(t)
	b, path := c.Browsers[webtest.Lead], templates.InvitationsURL(c.Things["team"])
	member := c.People[webtest.Viewer].User.Email
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
		"no role":        {"ana@example.com", "", 422, "role", "Choose a role from the list"},
		"unknown role":   {"ana@example.com", "admin", 422, "role", "Choose a role from the list"},
		"a member":       {member, "lead", 409, "email", "already in the team"},
		"member, folded": {" " + strings.ToUpper(member), "lead", 409, "email", "already in the team"},
	} {
		before := c.Contents()
		got := b.Post(path, url.Values{"email": {tt.email}, "role": {tt.role}})
		webtest.Want(t, name, got, tt.status, "#"+tt.field+"-error", tt.says)
		typed := got.Page.Find("#email").AttrOr("value", "")
		if tt.status == 422 && !strings.ContainsAny(tt.email, "\x00\r") && typed != strings.ToValidUTF8(tt.email, "\uFFFD") {
			t.Errorf("%s: the form has %q", name, webtest.Shown(typed))
		}
		c.Untouched(before, name)
	}
}

func TestInvitationIsShownOnce(t *testing.T) {
	c := webtest.NewCompany(t)
	first := c.Invite("ana@example.com", access.Viewer)
	page := c.Browsers[webtest.Lead].Get(templates.TeamURL(c.Things["team"]))
	if strings.Contains(page.Body, tokenOf(first)) {
		t.Error("the link is shown again")
	}
	if rows := webtest.TextsOf(page.Page.Find("#invite tbody th")); len(rows) != 1 || rows[0] != "ana@example.com" {
		t.Errorf("open invitations %q", rows)
	}
	second := c.Invite("ana@example.com", access.Architect)
	webtest.Want(t, "the link that was replaced", c.Browser().Get(first), http.StatusNotFound, "h1", "no longer works")
	revoke := c.Browsers[webtest.Lead].Get(templates.TeamURL(c.Things["team"])).Page.Find("#invite tbody form").AttrOr("action", "")
	if got := c.Browsers[webtest.Neighbour].Post(revoke, url.Values{}); got.Status != http.StatusNotFound {
		t.Errorf("a stranger takes it back: status %d, want 404", got.Status)
	}
	if got := c.Browsers[webtest.Lead].Post(revoke, url.Values{}); got.Status != http.StatusSeeOther {
		t.Errorf("take back: status %d, want 303", got.Status)
	}
	webtest.Want(t, "the link that was taken back", c.Browser().Get(second), http.StatusNotFound, "h1", "no longer works")
	if got := c.Browsers[webtest.Lead].Post(revoke, url.Values{}); got.Status != http.StatusNotFound {
		t.Errorf("take back again: status %d, want 404", got.Status)
	}
	late := c.Invite("late@example.com", access.Viewer)
	c.Advance(7*24*time.Hour + time.Second)
	webtest.Want(t, "a link that has run out", c.Browser().Get(late), http.StatusNotFound, "h1", "no longer works")
}

// TestInvitedWithANewAccount also adds fields to the form that nobody asked for: they are ignored.
func TestInvitedWithANewAccount(t *testing.T) {
	c := webtest.NewCompany(t)
	link := c.Invite("Ana@Example.com", access.Viewer)
	b := c.Browser()
	if page := b.Get(link); page.Status != http.StatusOK || !strings.Contains(webtest.TextOf(page.Page.Find("main")), "ana@example.com as a viewer") {
		t.Fatalf("status %d: %s", page.Status, webtest.TextOf(page.Page.Find("main")))
	}
	form := url.Values{"token": {tokenOf(link)}, "name": {"Ana Silva"}, "password": {"quite plumb today"}, "role": {"lead"}, "admin": {"1"},
		"team": {"none"}, "email": {"mallory@example.com"}, "id": {c.People[webtest.Admin].User.ID}, "user": {c.People[webtest.Admin].User.ID}}
	for name, tt := range map[string]struct{ field, value, says string }{
		"no name":         {"name", "", "Enter a name"},
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
		before := c.Contents()
		got := b.Post(templates.InviteURL, bad)
		webtest.Want(t, name, got, http.StatusUnprocessableEntity, "#"+tt.field+"-error", tt.says)
		if typed := got.Page.Find("#name").AttrOr("value", ""); tt.field == "password" && typed != "Ana Silva" {
			t.Errorf("%s: the form has the name %q", name, typed)
		}
		c.Untouched(before, name)
	}
	if got := b.Post(templates.InviteURL, form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.Status)
	}
	user, err := c.Store.UserByEmail(t.Context(), "ana@example.com")
	if err != nil || user.Admin || user.Name != "Ana Silva" || c.RoleOf(user.ID) != access.Viewer {
		t.Errorf("got %+v, role %q, %v", user, c.RoleOf(user.ID), err)
	}
	if page := b.Get("/"); page.Status != http.StatusOK || !strings.Contains(page.Body, "Welcome to the team Everyone") {
		t.Errorf("not signed in: status %d", page.Status)
	}
	if got := c.Browser().Post(templates.InviteURL, form); got.Status != http.StatusNotFound {
		t.Errorf("the link again: status %d, want 404", got.Status)
	}
}

func TestInvitedWhileSignedIn(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Neighbour], c.People[webtest.Neighbour].User
	link := c.Invite(person.Email, access.Architect)
	old := b.Cookie()
	if page := b.Get(link); page.Status != http.StatusOK || page.Page.Find("#password").Length() > 0 {
		t.Fatalf("status %d, or a password is asked for", page.Status)
	}
	if got := b.Post(templates.InviteURL, url.Values{"token": {tokenOf(link)}}); got.Status != http.StatusSeeOther || c.RoleOf(person.ID) != access.Architect {
		t.Fatalf("status %d, role %q", got.Status, c.RoleOf(person.ID))
	}
	if got := c.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {old}}); got.Status != http.StatusSeeOther {
		t.Errorf("the session of before goes on: status %d", got.Status)
	}
	log, err := c.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Account: person.ID,
		Actions: []string{access.AuditSignIn, access.AuditSignOut}})
	if err != nil || len(log) != 1 {
		t.Errorf("the log says %+v, %v, want the sign-in of before alone", log, err)
	}
}

// TestInvitationOfSomebodyElse opens an invitation as another person, who is told so and cannot join by it.
func TestInvitationOfSomebodyElse(t *testing.T) {
	c := webtest.NewCompany(t)
	link := c.Invite("anybody@example.com", access.Lead)
	b, person := c.Browsers[webtest.Neighbour], c.People[webtest.Neighbour].User
	before := c.Contents()
	got := b.Get(link)
	webtest.Want(t, "open it", got, http.StatusForbidden, ".notice-poor", "This invitation is for anybody@example.com, but you are signed in as "+person.Email)
	webtest.Want(t, "what to do", got, http.StatusForbidden, "main", "sign out and open the link again")
	form := url.Values{"token": {tokenOf(link)}, "name": {"Mei"}, "password": {"quite plumb today"}}
	webtest.Want(t, "use it", b.Post(templates.InviteURL, form), http.StatusForbidden, ".notice-poor", "You cannot join with this account")
	c.Untouched(before, "the invitation of somebody else")
	if role := c.RoleOf(person.ID); role != "" {
		t.Errorf("joined as %q", role)
	}
	if got := c.Browser().Get(link); got.Status != http.StatusOK {
		t.Errorf("the link does not work any more for whom it is for: status %d", got.Status)
	}
}

func TestInvitedWithAnAccountThatIsThere(t *testing.T) {
	c := webtest.NewCompany(t)
	person := c.People[webtest.Neighbour].User
	link := c.Invite(person.Email, access.Viewer)
	page := c.Browser().Get(link)
	signIn := page.Page.Find("main a.btn-main").AttrOr("href", "")
	back, err := url.Parse(signIn)
	if err != nil || back.Query().Get("back") != link || page.Page.Find("main form").Length() > 0 {
		t.Errorf("the page leads to %q, want the sign-in page and then %q", signIn, link)
	}
	form := url.Values{"token": {tokenOf(link)}, "name": {"Mallory"}, "password": {"quite plumb today"}}
	before := c.Contents()
	webtest.Want(t, "create it again", c.Browser().Post(templates.InviteURL, form), http.StatusConflict, ".notice", "already exists")
	c.Untouched(before, "create it again")
}
