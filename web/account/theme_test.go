package account_test

import (
	"net/http"
	"net/url"
	"testing"

	"plumbline/web/webtest"
)

// TestChooseTheme keeps each of the three choices and no other, and leads back to a page of this site only.
func TestChooseTheme(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	for _, tt := range []struct {
		theme, back string
		status      int
		to, shown   string
	}{
		{"dark", "/library?q=a", http.StatusSeeOther, "/library?q=a", "dark"},
		{"light", "https://evil.example/", http.StatusSeeOther, "/", "light"},
		{"red", "/library", http.StatusUnprocessableEntity, "", "light"},
		{"", "/library", http.StatusUnprocessableEntity, "", "light"},
		{"system", "//evil.example", http.StatusSeeOther, "/", "system"},
	} {
		got := b.Post("/theme", url.Values{"theme": {tt.theme}, "back": {tt.back}})
		if got.Status != tt.status || got.Header.Get("Location") != tt.to {
			t.Errorf("%q: status %d to %q, want %d to %q", tt.theme, got.Status, got.Header.Get("Location"), tt.status, tt.to)
		}
		page := b.Get("/library?q=a").Page
		if shown := page.Find("html").AttrOr("data-theme", ""); shown != tt.shown {
			t.Errorf("%q: the page is %s, want %s", tt.theme, shown, tt.shown)
		}
		if chosen := page.Find("#theme [aria-pressed=true]").AttrOr("value", ""); chosen != tt.shown {
			t.Errorf("%q: the menu marks %s, want %s", tt.theme, chosen, tt.shown)
		}
		if back := page.Find("#theme [name=back]").AttrOr("value", ""); back != "/library?q=a" {
			t.Errorf("the menu leads back to %q", back)
		}
	}
}
