package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

func tokenForm(name, scope, lastDay string) url.Values {
	return url.Values{"name": {name}, "scope": {scope}, "expires_at": {lastDay}, "password": {webtest.TestPassword}}
}

func TestMakeToken(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	fresh := b.Get(templates.TokensURL)
	if got := fresh.Page.Find("#expires_at").AttrOr("value", ""); fresh.Status != http.StatusOK || got != "2027-02-21" {
		t.Errorf("status %d, the last day is %q", fresh.Status, got)
	}
	made := b.Post(templates.TokensURL, tokenForm(" Nightly ", "write", "2026-12-31"))
	secret := webtest.TextOf(made.Page.Find("[data-secret]"))
	if made.Status != http.StatusCreated || !strings.HasPrefix(secret, "plb_") || len(secret) != len("plb_")+43 {
		t.Fatalf("status %d, secret %q", made.Status, secret)
	}
	if try := webtest.TextOf(made.Page.Find(".made pre").Last()); try != `curl -sS --fail-with-body -H "Authorization: Bearer `+secret+`" "`+a.Server.URL+`/api/v1/workloads"` {
		t.Errorf("the example is %s", try)
	}
	if got := made.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the page with the secret may be kept: %q", got)
	}
	tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID)
	if err != nil || len(tokens) != 1 {
		t.Fatal(tokens, err)
	}
	if got := tokens[0]; got.Name != "Nightly" || got.Scope != access.ScopeWrite || got.ExpiresAt.Format("2006-01-02 15:04") != "2027-01-01 00:00" {
		t.Errorf("stored %+v", got)
	}
	p := &webtest.Program{App: a, Secret: secret, Routes: a.Described()}
	p.Get("/workloads").Want(http.StatusOK)
	list := b.Get(templates.TokensURL)
	if strings.Contains(list.Body, secret) {
		t.Error("the secret is shown again")
	}
	row := list.Page.Find("tbody tr").First()
	if text := webtest.TextOf(row); !strings.Contains(text, "Nightly reads and writes") || !strings.Contains(text, "31 Dec") || strings.Contains(text, "Never") {
		t.Errorf("the row says %q", text)
	}
	revoke := row.Find("form").AttrOr("action", "")
	if got := b.Post(revoke, url.Values{}); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.Status)
	}
	p.Get("/workloads").Want(http.StatusUnauthorized)
	if text := webtest.TextOf(b.Get(templates.TokensURL).Page.Find("tbody tr").First()); !strings.Contains(text, "Revoked") {
		t.Errorf("the row says %q", text)
	}
}

func TestBadToken(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	b.Post(templates.TokensURL, tokenForm("Taken", "read", "2026-12-31"))
	const good = "2026-12-31"
	tests := []struct {
		name, token, scope, lastDay string
		field, says                 string
	}{
		{"no name", "", "read", good, "name", "Enter a name"},
		{"only spaces", "  ", "read", good, "name", "Enter a name"},
		{"too long", strings.Repeat("ü", 121), "read", good, "name", "at most 120"},
		{"10,000 characters", strings.Repeat("a", 10_000), "read", good, "name", "at most 120"},
		{"NUL", "a\x00b", "read", good, "name", "U+0000"},
		{"not UTF-8", "a\xffb", "read", good, "name", "not UTF-8"},
		{"a repeated submit", "taken", "read", good, "name", "You already have a token with this name"},
		{"no scope", "Nightly", "", good, "scope", "read"},
		{"another scope", "Nightly", "admin", good, "scope", "read"},
		{"no day", "Nightly", "read", "", "expires_at", "such as"},
		{"no such day", "Nightly", "read", "2027-02-30", "expires_at", "such as"},
		{"yesterday", "Nightly", "read", "2026-11-22", "expires_at", "in the future"},
		{"too late", "Nightly", "read", "2027-11-25", "expires_at", "no later than 2027-11-24"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := b.Post(templates.TokensURL, tokenForm(tt.token, tt.scope, tt.lastDay))
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if text := webtest.TextOf(got.Page.Find("#" + tt.field + "-error")); !strings.Contains(text, tt.says) {
				t.Errorf("at the field: %q, want %q", text, tt.says)
			}
			if got.Page.Find(".errors a[href='#"+tt.field+"']").Length() != 1 || got.Page.Find("#"+tt.field).Length() != 1 {
				t.Error("the summary does not lead to the field")
			}
			if day := got.Page.Find("#expires_at").AttrOr("value", ""); day != tt.lastDay {
				t.Errorf("the day that was typed is %q now", day)
			}
		})
	}
	for _, lastDay := range []string{"2026-11-23", "2027-11-24"} {
		if got := b.Post(templates.TokensURL, tokenForm("On "+lastDay, "read", lastDay)); got.Status != http.StatusCreated {
			t.Errorf("%s: status %d", lastDay, got.Status)
		}
	}
	tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID)
	if err != nil || len(tokens) != 3 {
		t.Errorf("%d tokens are stored, want 3: %v", len(tokens), err)
	}
}

