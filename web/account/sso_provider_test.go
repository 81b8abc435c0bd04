package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/web"
	"plumbline/web/account"
	"plumbline/web/webtest"
)

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
