package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/web"
	"plumbline/web/account"
	"plumbline/web/webtest"
)

func TestSSOAnswers(t *testing.T) {
	a := newSSOApp(t)
	const again = "Sign in again"
	change := func(path, name, value string) string {
		u, err := url.Parse(path)
		if err != nil {
			t.Fatal(err)
		}
		query := u.Query()
		query.Set(name, value)
		return u.Path + "?" + query.Encode()
	}
	t.Run("another state", func(t *testing.T) {
		for _, state := range []string{"", "another"} {
			b := a.Browser()
			path := b.AtProvider(b.ToProvider("/"))
			b.WantRefused(b.Get(change(path, "state", state)), http.StatusForbidden, again)
		}
	})
	t.Run("another browser", func(t *testing.T) {
		b, other := a.Browser(), a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		other.WantRefused(other.Get(path), http.StatusForbidden, again)
		other.ToProvider("/")
		other.WantRefused(other.Get(path), http.StatusForbidden, again)
	})
	t.Run("a stolen code", func(t *testing.T) {
		victim, thief := a.Browser(), a.Browser()
		stolen, err := url.Parse(victim.AtProvider(victim.ToProvider("/")))
		if err != nil {
			t.Fatal(err)
		}
		own := thief.AtProvider(thief.ToProvider("/"))
		thief.WantRefused(thief.Get(change(own, "code", stolen.Query().Get("code"))), http.StatusForbidden, again)
	})
	t.Run("twice", func(t *testing.T) {
		b, copied := a.Browser(), a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		home, _ := url.Parse(a.Server.URL)
		copied.Client.Jar.SetCookies(home, b.Client.Jar.Cookies(home))
		if got := b.Get(path); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d", got.Status)
		}
		copied.WantRefused(copied.Get(path), http.StatusForbidden, again)
		if got := b.Get(path); got.Status != http.StatusForbidden {
			t.Errorf("the second time: status %d", got.Status)
		}
	})
	t.Run("too late", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		a.Advance(11 * time.Minute)
		b.WantRefused(b.Get(path), http.StatusForbidden, again)
	})
	t.Run("another issuer", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		b.WantRefused(b.Get(change(path, "iss", "https://login.example.com")), http.StatusForbidden, "does not match")
	})
	t.Run("no code", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		b.WantRefused(b.Get(change(path, "code", "")), http.StatusForbidden, again)
	})
	t.Run("errors in an address", func(t *testing.T) {
		for code, status := range map[string]int{"access_denied": 403, "server_error": 503, "<script>alert(1)</script>": 403} {
			b := a.Browser()
			path := b.AtProvider(b.ToProvider("/"))
			got := b.Get(change(change(path, "error", code), "error_description", "<b>Call 555-0100</b>"))
			b.WantRefused(got, status, "")
			if strings.Contains(got.Body, "555-0100") || strings.Contains(got.Body, "alert(1)") {
				t.Errorf("%s: the page says what the address says", code)
			}
		}
	})
	t.Run("forged cookies", func(t *testing.T) {
		for _, value := range []string{"", "x", strings.Repeat("A", 3000)} {
			got := a.Browser().Do(http.MethodGet, callback+"?state=x&code=y", nil, http.Header{"Cookie": {"sso=" + value}})
			if got.Status != http.StatusForbidden {
				t.Errorf("%.10q: status %d, want 403", value, got.Status)
			}
		}
	})
	t.Run("denied", func(t *testing.T) {
		a.provider.Deny()
		b := a.Browser()
		b.WantRefused(b.Sso("/teams"), http.StatusForbidden, "denied access")
		a.wantLast(access.AuditSignInRefused, "")
	})
}

func TestSSOKeyRotation(t *testing.T) {
	a := newSSOApp(t)
	for range 3 {
		if got := a.Browser().Sso("/"); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d\n%s", got.Status, a.log.String())
		}
		a.provider.Rotate(t)
	}
}

func TestSSOWithoutProvider(t *testing.T) {
	a := newSSOApp(t)
	a.provider.Break(true)
	b := a.Browser()
	got := b.Post("/login/sso", url.Values{})
	b.WantRefused(got, http.StatusServiceUnavailable, "currently unavailable")
	if got.Header.Get("Retry-After") == "" || strings.Contains(got.Body, "Out of order") {
		t.Error("no Retry-After, or the provider's words are in the page")
	}
	if page := b.Get("/login").Page; !strings.Contains(page.Find(".notice").Text(), "currently unavailable") {
		t.Error("the sign-in page does not say so")
	}
	a.provider.Break(false)
	if got := b.Post("/login/sso", url.Values{}); got.Status != http.StatusServiceUnavailable {
		t.Errorf("asked again at once: status %d, want 503", got.Status)
	}
	a.Advance(2 * time.Second)
	path := b.AtProvider(b.ToProvider("/"))
	if page := b.Get("/login").Page; page.Find(".notice").Length() > 0 {
		t.Error("the sign-in page still says that it is not available")
	}
	a.provider.Break(true)
	b.WantRefused(b.Get(path), http.StatusServiceUnavailable, "currently unavailable")
	if got := b.Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}}); got.Status != http.StatusSeeOther {
		t.Errorf("with the password: status %d", got.Status)
	}
}

func TestIssuers(t *testing.T) {
	tests := map[string]bool{
		"https://login.microsoftonline.com/8c1f0f7e-1c8e-4a1b-9f53-3d7d2b0f5f0a/v2.0": true,
		"https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0":              true,
		"https://id.example.com":        true,
		"https://id.example.com/common": true,
		"http://localhost:9998":         true,
		"http://127.0.0.1:9998/":        true,

		"https://login.microsoftonline.com/common/v2.0":                               false,
		"https://login.microsoftonline.com/Common":                                    false,
		"https://login.microsoftonline.com//organizations/v2.0":                       false,
		"https://login.microsoftonline.us/consumers/v2.0":                             false,
		"https://sts.windows.net/%63ommon/":                                           false,
		"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0": false,
		"https://login.microsoftonline.com/{tenantid}/v2.0":                           false,
		"https://id.example.com/{tenant}":                                             false,
		"http://id.example.com":                                                       false,
		"https://":                                                                    false,
		"id.example.com":                                                              false,
		"https://id.example.com?tenant=1":                                             false,
		"":                                                                            false,
	}
	for issuer, want := range tests {
		if err := account.CheckIssuer(issuer); (err == nil) != want {
			t.Errorf("%q: %v", issuer, err)
		}
		if want {
			continue
		}
		_, err := web.New(web.Options{SessionKey: webtest.SessionKey, SSO: &account.SSO{Issuer: issuer, ClientID: "c", ClientSecret: "s"}})
		if err == nil {
			t.Errorf("%q: the server starts with it", issuer)
		}
	}
}
