package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

// TestOwnOriginBehindAProxy posts as browsers without Sec-Fetch-Site do, through a proxy that does not pass the host on:
// the page is of the address that the server was told, which is no other site.
func TestOwnOriginBehindAProxy(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Origin: "https://reviews.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	for origin, status := range map[string]int{
		"https://reviews.example.com":      http.StatusSeeOther,
		"http://reviews.example.com":       http.StatusForbidden,
		"https://reviews.example.com:8443": http.StatusForbidden,
		"https://evil.example":             http.StatusForbidden,
		"null":                             http.StatusForbidden,
	} {
		got := a.Browser().Do(http.MethodPost, templates.SignOutURL, url.Values{}, http.Header{"Origin": {origin}})
		if got.Status != status {
			t.Errorf("%s: status %d, want %d", origin, got.Status, status)
		}
	}
	if _, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Origin: "reviews.example.com"}); err == nil {
		t.Error("an origin without https:// is accepted")
	}
}
