package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/oidctest"
	"plumbline/web/webtest"
)

// afterTheEnd is an installation in which the session of the test's account has ended while something was typed.
type afterTheEnd struct {
	*webtest.App
	browser *webtest.Browser
	from    string // page of the form
	to      string // address of the form
	typed   url.Values
}

func newAfterTheEnd(t *testing.T) afterTheEnd {
	t.Helper()
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	page := templates.TradeoffURL(id, "t-live")
	e := afterTheEnd{App: a, from: page, to: page + "/decision",
		typed: url.Values{"version": {"0"}, "choice": {"accept"}, "rationale": {"Weighed <b>& found\r\nlight"}, "owner": {"Mei"}, "date": {"2026-11-20"}}}
	e.browser = a.Browser()
	signedIn := e.signInWith(e.browser, "/login", url.Values{}, webtest.TestEmail)
	if signedIn.Status != http.StatusSeeOther {
		t.Fatalf("sign-in: status %d", signedIn.Status)
	}
	e.end(t)
	return e
}

func (e afterTheEnd) end(t *testing.T) {
	t.Helper()
	if err := e.Store.DeleteSessionsOf(t.Context(), access.Actor{}, e.Actor().User.ID, ""); err != nil {
		t.Fatal(err)
	}
}

func (e afterTheEnd) signInWith(b *webtest.Browser, action string, carried url.Values, email string) webtest.Answer {
	carried.Set("email", email)
	carried.Set("password", webtest.TestPassword)
	return b.Post(action, carried)
}

// send sends the form without a session, and returns the answer with where its own form leads and what it carries.
func (e afterTheEnd) send() (got webtest.Answer, action string, carried url.Values) {
	got = e.browser.Do(http.MethodPost, e.to, e.typed, http.Header{"Referer": {e.Server.URL + e.from}})
	return got, got.Page.Find("main form").AttrOr("action", ""), hidden(got)
}

func hidden(got webtest.Answer) url.Values {
	carried := url.Values{}
	got.Page.Find("main form").First().Find("input[type=hidden]").Each(func(_ int, c *goquery.Selection) {
		carried.Add(c.AttrOr("name", ""), c.AttrOr("value", ""))
	})
	return carried
}

func (e afterTheEnd) wantTyped(t *testing.T, got webtest.Answer) {
	t.Helper()
	if text := got.Page.Find("#rationale").Text(); text != "Weighed <b>& found\nlight" || got.Page.Find("#owner").AttrOr("value", "") != "Mei" {
		t.Errorf("status %d, the form holds %q: %s", got.Status, text, got.Page.Find("main").Text())
	}
}

func TestTypedTextSurvivesAWrongPassword(t *testing.T) {
	e := newAfterTheEnd(t)
	_, action, carried := e.send()
	carried.Set("email", webtest.TestEmail)
	carried.Set("password", "wrong wrong wrong")
	wrong := e.browser.Post(action, carried)
	if wrong.Status != http.StatusUnauthorized {
		t.Fatalf("status %d, want 401", wrong.Status)
	}
	in := e.signInWith(e.browser, wrong.Page.Find("main form").AttrOr("action", ""), hidden(wrong), webtest.TestEmail)
	at := in.Header.Get("Location")
	for range 2 { // loading the page again changes nothing
		e.wantTyped(t, e.browser.Get(at))
	}
	if got := e.State(e.assessment()).State.Decisions; len(got) != 0 {
		t.Errorf("recorded %v, though nobody pressed the button", got)
	}
	if got := e.browser.Get(e.from); got.Page.Find("#rationale").Text() != "" || got.Page.Find("#typed").Length() != 0 {
		t.Error("the text is on the page that does not ask for it")
	}
	other := e.SignedInAs(e.Colleague().User)
	if got := other.Get(at); strings.Contains(got.Body, "Weighed") {
		t.Error("somebody else sees the text at the same address")
	}
	e.end(t)
	again := e.browser.Do(http.MethodPost, e.to, e.typed, http.Header{"Referer": {e.Server.URL + at}})
	if back := again.Page.Find("main form").AttrOr("action", ""); back != action {
		t.Errorf("the second time it leads by %s, want %s", back, action)
	}
}

func (e afterTheEnd) assessment() string { return strings.Split(e.from, "/")[2] }

func TestTypedTextIsNotShownToSomebodyElse(t *testing.T) {
	e := newAfterTheEnd(t)
	other := e.Colleague().User
	if err := e.Store.SetPassword(t.Context(), access.Actor{}, other.ID, e.Actor().User.PasswordHash); err != nil {
		t.Fatal(err)
	}
	_, action, carried := e.send()
	in := e.signInWith(e.browser, action, carried, other.Email)
	got := e.browser.Get(in.Header.Get("Location"))
	if in.Status != http.StatusSeeOther || strings.Contains(in.Header.Get("Location"), "typed=") || strings.Contains(got.Body, "Weighed") {
		t.Errorf("status %d to %s, text shown: %t", in.Status, in.Header.Get("Location"), strings.Contains(got.Body, "Weighed"))
	}
	if !strings.Contains(got.Page.Find(".notice").Text(), "Someone else was signed in") {
		t.Errorf("the page says %q", got.Page.Find(".notice").Text())
	}
	forged := e.signInWith(e.browser, action, url.Values{"typed-action": {e.to}, "typed.rationale": {"Weighed"}, "typed-owner": {"forged"}}, webtest.TestEmail)
	if strings.Contains(forged.Header.Get("Location"), "typed=") {
		t.Error("an owner that this server did not seal counts")
	}
}

