package account_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func TestSetup(t *testing.T) {
	a := webtest.NewEmptyApp(t)
	token := a.SetupToken()
	form := func(change func(url.Values)) url.Values {
		v := url.Values{"token": {token}, "name": {"Ines Okafor"}, "email": {webtest.TestEmail}, "password": {webtest.TestPassword}}
		change(v)
		return v
	}

	t.Run("the page needs a link that is good", func(t *testing.T) {
		if got := a.Browser().Get("/setup?token=" + token); got.Status != http.StatusOK {
			t.Errorf("status %d, want 200", got.Status)
		}
		for _, bad := range []string{"", "?token=", "?token=wrong", "?token=" + strings.Repeat("x", 5000)} {
			got := a.Browser().Get("/setup" + bad)
			if got.Status != http.StatusNotFound {
				t.Errorf("GET /setup%.20s: status %d, want 404", bad, got.Status)
			}
			if why := got.Page.Find("main").Text(); !strings.Contains(why, "This link no longer works") || !strings.Contains(why, "Sign in") {
				t.Errorf("GET /setup%.20s says %q", bad, why)
			}
		}
	})

	bad := []struct {
		name, field, value string
	}{
		{"no name", "name", ""},
		{"only spaces", "name", "   "},
		{"long name", "name", strings.Repeat("n", assessment.MaxName+1)},
		{"NUL in the name", "name", "Ines\x00"},
		{"broken name", "name", "Ines\xff"},
		{"no address", "email", ""},
		{"no domain", "email", "ines@"},
		{"a name beside the address", "email", "Ines <ines@example.com>"},
		{"long address", "email", strings.Repeat("e", 250) + "@example.com"},
		{"short password", "password", "short"},
		{"long password", "password", strings.Repeat("pass word ", 13)},
		{"common password", "password", "Password1234"},
		{"password like the address", "password", "ines@example.com"},
		{"password that repeats", "password", "abcabcabcabcabc"},
	}
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			got := a.Browser().Post("/setup", form(func(v url.Values) { v.Set(tt.field, tt.value) }))
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if got.Page.Find("#"+tt.field+"-error").Text() == "" {
				t.Errorf("no message at the field %s", tt.field)
			}
			if want := form(func(v url.Values) { v.Set(tt.field, tt.value) }).Get("email"); got.Page.Find("#email").AttrOr("value", "") != want {
				t.Error("the address that was typed is gone")
			}
			if got.Page.Find("#password").AttrOr("value", "") != "" {
				t.Error("the password is in the page")
			}
		})
	}

	t.Run("a link that is none is refused first", func(t *testing.T) {
		got := a.Browser().Post("/setup", form(func(v url.Values) { v.Set("token", "wrong"); v.Set("name", "") }))
		if got.Status != http.StatusNotFound {
			t.Errorf("status %d, want 404", got.Status)
		}
	})
	t.Run("the link works once", func(t *testing.T) {
		b := a.Browser()
		got := b.Post("/setup", form(func(url.Values) {}))
		if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/" {
			t.Fatalf("status %d to %q, want 303 to /", got.Status, got.Header.Get("Location"))
		}
		if got := b.Get("/account"); got.Status != http.StatusOK {
			t.Errorf("not signed in afterwards: status %d", got.Status)
		}
		again := a.Browser().Post("/setup", form(func(v url.Values) { v.Set("email", "second@example.com") }))
		if again.Status != http.StatusNotFound {
			t.Errorf("the second use: status %d, want 404", again.Status)
		}
		user, err := a.Store.UserByEmail(context.Background(), webtest.TestEmail)
		if err != nil || !user.Admin || strings.Contains(user.PasswordHash, webtest.TestPassword) {
			t.Errorf("stored %+v, %v", user, err)
		}
	})
}
