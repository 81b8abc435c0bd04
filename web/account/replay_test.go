package account_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// replays is how often a cookie is sent again after what it stood for has ended.
const replays = 100

// TestCookiesThatAreReplayed sends the cookie of a lead again after they lost what it stood for: nothing is accepted,
// from the next request on.
func TestCookiesThatAreReplayed(t *testing.T) {
	for name, end := range map[string]func(c *webtest.Company, person access.Actor, b *webtest.Browser) error{
		"signed out": func(_ *webtest.Company, _ access.Actor, b *webtest.Browser) error {
			b.Post(templates.SignOutURL, url.Values{})
			return nil
		},
		"signed out elsewhere": func(c *webtest.Company, person access.Actor, _ *webtest.Browser) error {
			other := c.SignedInAs(person.User)
			if got := other.Post(templates.AccountURL, url.Values{"do": {"end_others"}}); got.Status != http.StatusSeeOther {
				c.T.Errorf("end the others: status %d", got.Status)
			}
			return nil
		},
		"account disabled": func(c *webtest.Company, person access.Actor, _ *webtest.Browser) error {
			return c.Store.SetUserDisabled(context.Background(), access.Actor{}, person.User.ID, true)
		},
		"password changed": func(c *webtest.Company, person access.Actor, _ *webtest.Browser) error {
			return c.Store.SetPassword(context.Background(), access.Actor{}, person.User.ID, "another hash")
		},
		"role removed": func(c *webtest.Company, person access.Actor, _ *webtest.Browser) error {
			return c.Store.SetMembership(context.Background(), access.Actor{}, person.User.ID, c.Things["team"], "")
		},
		"only a viewer now": func(c *webtest.Company, person access.Actor, _ *webtest.Browser) error {
			return c.Store.SetMembership(context.Background(), access.Actor{}, person.User.ID, c.Things["team"], access.Viewer)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := webtest.NewCompany(t)
			b := c.Browsers[webtest.Lead]
			cookie := b.Cookie()
			path := templates.AnswerURL(c.Things["assessment"], c.Things["practice"])
			form := c.AnswerForm()
			if err := end(c, c.People[webtest.Lead], b); err != nil {
				t.Fatal(err)
			}
			c.Browser().Do(http.MethodGet, templates.AccountURL, nil, http.Header{"Cookie": {cookie}}) // other rights renew the id
			before, accepted := c.Contents(), 0
			for range replays {
				got := c.Browser().Do(http.MethodPost, path, form, http.Header{"Cookie": {cookie}, "Hx-Request": {"true"}})
				if got.Status < http.StatusBadRequest {
					accepted++
				}
			}
			if accepted > 0 {
				t.Errorf("%d of %d requests were accepted", accepted, replays)
			}
			c.Untouched(before, name)
		})
	}
}

// TestCookieOfAMember holds TestCookiesThatAreReplayed: the same request is accepted before.
func TestCookieOfAMember(t *testing.T) {
	c := webtest.NewCompany(t)
	before := c.Contents()
	got := c.Browser().Do(http.MethodPost, templates.AnswerURL(c.Things["assessment"], c.Things["practice"]), c.AnswerForm(),
		http.Header{"Cookie": {c.Browsers[webtest.Lead].Cookie()}, "Hx-Request": {"true"}})
	if got.Status != http.StatusOK || c.Contents()["answer"] == before["answer"] {
		t.Errorf("status %d, want 200 and another answer", got.Status)
	}
}