func TestForeignSitesCarryNothing(t *testing.T) {
	e := newAfterTheEnd(t)
	for path, form := range map[string]url.Values{
		e.to:     e.typed,
		"/login": {"typed-action": {e.to}, "typed.rationale": {"Weighed"}, "email": {webtest.TestEmail}, "password": {webtest.TestPassword}},
	} {
		got := e.browser.Do(http.MethodPost, path, form, http.Header{"Sec-Fetch-Site": {"cross-site"}})
		if got.Status != http.StatusForbidden || strings.Contains(got.Body, "Weighed") {
			t.Errorf("%s: status %d, carried: %t", path, got.Status, strings.Contains(got.Body, "Weighed"))
		}
	}
	_, action, carried := e.send()
	for _, evil := range []string{"https://evil.example/x", "//evil.example", "javascript:alert(1)"} {
		carried.Set("typed-action", evil)
		in := e.signInWith(e.browser, action, carried, webtest.TestEmail)
		if got := e.browser.Get(in.Header.Get("Location")); strings.Contains(got.Body, "evil.example") || strings.Contains(got.Body, "javascript:") {
			t.Errorf("%s is on the page", evil)
		}
	}
}

func TestAScriptGetsThePageToo(t *testing.T) {
	e := newAfterTheEnd(t)
	got := e.browser.Live(e.to, e.typed)
	if got.Status != http.StatusUnauthorized || got.Header.Get("Hx-Retarget") != "#main" || hidden(got).Get("typed.owner") != "Mei" {
		t.Errorf("status %d into %q, carries %v", got.Status, got.Header.Get("Hx-Retarget"), hidden(got))
	}
	asked := e.browser.Do(http.MethodGet, e.from, nil, http.Header{"Hx-Request": {"true"}})
	if asked.Status != http.StatusUnauthorized || asked.Body != "" || asked.Header.Get("Hx-Reswap") != "none" {
		t.Errorf("who only asks: status %d, %d bytes, swap %q; want 401 that changes nothing", asked.Status, len(asked.Body), asked.Header.Get("Hx-Reswap"))
	}
}

func TestTooMuchToCarry(t *testing.T) {
	e := newAfterTheEnd(t)
	e.typed.Set("rationale", strings.Repeat("é ", 60_000))
	got, _, carried := e.send()
	if got.Status != http.StatusUnauthorized || len(carried) != 0 || !strings.Contains(got.Page.Find("[role=alert]").Text(), "too large") {
		t.Errorf("status %d, carries %d fields, says %q", got.Status, len(carried), got.Page.Find("[role=alert]").Text())
	}
}

func TestPasswordsAreNotCarried(t *testing.T) {
	e := newAfterTheEnd(t)
	got := e.browser.Post(templates.AccountURL, url.Values{"do": {"password"}, "current": {"an old secret"}, "password": {"a new secret"}})
	if got.Status != http.StatusUnauthorized || strings.Contains(got.Body, "secret") {
		t.Errorf("status %d, or a password is on the page", got.Status)
	}
}

func TestTypedTextSurvivesSingleSignOn(t *testing.T) {
	a := newSSOApp(t)
	b := a.Browser()
	send := func() (action string, carried url.Values) {
		b.Sso("/")
		if err := a.Store.DeleteSessionsOf(t.Context(), access.Actor{}, a.account(mei.Email).ID, ""); err != nil {
			t.Fatal(err)
		}
		got := b.Do(http.MethodPost, templates.AccountURL, url.Values{"do": {"profile"}, "name": {"Mei T. <b>"}},
			http.Header{"Referer": {a.Server.URL + templates.AccountURL}})
		return got.Page.Find(`form[action^="/login/sso"]`).AttrOr("action", ""), hidden(got)
	}
	leave := func(action string, carried url.Values) string {
		address, leads := strings.CutPrefix(b.Post(action, carried).Header.Get("Refresh"), "0; url=")
		if !leads {
			t.Fatal("leads to no provider")
		}
		return b.AtProvider(address)
	}
	in := b.Get(leave(send()))
	got := b.Get(in.Header.Get("Location"))
	if name := got.Page.Find("#name").AttrOr("value", ""); in.Status != http.StatusSeeOther || name != "Mei T. <b>" {
		t.Errorf("status %d to %s, the form holds %q", in.Status, in.Header.Get("Location"), name)
	}
	if stored := a.account(mei.Email).Name; stored != mei.Name {
		t.Errorf("the name is %q, though nobody pressed the button", stored)
	}
	t.Run("after a refusal", func(t *testing.T) {
		refused := b.Get(leave(send()) + "x") // the code is another one
		if carried := hidden(refused); carried.Get("typed.name") != "Mei T. <b>" {
			t.Errorf("status %d, carries %v", refused.Status, carried)
		}
	})
	t.Run("by somebody else", func(t *testing.T) {
		action, carried := send()
		a.provider.Be(oidctest.Person{Subject: "lea-1", Name: "Lea", Email: "lea@example.com"})
		in := b.Get(leave(action, carried))
		if got := b.Get(in.Header.Get("Location")); in.Status != http.StatusSeeOther || strings.Contains(got.Body, "Mei T.") {
			t.Errorf("status %d, shown: %t", in.Status, strings.Contains(got.Body, "Mei T."))
		}
	})
}
