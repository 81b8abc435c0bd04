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
)

// TestHeaders asks for answers of every kind: all carry the same protection.
func TestHeaders(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	answers := map[string]answer{
		"page":      b.get("/account"),
		"anonymous": a.browser().get("/login"),
		"redirect":  a.browser().get("/account"),
		"missing":   b.get("/nowhere"),
		"method":    b.do(http.MethodDelete, "/account", nil, nil),
		"too large": b.post("/login", url.Values{"email": {strings.Repeat("x", 9000)}}),
		"foreign":   b.do(http.MethodPost, "/account", url.Values{"do": {"profile"}}, http.Header{"Sec-Fetch-Site": {"cross-site"}}),
		"asset":     a.browser().get(stylesheet(a.browser())),
	}
	statuses := map[string]int{"page": 200, "anonymous": 200, "redirect": 303, "missing": 404, "method": 405, "too large": 413, "foreign": 403, "asset": 200}
	for name, got := range answers {
		if got.status != statuses[name] {
			t.Errorf("%s: status %d, want %d", name, got.status, statuses[name])
		}
		for header, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "same-origin",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.header.Get(header), want)
			}
		}
		if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", name, policy)
		}
		wantCache := "no-store"
		if name == "asset" {
			wantCache = "public, max-age=31536000, immutable"
		}
		if got.header.Get("Cache-Control") != wantCache {
			t.Errorf("%s: Cache-Control is %q, want %q", name, got.header.Get("Cache-Control"), wantCache)
		}
	}
}

func stylesheet(b *browser) string {
	return b.get("/login").page.Find("link[rel=stylesheet]").AttrOr("href", "")
}

func TestForeignOrigins(t *testing.T) {
	b := newApp(t).signedIn()
	for _, header := range []http.Header{
		{"Sec-Fetch-Site": {"cross-site"}},
		{"Sec-Fetch-Site": {"same-site"}},
		{"Origin": {"https://evil.example"}},
		{"Origin": {"null"}},
	} {
		got := b.do(http.MethodPost, "/account", url.Values{"do": {"profile"}, "name": {"Mallory"}}, header)
		if got.status != http.StatusForbidden {
			t.Errorf("%v: status %d, want 403", header, got.status)
		}
	}
	if name := b.get("/account").page.Find("#name").AttrOr("value", ""); name != "Ines Okafor" {
		t.Errorf("the name is %q now", name)
	}
}

func TestAssetsAreSmall(t *testing.T) {
	b := newApp(t).browser()
	page := b.get("/login").page
	total := 0
	addresses := []string{page.Find("link[rel=stylesheet]").AttrOr("href", ""), page.Find("link[rel=icon]").AttrOr("href", "")}
	for _, script := range page.Find("script").Nodes {
		for _, attribute := range script.Attr {
			if attribute.Key == "src" {
				addresses = append(addresses, attribute.Val)
			}
		}
	}
	if len(addresses) != 4 {
		t.Fatalf("assets %v, want stylesheet, icon, htmx and the script", addresses)
	}
	for _, address := range addresses {
		got := b.do(http.MethodGet, address, nil, http.Header{"Accept-Encoding": {"gzip"}})
		if got.status != http.StatusOK || got.header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: status %d, encoding %q", address, got.status, got.header.Get("Content-Encoding"))
		}
		total += len(got.body)
	}
	if total > 120_000 {
		t.Errorf("all assets have %d bytes compressed, want at most 120,000", total)
	}
}

func TestBrowserThatHasGone(t *testing.T) {
	a := newApp(t)
	var log bytes.Buffer
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Logger: slog.New(slog.NewTextHandler(&log, nil))})
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
