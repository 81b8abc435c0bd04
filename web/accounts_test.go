package web_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/storage"
	"plumbline/web"
)

func TestSetup(t *testing.T) {
	a := newEmptyApp(t)
	token := a.setupToken()
	form := func(change func(url.Values)) url.Values {
		v := url.Values{"token": {token}, "name": {"Ines Okafor"}, "email": {testEmail}, "password": {testPassword}}
		change(v)
		return v
	}

	t.Run("the page needs a link that is good", func(t *testing.T) {
		if got := a.browser().get("/setup?token=" + token); got.status != http.StatusOK {
			t.Errorf("status %d, want 200", got.status)
		}
		for _, bad := range []string{"", "?token=", "?token=wrong", "?token=" + strings.Repeat("x", 5000)} {
			got := a.browser().get("/setup" + bad)
			if got.status != http.StatusNotFound {
				t.Errorf("GET /setup%.20s: status %d, want 404", bad, got.status)
			}
			if why := got.page.Find("main").Text(); !strings.Contains(why, "This link does not work any more") || !strings.Contains(why, "Sign in") {
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
			got := a.browser().post("/setup", form(func(v url.Values) { v.Set(tt.field, tt.value) }))
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.status)
			}
			if got.page.Find("#"+tt.field+"-error").Text() == "" {
				t.Errorf("no message at the field %s", tt.field)
			}
			if want := form(func(v url.Values) { v.Set(tt.field, tt.value) }).Get("email"); got.page.Find("#email").AttrOr("value", "") != want {
				t.Error("the address that was typed is gone")
			}
			if got.page.Find("#password").AttrOr("value", "") != "" {
				t.Error("the password is in the page")
			}
		})
	}

	t.Run("a link that is none is refused first", func(t *testing.T) {
		got := a.browser().post("/setup", form(func(v url.Values) { v.Set("token", "wrong"); v.Set("name", "") }))
		if got.status != http.StatusNotFound {
			t.Errorf("status %d, want 404", got.status)
		}
	})
	t.Run("the link works once", func(t *testing.T) {
		b := a.browser()
		got := b.post("/setup", form(func(url.Values) {}))
		if got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
			t.Fatalf("status %d to %q, want 303 to /", got.status, got.header.Get("Location"))
		}
		if got := b.get("/account"); got.status != http.StatusOK {
			t.Errorf("not signed in afterwards: status %d", got.status)
		}
		again := a.browser().post("/setup", form(func(v url.Values) { v.Set("email", "second@example.com") }))
		if again.status != http.StatusNotFound {
			t.Errorf("the second use: status %d, want 404", again.status)
		}
		user, err := a.store.UserByEmail(context.Background(), testEmail)
		if err != nil || !user.Admin || strings.Contains(user.PasswordHash, testPassword) {
			t.Errorf("stored %+v, %v", user, err)
		}
	})
}

func TestSignIn(t *testing.T) {
	a := newApp(t)
	t.Run("a page asks to sign in and leads back", func(t *testing.T) {
		b := a.browser()
		got := b.get("/account?x=1")
		want := "/login?back=%2Faccount%3Fx%3D1"
		if got.status != http.StatusSeeOther || got.header.Get("Location") != want {
			t.Fatalf("status %d to %q, want 303 to %q", got.status, got.header.Get("Location"), want)
		}
		got = b.post(want, url.Values{"email": {" INES@example.com "}, "password": {testPassword}})
		if got.status != http.StatusSeeOther || got.header.Get("Location") != "/account?x=1" {
			t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
		}
	})
	t.Run("redirects stay here", func(t *testing.T) {
		for _, back := range []string{"//evil.example", `/\evil.example`, "https://evil.example/", "javascript:alert(1)", "/%5Cevil.example", "\thttps://evil.example"} {
			got := a.browser().post("/login?"+url.Values{"back": {back}}.Encode(), url.Values{"email": {testEmail}, "password": {testPassword}})
			if got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
				t.Errorf("back=%q: status %d to %q, want 303 to /", back, got.status, got.header.Get("Location"))
			}
		}
	})
	t.Run("refused alike for known and unknown", func(t *testing.T) {
		known := a.browser().post("/login", url.Values{"email": {testEmail}, "password": {"wrong wrong wrong"}})
		unknown := a.browser().post("/login", url.Values{"email": {"nobody@example.com"}, "password": {"wrong wrong wrong"}})
		if known.status != http.StatusUnauthorized || unknown.status != http.StatusUnauthorized {
			t.Errorf("status %d and %d, want 401", known.status, unknown.status)
		}
		same := strings.Replace(known.body, testEmail, "nobody@example.com", 1)
		if same != unknown.body {
			t.Error("the pages differ")
		}
	})
	t.Run("a body that is too large", func(t *testing.T) {
		got := a.browser().post("/login", url.Values{"email": {strings.Repeat("x", 10_000)}})
		if got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d, want 413", got.status)
		}
	})
}

