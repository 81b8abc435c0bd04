package account_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment/access"
)

// TestSSOFreshSignIn: an account without a password is asked to sign in again, and the provider is told to ask for it.
func TestSSOFreshSignIn(t *testing.T) {
	a := newSSOApp(t)
	a.provider.Forge(t, func(claims map[string]any) { delete(claims, "auth_time") })
	b := a.Browser()
	b.Sso("/")
	shown := b.Get("/account/tokens").Page.Find("form.notice")
	action := shown.AttrOr("action", "")
	if !strings.Contains(action, "fresh=1") || !strings.Contains(shown.Text(), "Sign in with Contoso again") {
		t.Fatalf("the page of tokens does not ask to sign in again: %q", shown.Text())
	}
	if got := b.Post("/account/tokens", tokenForm("Nightly", "read", "")); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("status %d, want 422", got.Status)
	}
	got := b.Post(action, nil)
	address := strings.TrimPrefix(got.Header.Get("Refresh"), "0; url=")
	if !strings.Contains(address, "prompt=login") {
		t.Errorf("the provider is not told to ask: %s", address)
	}
	if got := b.Get(b.AtProvider(address)); got.Header.Get("Location") != "/account/tokens" {
		t.Errorf("leads to %q", got.Header.Get("Location"))
	}
	day := a.Now().AddDate(0, 1, 0).Format("2006-01-02")
	if got := b.Post("/account/tokens", tokenForm("Nightly", "read", day)); got.Status != http.StatusCreated {
		t.Errorf("after it: status %d, want 201", got.Status)
	}
	a.Advance(access.FreshLimit)
	if got := b.Post("/account/tokens", tokenForm("Late", "read", day)); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("ten minutes later: status %d, want 422", got.Status)
	}
}

// TestAuthTime: what the provider says about when somebody showed who they are is believed, and not more.
func TestAuthTime(t *testing.T) {
	a := newSSOApp(t)
	old := a.Now().Add(-access.FreshLimit).Unix()
	a.provider.Forge(t, func(claims map[string]any) { claims["auth_time"] = old })
	b := a.Browser()
	got := b.Post("/login/sso?fresh=1&back=%2Faccount%2Ftokens", nil)
	b.Get(b.AtProvider(strings.TrimPrefix(got.Header.Get("Refresh"), "0; url=")))
	if shown := b.Get("/account/tokens").Page.Find("form.notice"); shown.Length() != 1 {
		t.Error("a sign-in of long ago counts as fresh")
	}
}