// TestRepeatedToken sends one form many times at once: it makes one token.
func TestRepeatedToken(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { b.Post(templates.TokensURL, tokenForm("Nightly", "read", "2026-12-31")) })
	}
	wait.Wait()
	if tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID); err != nil || len(tokens) != 1 {
		t.Errorf("%d tokens, %v, want 1", len(tokens), err)
	}
}

// TestDoubleClickOnToken sends the form of one page twice: both answers show the same secret, and there is one token.
func TestDoubleClickOnToken(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	request := b.Get(templates.TokensURL).Page.Find("input[name=request]").AttrOr("value", "")
	form := tokenForm("Nightly", "read", "2026-12-31")
	form.Set("request", request)
	secret := func(got webtest.Answer) string { return webtest.TextOf(got.Page.Find("[data-secret]")) }
	first, second := b.Post(templates.TokensURL, form), b.Post(templates.TokensURL, form)
	if first.Status != http.StatusCreated || second.Status != http.StatusCreated || secret(first) == "" || secret(first) != secret(second) {
		t.Errorf("status %d and %d, secrets %q and %q", first.Status, second.Status, secret(first), secret(second))
	}
	tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID)
	if err != nil || len(tokens) != 1 {
		t.Fatalf("%d tokens, %v", len(tokens), err)
	}
	program := &webtest.Program{App: a, Secret: secret(second), Routes: a.Described()}
	program.Get("/workloads").Want(http.StatusOK)
	if strings.Contains(secret(first), request) || request == "" {
		t.Error("the form holds the secret")
	}
	a.Advance(access.RepeatLimit)
	if late := b.Post(templates.TokensURL, form); late.Status != http.StatusUnprocessableEntity || secret(late) != "" {
		t.Errorf("later: status %d, secret %q", late.Status, secret(late))
	}
	colleague := a.SignedInAs(a.Colleague().User)
	if got := colleague.Post(templates.TokensURL, form); secret(got) != "" {
		t.Error("somebody else is shown the secret")
	}
}

// TestTokenAsksForThePassword of who is signed in, and makes none without.
func TestTokenAsksForThePassword(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for password, says := range map[string]string{"": "Enter your password", "wrong wrong wrong": "Incorrect password"} {
		form := tokenForm("Nightly", "read", "2026-12-31")
		form.Set("password", password)
		got := b.Post(templates.TokensURL, form)
		webtest.Want(t, "password "+password, got, http.StatusUnprocessableEntity, "#password-error", says)
		if name := got.Page.Find("#name").AttrOr("value", ""); name != "Nightly" {
			t.Errorf("the name is %q after the error", name)
		}
	}
	if tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID); err != nil || len(tokens) > 0 {
		t.Errorf("%d tokens, %v", len(tokens), err)
	}
}

// TestTooManyTokens: a person has so many at most.
func TestTooManyTokens(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for range access.MaxTokens {
		a.NewToken(a.Actor(), page.NewToken(), access.ScopeRead)
	}
	got := b.Post(templates.TokensURL, tokenForm("One more", "read", "2026-12-31"))
	webtest.Want(t, "one more", got, http.StatusUnprocessableEntity, "#name-error", "You have 20 tokens, which is the maximum")
	tokens, err := a.Store.Tokens(t.Context(), a.Actor().User.ID)
	if err != nil || len(tokens) != access.MaxTokens {
		t.Fatalf("%d tokens, %v", len(tokens), err)
	}
	b.Post(view.RevokeTokenURL(tokens[0].ID), url.Values{})
	if got := b.Post(templates.TokensURL, tokenForm("One more", "read", "2026-12-31")); got.Status != http.StatusCreated {
		t.Errorf("after one was revoked: status %d", got.Status)
	}
}

func TestTokensOfOthers(t *testing.T) {
	a := webtest.NewApp(t)
	mine := a.NewToken(a.Actor(), "plb_mine", access.ScopeRead)
	colleague := a.Colleague()
	b := a.SignedInAs(colleague.User)
	if got := b.Post(view.RevokeTokenURL(mine.ID), url.Values{}); got.Status != http.StatusNotFound {
		t.Errorf("status %d, want 404", got.Status)
	}
	if rows := b.Get(templates.TokensURL).Page.Find("tbody tr").Length(); rows != 0 {
		t.Errorf("%d tokens of others are shown", rows)
	}
	if got := a.Browser().Get(templates.TokensURL); got.Status != http.StatusSeeOther {
		t.Errorf("nobody gets %d", got.Status)
	}
	if _, err := a.Store.ActorByToken(t.Context(), mine.Hash); err != nil {
		t.Errorf("the token does not work any more: %v", err)
	}
}