// changing is a store in which a password is changed while somebody signs in with the old one.
type changing struct{ *storage.Store }

func (s changing) UserByEmail(ctx context.Context, email string) (assessment.User, error) {
	user, err := s.Store.UserByEmail(ctx, email)
	if err == nil {
		err = s.SetPassword(ctx, user.ID, "another hash")
	}
	return user, err
}

func TestSignInWhileThePasswordChanges(t *testing.T) {
	a := newApp(t)
	b := a.over(changing{a.store}).browser()
	got := b.post("/login", url.Values{"email": {testEmail}, "password": {testPassword}})
	want(t, "the old password", got, http.StatusConflict, "[role=alert]", "The account was changed while you signed in.")
	if got := b.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("the account: status %d, want 303 to the sign-in page", got.status)
	}
}

func TestSessionEnds(t *testing.T) {
	tests := []struct {
		name string
		end  func(a *app, b *browser, user assessment.User) error
	}{
		{"sign out", func(_ *app, b *browser, _ assessment.User) error {
			b.post("/logout", url.Values{})
			return nil
		}},
		{"password changed", func(a *app, _ *browser, u assessment.User) error {
			return a.store.SetPassword(context.Background(), u.ID, u.PasswordHash)
		}},
		{"account disabled", func(a *app, _ *browser, u assessment.User) error {
			return a.store.SetUserDisabled(context.Background(), u.ID, true)
		}},
		{"30 minutes without a save", func(a *app, _ *browser, _ assessment.User) error {
			a.now = a.now.Add(assessment.IdleLimit + time.Second)
			return nil
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t)
			b := a.signedIn()
			address, err := url.Parse(a.server.URL)
			if err != nil {
				t.Fatal(err)
			}
			cookies := b.client.Jar.Cookies(address)
			user, err := a.store.UserByEmail(context.Background(), testEmail)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.end(a, b, user); err != nil {
				t.Fatal(err)
			}
			replay := a.browser()
			replay.client.Jar.SetCookies(address, cookies)
			for range 10 {
				if got := replay.get("/account"); got.status != http.StatusSeeOther {
					t.Fatalf("the old cookie is accepted: status %d", got.status)
				}
			}
		})
	}
}

func TestSavingProlongsTheSession(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	for range 3 {
		a.now = a.now.Add(20 * time.Minute)
		if got := b.post("/account", url.Values{"do": {"profile"}, "name": {"Ines O."}}); got.status != http.StatusSeeOther {
			t.Fatalf("status %d", got.status)
		}
	}
	a.now = a.now.Add(12 * time.Hour)
	if got := b.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("a session older than 12 hours: status %d", got.status)
	}
}

func TestForeignCookies(t *testing.T) {
	a := newApp(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 4000), "%00", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="} {
		got := a.browser().do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + value}})
		if got.status != http.StatusSeeOther {
			t.Errorf("cookie %.10q: status %d, want 303", value, got.status)
		}
	}
}

// TestTamperedCookie changes a good cookie at every place.
func TestTamperedCookie(t *testing.T) {
	a := newApp(t)
	address, err := url.Parse(a.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	good := a.signedIn().client.Jar.Cookies(address)[0].Value
	meaning, err := base64.URLEncoding.DecodeString(good)
	if err != nil {
		t.Fatal(err)
	}
	for at := range len(good) {
		other := "A"
		if good[at] == 'A' {
			other = "B"
		}
		changed := good[:at] + other + good[at+1:]
		if said, err := base64.URLEncoding.DecodeString(changed); err == nil && bytes.Equal(said, meaning) {
			continue // the last characters have bits that mean nothing
		}
		got := a.browser().do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + changed}})
		if got.status != http.StatusSeeOther {
			t.Errorf("changed at %d: status %d, want 303", at, got.status)
		}
	}
}

