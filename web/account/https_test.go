package account_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"plumbline/web"
	"plumbline/web/webtest"
)

// TestSigningInOverPlainHTTP opens what leads to a session on a server that cannot keep one over http: each page says so
// and names the settings, and the link for the first account stays good.
func TestSigningInOverPlainHTTP(t *testing.T) {
	a := webtest.NewEmptyApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, PlainHTTP: true})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	token := a.SetupToken()
	form := url.Values{"token": {token}, "name": {"Ines Okafor"}, "email": {webtest.TestEmail}, "password": {webtest.TestPassword}}
	for _, path := range []string{"/login", "/setup?token=" + token, "/reset?token=x", "/invite?token=x"} {
		for _, got := range []webtest.Answer{a.Browser().Get(path), a.Browser().Post(path, form)} {
			text := webtest.TextOf(got.Page.Find("main"))
			if got.Status != http.StatusConflict || !strings.Contains(text, "requires HTTPS") || !strings.Contains(text, "--tls-cert") || !strings.Contains(text, "--url") {
				t.Errorf("%s: status %d, want 409; it says %q", path, got.Status, text)
			}
		}
	}
	for name, header := range map[string]http.Header{"a browser of this machine": {"Sec-Fetch-Site": {"same-origin"}},
		"a proxy with TLS": {"X-Forwarded-Proto": {"https"}}} {
		if got := a.Browser().Do(http.MethodGet, "/setup?token="+token, nil, header); got.Page.Find("#password").Length() != 1 {
			t.Errorf("%s: status %d, and no form", name, got.Status)
		}
	}
	if got := a.Browser().Do(http.MethodPost, "/setup", form, http.Header{"Sec-Fetch-Site": {"same-origin"}}); got.Status != http.StatusSeeOther {
		t.Errorf("the link, afterwards: status %d", got.Status)
	}
}
