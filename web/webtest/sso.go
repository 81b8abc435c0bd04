package webtest

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// ToProvider begins a sign-in and returns where it leads.
func (b *Browser) ToProvider(back string) string {
	b.T.Helper()
	got := b.Post("/login/sso?"+url.Values{"back": {back}}.Encode(), url.Values{})
	address, leads := strings.CutPrefix(got.Header.Get("Refresh"), "0; url=")
	if got.Status != http.StatusOK || !leads {
		b.T.Fatalf("status %d, refresh %q, want a page that leads to the provider\n%s", got.Status, got.Header.Get("Refresh"), got.Page.Find("main").Text())
	}
	if link := got.Page.Find("main a").AttrOr("href", ""); link != address {
		b.T.Errorf("the link leads to %q, the page itself to %q", link, address)
	}
	return address
}

// AtProvider signs in at the provider, and returns the path by which it sends the browser back.
func (b *Browser) AtProvider(address string) string {
	b.T.Helper()
	client := &http.Client{Jar: b.Client.Jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), b.Server.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	for method := http.MethodGet; ; method = http.MethodPost {
		request, err := http.NewRequestWithContext(context.Background(), method, address, nil)
		if err != nil {
			b.T.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			b.T.Fatal(err)
		}
		page, err := io.ReadAll(response.Body)
		if err != nil {
			b.T.Fatal(err)
		}
		_ = response.Body.Close()
		if path, back := strings.CutPrefix(response.Header.Get("Location"), b.Server.URL); back {
			return path
		}
		if method == http.MethodPost {
			b.T.Fatalf("the provider does not lead back: status %d %s", response.StatusCode, page)
		}
		address = response.Request.URL.String()
	}
}

// Sso goes the whole way to the provider and back.
func (b *Browser) Sso(back string) Answer {
	b.T.Helper()
	return b.Get(b.AtProvider(b.ToProvider(back)))
}

// WantRefused complains unless an answer is the sign-in page with a reason, and nobody is signed in.
func (b *Browser) WantRefused(got Answer, status int, why string) {
	b.T.Helper()
	if got.Status != status || !strings.Contains(got.Page.Find(".notice-poor").Text(), why) {
		b.T.Errorf("status %d, says %q; want %d and %q", got.Status, got.Page.Find(".notice-poor").Text(), status, why)
	}
	if got := b.Get("/account"); got.Status != http.StatusSeeOther {
		b.T.Error("signed in all the same")
	}
}
