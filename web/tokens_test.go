package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

func tokenForm(name, scope, lastDay string) url.Values {
	return url.Values{"name": {name}, "scope": {scope}, "expires_at": {lastDay}}
}

func TestMakeToken(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	fresh := b.get(templates.TokensURL)
	if got := fresh.page.Find("#expires_at").AttrOr("value", ""); fresh.status != http.StatusOK || got != "2027-02-21" {
		t.Errorf("status %d, the last day is %q", fresh.status, got)
	}
	made := b.post(templates.TokensURL, tokenForm(" Nightly ", "write", "2026-12-31"))
	secret := textOf(made.page.Find("[data-secret]"))
	if made.status != http.StatusCreated || !strings.HasPrefix(secret, "plb_") || len(secret) != len("plb_")+43 {
		t.Fatalf("status %d, secret %q", made.status, secret)
	}
	if try := textOf(made.page.Find(".made pre").Last()); try != `curl -sS --fail-with-body -H "Authorization: Bearer `+secret+`" "`+a.server.URL+`/api/v1/workloads"` {
		t.Errorf("the example is %s", try)
	}
	if got := made.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the page with the secret may be kept: %q", got)
	}
	tokens, err := a.store.Tokens(t.Context(), a.actor().User.ID)
	if err != nil || len(tokens) != 1 {
		t.Fatal(tokens, err)
	}
	if got := tokens[0]; got.Name != "Nightly" || got.Scope != assessment.ScopeWrite || got.ExpiresAt.Format("2006-01-02 15:04") != "2027-01-01 00:00" {
		t.Errorf("stored %+v", got)
	}
	p := &program{app: a, secret: secret, routes: a.described()}
	p.get("/workloads").want(http.StatusOK)
	list := b.get(templates.TokensURL)
	if strings.Contains(list.body, secret) {
		t.Error("the secret is shown again")
	}
	row := list.page.Find("tbody tr").First()
	if text := textOf(row); !strings.Contains(text, "Nightly reads and writes") || !strings.Contains(text, "31 Dec") || strings.Contains(text, "Never") {
		t.Errorf("the row says %q", text)
	}
	revoke := row.Find("form").AttrOr("action", "")
	if got := b.post(revoke, url.Values{}); got.status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.status)
	}
	p.get("/workloads").want(http.StatusUnauthorized)
	if text := textOf(b.get(templates.TokensURL).page.Find("tbody tr").First()); !strings.Contains(text, "Revoked") {
		t.Errorf("the row says %q", text)
	}
}

func TestBadToken(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	b.post(templates.TokensURL, tokenForm("Taken", "read", "2026-12-31"))
	const good = "2026-12-31"
	tests := []struct {
		name, token, scope, lastDay string
		field, says                 string
	}{
		{"no name", "", "read", good, "name", "needed"},
		{"only spaces", "  ", "read", good, "name", "needed"},
		{"too long", strings.Repeat("ü", 121), "read", good, "name", "at most 120"},
		{"10,000 characters", strings.Repeat("a", 10_000), "read", good, "name", "at most 120"},
		{"NUL", "a\x00b", "read", good, "name", "U+0000"},
		{"not UTF-8", "a\xffb", "read", good, "name", "not UTF-8"},
		{"a repeated submit", "taken", "read", good, "name", "You have a token of this name"},
		{"no scope", "Nightly", "", good, "scope", "read"},
		{"another scope", "Nightly", "admin", good, "scope", "read"},
		{"no day", "Nightly", "read", "", "expires_at", "such as"},
		{"no such day", "Nightly", "read", "2027-02-30", "expires_at", "such as"},
		{"yesterday", "Nightly", "read", "2026-11-22", "expires_at", "over"},
		{"too late", "Nightly", "read", "2027-11-25", "expires_at", "2027-11-24 at the latest"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := b.post(templates.TokensURL, tokenForm(tt.token, tt.scope, tt.lastDay))
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.status)
			}
			if text := textOf(got.page.Find("#" + tt.field + "-error")); !strings.Contains(text, tt.says) {
				t.Errorf("at the field: %q, want %q", text, tt.says)
			}
			if got.page.Find(".errors a[href='#"+tt.field+"']").Length() != 1 || got.page.Find("#"+tt.field).Length() != 1 {
				t.Error("the summary does not lead to the field")
			}
			if day := got.page.Find("#expires_at").AttrOr("value", ""); day != tt.lastDay {
				t.Errorf("the day that was typed is %q now", day)
			}
		})
	}
	for _, lastDay := range []string{"2026-11-23", "2027-11-24"} {
		if got := b.post(templates.TokensURL, tokenForm("On "+lastDay, "read", lastDay)); got.status != http.StatusCreated {
			t.Errorf("%s: status %d", lastDay, got.status)
		}
	}
	tokens, err := a.store.Tokens(t.Context(), a.actor().User.ID)
	if err != nil || len(tokens) != 3 {
		t.Errorf("%d tokens are stored, want 3: %v", len(tokens), err)
	}
}

// TestRepeatedToken sends one form many times at once: it makes one token.
func TestRepeatedToken(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { b.post(templates.TokensURL, tokenForm("Nightly", "read", "2026-12-31")) })
	}
	wait.Wait()
	if tokens, err := a.store.Tokens(t.Context(), a.actor().User.ID); err != nil || len(tokens) != 1 {
		t.Errorf("%d tokens, %v, want 1", len(tokens), err)
	}
}

func TestTokensOfOthers(t *testing.T) {
	a := newApp(t)
	mine := a.newToken(a.actor(), "plb_mine", assessment.ScopeRead)
	colleague := a.colleague()
	b := a.signedInAs(colleague.User)
	if got := b.post(templates.RevokeTokenURL(mine.ID), url.Values{}); got.status != http.StatusNotFound {
		t.Errorf("status %d, want 404", got.status)
	}
	if rows := b.get(templates.TokensURL).page.Find("tbody tr").Length(); rows != 0 {
		t.Errorf("%d tokens of others are shown", rows)
	}
	if got := a.browser().get(templates.TokensURL); got.status != http.StatusSeeOther {
		t.Errorf("nobody gets %d", got.status)
	}
	if _, err := a.store.ActorByToken(t.Context(), mine.Hash); err != nil {
		t.Errorf("the token does not work any more: %v", err)
	}
}
