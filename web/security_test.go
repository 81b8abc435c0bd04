package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"plumbline/web"
	"plumbline/web/webtest"
)

// TestHeaders asks for answers of every kind: all carry the same protection.
func TestHeaders(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	answers := map[string]webtest.Answer{
		"page":      b.Get("/account"),
		"anonymous": a.Browser().Get("/login"),
		"redirect":  a.Browser().Get("/account"),
		"missing":   b.Get("/nowhere"),
		"method":    b.Do(http.MethodDelete, "/account", nil, nil),
		"too large": b.Post("/login", url.Values{"email": {strings.Repeat("x", 9000)}}),
		"foreign":   b.Do(http.MethodPost, "/account", url.Values{"do": {"profile"}}, http.Header{"Sec-Fetch-Site": {"cross-site"}}),
		"asset":     a.Browser().Get(webtest.Stylesheet(a.Browser())),
	}
	statuses := map[string]int{"page": 200, "anonymous": 200, "redirect": 303, "missing": 404, "method": 405, "too large": 413, "foreign": 403, "asset": 200}
	for name, got := range answers {
		if got.Status != statuses[name] {
			t.Errorf("%s: status %d, want %d", name, got.Status, statuses[name])
		}
		for header, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "same-origin",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.Header.Get(header), want)
			}
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", name, policy)
		}
		wantCache := "no-store"
		if name == "asset" {
			wantCache = "public, max-age=31536000, immutable"
		}
		if got.Header.Get("Cache-Control") != wantCache {
			t.Errorf("%s: Cache-Control is %q, want %q", name, got.Header.Get("Cache-Control"), wantCache)
		}
	}
}

func TestForeignOrigins(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	for _, header := range []http.Header{
		{"Sec-Fetch-Site": {"cross-site"}},
		{"Sec-Fetch-Site": {"same-site"}},
		{"Origin": {"https://evil.example"}},
		{"Origin": {"null"}},
	} {
		got := b.Do(http.MethodPost, "/account", url.Values{"do": {"profile"}, "name": {"Mallory"}}, header)
		if got.Status != http.StatusForbidden {
			t.Errorf("%v: status %d, want 403", header, got.Status)
		}
	}
	if name := b.Get("/account").Page.Find("#name").AttrOr("value", ""); name != "Ines Okafor" {
		t.Errorf("the name is %q now", name)
	}
}

func TestAssetsAreSmall(t *testing.T) {
	b := webtest.NewApp(t).Browser()
	page := b.Get("/login").Page
	total := 0
	addresses := []string{page.Find("link[rel=stylesheet]").AttrOr("href", ""), page.Find("link[rel=icon]").AttrOr("href", "")}
	for _, script := range page.Find("script").Nodes {
		for _, attribute := range script.Attr {
			if attribute.Key == "src" {
				addresses = append(addresses, attribute.Val)
			}
		}
	}
	if len(addresses) != 6 {
		t.Fatalf("assets %v, want stylesheet, icon, htmx and three scripts", addresses)
	}
	for _, address := range addresses {
		got := b.Do(http.MethodGet, address, nil, http.Header{"Accept-Encoding": {"gzip"}})
		if got.Status != http.StatusOK || got.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: status %d, encoding %q", address, got.Status, got.Header.Get("Content-Encoding"))
		}
		total += len(got.Body)
	}
	if total > 120_000 {
		t.Errorf("all assets have %d bytes compressed, want at most 120,000", total)
	}
}

func TestBrowserThatHasGone(t *testing.T) {
	a := webtest.NewApp(t)
	var log bytes.Buffer
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/login", nil))
	if !strings.Contains(log.String(), "request abandoned") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("logged %s, want that it was abandoned, without an error of the server", log.String())
	}
}

func TestOtherMethodsAreToldWhatIsAllowed(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	for request, want := range map[string]string{"DELETE /": "GET, HEAD", "POST /healthz": "GET, HEAD", "PUT /login": "GET, HEAD, POST", "GET /logout": "POST", "TRACE /login": "GET, HEAD, POST"} {
		method, path, _ := strings.Cut(request, " ")
		got := b.Do(method, path, nil, nil)
		if allowed := strings.Join(got.Header.Values("Allow"), ", "); got.Status != http.StatusMethodNotAllowed || allowed != want {
			t.Errorf("%s: status %d, Allow %q, want %q", request, got.Status, allowed, want)
		}
	}
}
