package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/templates"
)

// TestSSOSignOut ends the session at the provider as well, and only one that began there.
func TestSSOSignOut(t *testing.T) {
	a := newSSOApp(t)
	b := a.browser()
	if got := b.sso("/"); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	cookie := b.cookie()
	got := b.post(templates.SignOutURL, url.Values{})
	address, leads := strings.CutPrefix(got.header.Get("Refresh"), "0; url=")
	if got.status != http.StatusOK || !leads || !strings.HasPrefix(address, a.provider.Issuer()) {
		t.Fatalf("status %d, leads to %q", got.status, address)
	}
	if link := got.page.Find("main a").AttrOr("href", ""); link != address {
		t.Errorf("the link leads to %q, the page itself to %q", link, address)
	}
	if replayed := a.browser().do(http.MethodGet, templates.AccountURL, nil, http.Header{"Cookie": {cookie}}); replayed.status != http.StatusSeeOther {
		t.Errorf("the old cookie: status %d, want 303", replayed.status)
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := b.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if back := response.Header.Get("Location"); response.StatusCode != http.StatusFound || back != a.server.URL+templates.SignInURL {
		t.Errorf("the provider answers %d and leads to %q", response.StatusCode, back)
	}

	password := a.signedIn()
	if got := password.post(templates.SignOutURL, url.Values{}); got.status != http.StatusSeeOther || got.header.Get("Refresh") != "" {
		t.Errorf("a session of a password: status %d, leads to %q", got.status, got.header.Get("Refresh"))
	}
}

// TestSSOSignOutWithoutProvider signs out here while the provider is not there.
func TestSSOSignOutWithoutProvider(t *testing.T) {
	a := newSSOApp(t)
	b := a.browser()
	if got := b.sso("/"); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	a.serve() // a restart: the provider is to be found again
	a.provider.Break(true)
	if got := b.post(templates.SignOutURL, url.Values{}); got.status != http.StatusSeeOther || got.header.Get("Location") != templates.SignInURL {
		t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
	}
	if got := b.get(templates.AccountURL); got.status != http.StatusSeeOther {
		t.Errorf("still signed in: status %d", got.status)
	}
}
