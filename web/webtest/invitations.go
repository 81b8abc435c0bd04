package webtest

import (
	"net/http"
	"net/url"
	"strings"

	"plumbline/assessment/access"
	"plumbline/templates"
)

// Invite makes an invitation as a lead and returns the path of its link.
func (c *Company) Invite(email string, role access.Role) string {
	c.T.Helper()
	got := c.Browsers[Lead].Post(templates.InvitationsURL(c.Things["team"]), url.Values{"email": {email}, "role": {string(role)}})
	if got.Status != http.StatusCreated {
		c.T.Fatalf("invite %s: status %d, want 201", email, got.Status)
	}
	link := got.Page.Find("#link").AttrOr("value", "")
	path, ok := strings.CutPrefix(link, c.Server.URL)
	if !ok {
		c.T.Fatalf("the link is %q", link)
	}
	return path
}
