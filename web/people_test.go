package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
)

// stored returns an account as the database has it.
func (a *app) stored(id string) assessment.User {
	a.t.Helper()
	user, err := a.store.User(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return user
}

func TestSearchForPeople(t *testing.T) {
	c := newCompany(t)
	b := c.browsers[admin]
	email := c.people[neighbour].User.Email
	for search, rows := range map[string]int{
		"":                          5,
		strings.ToUpper(email):      1,
		"tanaka Payments":           1,
		"nobody at all":             0,
		`%' OR 1=1 --`:              0,
		`<script>alert(1)</script>`: 0,
		"🧾":                         0,
	} {
		got := b.get(templates.PeopleURL + "?" + url.Values{"q": {search}}.Encode())
		if n := got.page.Find("tbody tr").Length(); got.status != http.StatusOK || n != rows {
			t.Errorf("search for %q: status %d, %d rows, want %d", search, got.status, n, rows)
		}
		if typed := got.page.Find("#q").AttrOr("value", ""); typed != search {
			t.Errorf("search for %q: the field has %q", search, typed)
		}
	}
	for search, says := range map[string]string{strings.Repeat("x", 201): "at most 200", "a\x00": "U+0000", "\xff": "not UTF-8"} {
		want(t, shown(search), b.get(templates.PeopleURL+"?"+url.Values{"q": {search}}.Encode()), http.StatusUnprocessableEntity, "#q-error", says)
	}
}

func TestChangeAccounts(t *testing.T) {
	c := newCompany(t)
	b, person := c.browsers[admin], c.people[architect].User
	path := templates.PersonURL(person.ID)
	do := func(what string) url.Values {
		return url.Values{"do": {what}, "version": {strconv.Itoa(c.stored(person.ID).Version)}}
	}
	stale, staleReset := do("admin"), do("reset")
	for _, step := range []struct {
		do              string
		admin, disabled bool
	}{{"admin", true, false}, {"take_admin", false, false}, {"disable", false, true}, {"enable", false, false}, {"disable", false, true}} {
		got := b.post(path, do(step.do))
		if user := c.stored(person.ID); got.status != http.StatusSeeOther || user.Admin != step.admin || user.Disabled() != step.disabled {
			t.Errorf("%s: status %d, then %+v", step.do, got.status, user)
		}
		if said := textOf(b.get(templates.PeopleURL).page.Find(".notice-page")); !strings.HasPrefix(said, person.Name) {
			t.Errorf("%s: the next page says %q", step.do, said)
		}
	}
	own := templates.PersonURL(c.people[admin].User.ID)
	version := strconv.Itoa(c.people[admin].User.Version)
	for name, tt := range map[string]struct {
		path   string
		form   url.Values
		status int
		where  string
		says   string
	}{
		"stale, what was wished":  {path, stale, 409, ".notice-poor", "You wanted to make them an administrator"},
		"stale, what is stored":   {path, stale, 409, ".notice-poor", "now they are no administrator, and disabled since 23 Nov 2026"},
		"stale, the same again":   {path, url.Values{"do": {"disable"}, "version": stale["version"]}, 303, "body", ""},
		"a stale link":            {path, staleReset, 409, ".notice-poor", "to make a link for a new password"},
		"no version":              {path, url.Values{"do": {"admin"}}, 428, "main", "Load the page again"},
		"negative version":        {path, url.Values{"do": {"admin"}, "version": {"-1"}}, 428, "main", "Load the page again"},
		"no number":               {path, url.Values{"do": {"admin"}, "version": {"one"}}, 428, "main", "Load the page again"},
		"nothing":                 {path, do(""), 422, "main", "no such change"},
		"something else":          {path, do("delete\x00"), 422, "main", "no such change"},
		"unknown account":         {templates.PersonURL("nobody"), do("admin"), 404, "main", ""},
		"disable oneself":         {own, url.Values{"do": {"disable"}, "version": {version}}, 409, ".notice-poor", "cannot disable your own account"},
		"take it from oneself":    {own, url.Values{"do": {"take_admin"}, "version": {version}}, 409, ".notice-poor", "Another administrator"},
		"no password to set anew": {path, do("reset"), 409, ".notice-poor", "signs in through another system"},
	} {
		before := c.contents()
		want(t, name, b.post(tt.path, tt.form), tt.status, tt.where, tt.says)
		c.untouched(before, name)
	}
}

func TestPasswordLinks(t *testing.T) {
	c := newCompany(t)
	person := c.people[architect].User
	if err := c.store.SetPassword(t.Context(), person.ID, "a hash"); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"do": {"reset"}, "version": {strconv.Itoa(c.stored(person.ID).Version)}}
	got := c.browsers[admin].post(templates.PersonURL(person.ID), form)
	path, ok := strings.CutPrefix(got.page.Find("#link").AttrOr("value", ""), c.server.URL)
	if got.status != http.StatusCreated || !ok {
		t.Fatalf("status %d, the link is %q", got.status, path)
	}
	if page := c.browsers[admin].get(templates.PeopleURL); strings.Contains(page.body, tokenOf(path)) {
		t.Error("the link is shown again")
	}
	if page := c.browser().get(path); page.status != http.StatusOK || page.page.Find("#password").Length() != 1 {
		t.Errorf("the link leads to status %d", page.status)
	}
	if link, err := c.store.Link(t.Context(), web.HashToken(tokenOf(path)), assessment.LinkReset); err != nil || link.User != person.ID {
		t.Errorf("stored %+v, %v", link, err)
	}
}
