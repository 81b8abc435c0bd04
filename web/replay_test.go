package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// replays is how often a cookie is sent again after what it stood for has ended.
const replays = 100

// TestCookiesThatAreReplayed sends the cookie of a lead again after they lost what it stood for: nothing is accepted,
// from the next request on.
func TestCookiesThatAreReplayed(t *testing.T) {
	for name, end := range map[string]func(c *company, person assessment.Actor, b *browser) error{
		"signed out": func(_ *company, _ assessment.Actor, b *browser) error {
			b.post(templates.SignOutURL, url.Values{})
			return nil
		},
		"signed out elsewhere": func(c *company, person assessment.Actor, _ *browser) error {
			other := c.signedInAs(person.User)
			if got := other.post(templates.AccountURL, url.Values{"do": {"end_others"}}); got.status != http.StatusSeeOther {
				c.t.Errorf("end the others: status %d", got.status)
			}
			return nil
		},
		"account disabled": func(c *company, person assessment.Actor, _ *browser) error {
			return c.store.SetUserDisabled(context.Background(), person.User.ID, true)
		},
		"password changed": func(c *company, person assessment.Actor, _ *browser) error {
			return c.store.SetPassword(context.Background(), person.User.ID, "another hash")
		},
		"role removed": func(c *company, person assessment.Actor, _ *browser) error {
			return c.store.SetMembership(context.Background(), person.User.ID, c.things["team"], "")
		},
		"only a viewer now": func(c *company, person assessment.Actor, _ *browser) error {
			return c.store.SetMembership(context.Background(), person.User.ID, c.things["team"], assessment.Viewer)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			b := c.browsers[lead]
			cookie := b.cookie()
			path := templates.AnswerURL(c.things["assessment"], c.things["practice"])
			form := c.answerForm()
			if err := end(c, c.people[lead], b); err != nil {
				t.Fatal(err)
			}
			c.browser().do(http.MethodGet, templates.AccountURL, nil, http.Header{"Cookie": {cookie}}) // other rights renew the id
			before, accepted := c.contents(), 0
			for range replays {
				got := c.browser().do(http.MethodPost, path, form, http.Header{"Cookie": {cookie}, "Hx-Request": {"true"}})
				if got.status < http.StatusBadRequest {
					accepted++
				}
			}
			if accepted > 0 {
				t.Errorf("%d of %d requests were accepted", accepted, replays)
			}
			c.untouched(before, name)
		})
	}
}

// TestCookieOfAMember holds TestCookiesThatAreReplayed: the same request is accepted before.
func TestCookieOfAMember(t *testing.T) {
	c := newCompany(t)
	before := c.contents()
	got := c.browser().do(http.MethodPost, templates.AnswerURL(c.things["assessment"], c.things["practice"]), c.answerForm(),
		http.Header{"Cookie": {c.browsers[lead].cookie()}, "Hx-Request": {"true"}})
	if got.status != http.StatusOK || c.contents()["answer"] == before["answer"] {
		t.Errorf("status %d, want 200 and another answer", got.status)
	}
}

// answerForm is what a page sends to answer the practice among the things.
func (c *company) answerForm() url.Values {
	c.t.Helper()
	practice := c.things["practice"]
	version := c.state(c.things["assessment"]).State.Answer(practice).Version
	return url.Values{"version." + practice: {strconv.Itoa(version)}, "status." + practice: {"partial"}, "reason." + practice: {""}, "note." + practice: {""}}
}

// cookie returns the session cookie of a browser, as it is sent.
func (b *browser) cookie() string {
	b.t.Helper()
	address, err := url.Parse(b.server.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, cookie := range b.client.Jar.Cookies(address) {
		if cookie.Name == "sid" {
			return cookie.String()
		}
	}
	b.t.Fatal("the browser has no session")
	return ""
}