func TestAccount(t *testing.T) {
	a := newApp(t)
	t.Run("change the password", func(t *testing.T) {
		other, b := a.signedIn(), a.signedIn()
		wrong := b.post("/account", url.Values{"do": {"password"}, "current": {"not it at all"}, "password": {"short"}})
		if wrong.status != http.StatusUnprocessableEntity || wrong.page.Find(".field-bad").Length() != 2 {
			t.Fatalf("status %d with %d complaints, want 422 with 2", wrong.status, wrong.page.Find(".field-bad").Length())
		}
		const next = "the bob hangs still"
		got := b.post("/account", url.Values{"do": {"password"}, "current": {testPassword}, "password": {next}})
		if got.status != http.StatusSeeOther {
			t.Fatalf("status %d, want 303", got.status)
		}
		if page := b.get("/account"); page.status != http.StatusOK || !strings.Contains(page.body, "other sessions have ended") {
			t.Errorf("status %d, or no notice", page.status)
		}
		if page := b.get("/account"); strings.Contains(page.body, "other sessions have ended") {
			t.Error("the notice is shown twice")
		}
		if got := other.get("/account"); got.status != http.StatusSeeOther {
			t.Errorf("the other session goes on: status %d", got.status)
		}
		if got := a.browser().post("/login", url.Values{"email": {testEmail}, "password": {next}}); got.status != http.StatusSeeOther {
			t.Errorf("sign in with the new password: status %d", got.status)
		}
	})
}

func TestReset(t *testing.T) {
	a := newApp(t)
	user, err := a.store.UserByEmail(context.Background(), testEmail)
	if err != nil {
		t.Fatal(err)
	}
	token := web.NewToken()
	link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Kind: assessment.LinkReset, User: user.ID, ExpiresAt: a.now.Add(time.Hour)}
	if err := a.store.CreateLink(context.Background(), link); err != nil {
		t.Fatal(err)
	}
	if got := a.browser().get("/reset?token=" + token); got.status != http.StatusOK {
		t.Errorf("page: status %d", got.status)
	}
	if got := a.browser().post("/reset", url.Values{"token": {token}, "password": {"short"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("short: status %d, want 422", got.status)
	}
	near := a.browser().post("/reset", url.Values{"token": {token}, "password": {testEmail + "!"}})
	if near.status != http.StatusUnprocessableEntity || !strings.Contains(near.page.Find("#password-error").Text(), "too close to the name") {
		t.Errorf("the own address: status %d, %q", near.status, near.page.Find("#password-error").Text())
	}
	form := url.Values{"token": {token}, "password": {"hanging quite plumb"}}
	b := a.browser()
	if got := b.post("/reset", form); got.status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.status)
	}
	if got := b.get("/login"); !strings.Contains(got.page.Find(".notice").Text(), "The password is set") {
		t.Error("the sign-in page does not say that the password is set")
	}
	got := b.post("/reset", form)
	if got.status != http.StatusNotFound {
		t.Errorf("second use: status %d, want 404", got.status)
	}
	if why := got.page.Find("main").Text(); !strings.Contains(why, "This link does not work any more") {
		t.Errorf("second use says %q", why)
	}
	signIn := url.Values{"email": {testEmail}, "password": {"hanging quite plumb"}}
	if got := a.browser().post("/login", signIn); got.status != http.StatusSeeOther {
		t.Errorf("sign in: status %d", got.status)
	}
}

func TestSignInIsLimited(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: make([]byte, 32), Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server.Config.Handler = handler
	statuses := map[int]int{}
	for range 8 {
		got := a.browser().post("/login", url.Values{"email": {testEmail}, "password": {"wrong wrong wrong"}})
		statuses[got.status]++
		if got.status == http.StatusTooManyRequests && got.header.Get("Retry-After") == "" {
			t.Error("429 without Retry-After")
		}
	}
	if statuses[http.StatusUnauthorized] != 5 || statuses[http.StatusTooManyRequests] != 3 {
		t.Errorf("statuses %v, want five 401 and three 429", statuses)
	}
}

func TestShortSessionKey(t *testing.T) {
	if _, err := web.New(web.Options{SessionKey: make([]byte, 31)}); err == nil {
		t.Error("a key of 31 bytes is accepted")
	}
}

var _ web.Store = (*storage.Store)(nil)
