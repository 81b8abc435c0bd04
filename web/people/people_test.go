package people_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

func TestSearchForPeople(t *testing.T) {
	c := webtest.NewCompany(t)
	b := c.Browsers[webtest.Admin]
	email := c.People[webtest.Neighbour].User.Email
	for search, rows := range map[string]int{
		"":                          5,
		strings.ToUpper(email):      1,
		"tanaka Payments":           1,
		"nobody at all":             0,
		`%' OR 1=1 --`:              0,
		`<script>alert(1)</script>`: 0,
		"🧾":                         0,
	} {
		got := b.Get(templates.PeopleURL + "?" + url.Values{"q": {search}}.Encode())
		if n := got.Page.Find("tbody tr").Length(); got.Status != http.StatusOK || n != rows {
			t.Errorf("search for %q: status %d, %d rows, want %d", search, got.Status, n, rows)
		}
		if typed := got.Page.Find("#q").AttrOr("value", ""); typed != search {
			t.Errorf("search for %q: the field has %q", search, typed)
		}
	}
	for search, says := range map[string]string{strings.Repeat("x", 201): "at most 200", "a\x00": "U+0000", "\xff": "not UTF-8"} {
		webtest.Want(t, webtest.Shown(search), b.Get(templates.PeopleURL+"?"+url.Values{"q": {search}}.Encode()), http.StatusUnprocessableEntity, "#q-error", says)
	}
}

func TestChangeAccounts(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Admin], c.People[webtest.Architect].User
	path := templates.PersonURL(person.ID)
	do := func(what string) url.Values {
		return url.Values{"do": {what}, "version": {strconv.Itoa(c.Stored(person.ID).Version)}, "password": {webtest.TestPassword}}
	}
	stale, staleReset := do("admin"), do("reset")
	for _, step := range []struct {
		do              string
		admin, disabled bool
	}{{"admin", true, false}, {"take_admin", false, false}, {"disable", false, true}, {"enable", false, false}, {"disable", false, true}} {
		got := b.Post(path, do(step.do))
		if user := c.Stored(person.ID); got.Status != http.StatusSeeOther || user.Admin != step.admin || user.Disabled() != step.disabled {
			t.Errorf("%s: status %d, then %+v", step.do, got.Status, user)
		}
		if said := webtest.TextOf(b.Get(templates.PeopleURL).Page.Find(".notice-page")); !strings.HasPrefix(said, person.Name) {
			t.Errorf("%s: the next page says %q", step.do, said)
		}
	}
	own := templates.PersonURL(c.People[webtest.Admin].User.ID)
	version := strconv.Itoa(c.People[webtest.Admin].User.Version)
	for name, tt := range map[string]struct {
		path   string
		form   url.Values
		status int
		where  string
		says   string
	}{
		"stale, what was wished":  {path, stale, 409, ".notice-poor", "You wanted to make them an administrator"},
		"stale, what is stored":   {path, stale, 409, ".notice-poor", "now they are not an administrator, and disabled since 23 Nov 2026"},
		"stale, the same again":   {path, url.Values{"do": {"disable"}, "version": stale["version"]}, 303, "body", ""},
		"a stale link":            {path, staleReset, 409, ".notice-poor", "to create a password link"},
		"no version":              {path, url.Values{"do": {"admin"}}, 428, "main", "Reload the page"},
		"negative version":        {path, url.Values{"do": {"admin"}, "version": {"-1"}}, 428, "main", "Reload the page"},
		"no number":               {path, url.Values{"do": {"admin"}, "version": {"one"}}, 428, "main", "Reload the page"},
		"nothing":                 {path, do(""), 422, "main", "have no action"},
		"something else":          {path, do("delete\x00"), 422, "main", "have no action"},
		"unknown account":         {templates.PersonURL("nobody"), do("admin"), 404, "main", ""},
		"disable oneself":         {own, url.Values{"do": {"disable"}, "version": {version}}, 409, ".notice-poor", "cannot disable your own account"},
		"take it from oneself":    {own, url.Values{"do": {"take_admin"}, "version": {version}}, 409, ".notice-poor", "another administrator"},
		"no password to set anew": {path, do("reset"), 409, ".notice-poor", "uses single sign-on"},
	} {
		before := c.Contents()
		webtest.Want(t, name, b.Post(tt.path, tt.form), tt.status, tt.where, tt.says)
		c.Untouched(before, name)
	}
}

func TestPasswordLinks(t *testing.T) {
	c := webtest.NewCompany(t)
	person := c.People[webtest.Architect].User
	if err := c.Store.SetPassword(t.Context(), access.Actor{}, person.ID, "a hash"); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"do": {"reset"}, "version": {strconv.Itoa(c.Stored(person.ID).Version)}}
	before := c.Contents()
	for password, says := range map[string]string{"": "Enter your password", "wrong wrong wrong": "Incorrect password"} {
		form.Set("password", password)
		got := c.Browsers[webtest.Admin].Post(templates.PersonURL(person.ID), form)
		webtest.Want(t, "password "+password, got, http.StatusUnprocessableEntity, "#password-error", says)
	}
	if c.Contents()["one_time_link"] != before["one_time_link"] {
		t.Error("a link was made without the password")
	}
	form.Set("password", webtest.TestPassword)
	got := c.Browsers[webtest.Admin].Post(templates.PersonURL(person.ID), form)
	path, ok := strings.CutPrefix(got.Page.Find("#link").AttrOr("value", ""), c.Server.URL)
	if got.Status != http.StatusCreated || !ok {
		t.Fatalf("status %d, the link is %q", got.Status, path)
	}
	if page := c.Browsers[webtest.Admin].Get(templates.PeopleURL); strings.Contains(page.Body, tokenOf(path)) {
		t.Error("the link is shown again")
	}
	if page := c.Browser().Get(path); page.Status != http.StatusOK || page.Page.Find("#password").Length() != 1 {
		t.Errorf("the link leads to status %d", page.Status)
	}
	if link, err := c.Store.Link(t.Context(), page.HashToken(tokenOf(path)), access.LinkReset); err != nil || link.User != person.ID {
		t.Errorf("stored %+v, %v", link, err)
	}
}
