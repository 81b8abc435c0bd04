package account_test

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
	b := a.Browser()
	if got := b.Sso("/"); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	cookie := b.Cookie()
	got := b.Post(templates.SignOutURL, url.Values{})
	address, leads := strings.CutPrefix(got.Header.Get("Refresh"), "0; url=")
	if got.Status != http.StatusOK || !leads || !strings.HasPrefix(address, a.provider.Issuer()) {
		t.Fatalf("status %d, leads to %q", got.Status, address)
	}
	if link := got.Page.Find("main a").AttrOr("href", ""); link != address {
		t.Errorf("the link leads to %q, the page itself to %q", link, address)
	}
	if replayed := a.Browser().Do(http.MethodGet, templates.AccountURL, nil, http.Header{"Cookie": {cookie}}); replayed.Status != http.StatusSeeOther {
		t.Errorf("the old cookie: status %d, want 303", replayed.Status)
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := b.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if back := response.Header.Get("Location"); response.StatusCode != http.StatusFound || back != a.Server.URL+templates.SignInURL {
		t.Errorf("the provider answers %d and leads to %q", response.StatusCode, back)
	}

	password := a.SignedIn()
	if got := password.Post(templates.SignOutURL, url.Values{}); got.Status != http.StatusSeeOther || got.Header.Get("Refresh") != "" {
		t.Errorf("a session of a password: status %d, leads to %q", got.Status, got.Header.Get("Refresh"))
	}
}

// TestSSOSignOutWithoutProvider signs out here while the provider is not there.
func TestSSOSignOutWithoutProvider(t *testing.T) {
	a := newSSOApp(t)
	b := a.Browser()
	if got := b.Sso("/"); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	a.serve() // a restart: the provider is to be found again
	a.provider.Break(true)
	if got := b.Post(templates.SignOutURL, url.Values{}); got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.SignInURL {
		t.Errorf("status %d to %q", got.Status, got.Header.Get("Location"))
	}
	if got := b.Get(templates.AccountURL); got.Status != http.StatusSeeOther {
		t.Errorf("still signed in: status %d", got.Status)
	}
}
