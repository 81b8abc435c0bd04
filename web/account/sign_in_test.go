package account_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/page"
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

func TestSignIn(t *testing.T) {
	a := webtest.NewApp(t)
	t.Run("a page asks to sign in and leads back", func(t *testing.T) {
		b := a.Browser()
		got := b.Get("/account?x=1")
		want := "/login?back=%2Faccount%3Fx%3D1"
		if got.Status != http.StatusSeeOther || got.Header.Get("Location") != want {
			t.Fatalf("status %d to %q, want 303 to %q", got.Status, got.Header.Get("Location"), want)
		}
		got = b.Post(want, url.Values{"email": {" INES@example.com "}, "password": {webtest.TestPassword}})
		if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/account?x=1" {
			t.Errorf("status %d to %q", got.Status, got.Header.Get("Location"))
		}
	})
	t.Run("redirects stay here", func(t *testing.T) {
		for _, back := range []string{"//evil.example", `/\evil.example`, "https://evil.example/", "javascript:alert(1)", "/%5Cevil.example", "\thttps://evil.example"} {
			got := a.Browser().Post("/login?"+url.Values{"back": {back}}.Encode(), url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}})
			if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/" {
				t.Errorf("back=%q: status %d to %q, want 303 to /", back, got.Status, got.Header.Get("Location"))
			}
		}
	})
	t.Run("refused alike for known and unknown", func(t *testing.T) {
		known := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {"wrong wrong wrong"}})
		unknown := a.Browser().Post("/login", url.Values{"email": {"nobody@example.com"}, "password": {"wrong wrong wrong"}})
		if known.Status != http.StatusUnauthorized || unknown.Status != http.StatusUnauthorized {
			t.Errorf("status %d and %d, want 401", known.Status, unknown.Status)
		}
		same := strings.Replace(known.Body, webtest.TestEmail, "nobody@example.com", 1)
		if same != unknown.Body {
			t.Error("the pages differ")
		}
	})
	t.Run("a body that is too large", func(t *testing.T) {
		got := a.Browser().Post("/login", url.Values{"email": {strings.Repeat("x", 10_000)}})
		if got.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d, want 413", got.Status)
		}
	})
}

func TestSignOutClearsTheBrowser(t *testing.T) {
	a := webtest.NewApp(t)
	got := a.SignedIn().Post("/logout", url.Values{})
	if got.Status != http.StatusSeeOther || got.Header.Get("Clear-Site-Data") != `"cache", "storage"` {
		t.Errorf("status %d, Clear-Site-Data %q", got.Status, got.Header.Get("Clear-Site-Data"))
	}
}

// changing is a store in which a password is changed while somebody signs in with the old one.
type changing struct{ *storage.Store }

func (s changing) UserByEmail(ctx context.Context, email string) (access.User, error) {
	user, err := s.Store.UserByEmail(ctx, email)
	if err == nil {
		err = s.SetPassword(ctx, access.Actor{}, user.ID, "another hash")
	}
	return user, err
}

func TestSignInWhileThePasswordChanges(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.Over(changing{a.Store}).Browser()
	got := b.Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}})
	webtest.Want(t, "the old password", got, http.StatusConflict, "[role=alert]", "The account was changed while you signed in.")
	if got := b.Get("/account"); got.Status != http.StatusSeeOther {
		t.Errorf("the account: status %d, want 303 to the sign-in page", got.Status)
	}
}

func TestSessionEnds(t *testing.T) {
	tests := []struct {
		name string
		end  func(a *webtest.App, b *webtest.Browser, user access.User) error
	}{
		{"sign out", func(_ *webtest.App, b *webtest.Browser, _ access.User) error {
			b.Post("/logout", url.Values{})
			return nil
		}},
		{"password changed", func(a *webtest.App, _ *webtest.Browser, u access.User) error {
			return a.Store.SetPassword(context.Background(), access.Actor{}, u.ID, u.PasswordHash)
		}},
		{"account disabled", func(a *webtest.App, _ *webtest.Browser, u access.User) error {
			return a.Store.SetUserDisabled(context.Background(), access.Actor{}, u.ID, true)
		}},
		{"30 minutes of inactivity", func(a *webtest.App, _ *webtest.Browser, _ access.User) error {
			a.Advance(access.IdleLimit + time.Second)
			return nil
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := webtest.NewApp(t)
			b := a.SignedIn()
			address, err := url.Parse(a.Server.URL)
			if err != nil {
				t.Fatal(err)
			}
			cookies := b.Client.Jar.Cookies(address)
			user, err := a.Store.UserByEmail(context.Background(), webtest.TestEmail)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.end(a, b, user); err != nil {
				t.Fatal(err)
			}
			replay := a.Browser()
			replay.Client.Jar.SetCookies(address, cookies)
			for range 10 {
				if got := replay.Get("/account"); got.Status != http.StatusSeeOther {
					t.Fatalf("the old cookie is accepted: status %d", got.Status)
				}
			}
		})
	}
}

func TestSavingProlongsTheSession(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for range 3 {
		a.Advance(20 * time.Minute)
		if got := b.Post("/account", url.Values{"do": {"profile"}, "name": {"Ines O."}}); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d", got.Status)
		}
	}
	a.Advance(12 * time.Hour)
	if got := b.Get("/account"); got.Status != http.StatusSeeOther {
		t.Errorf("a session older than 12 hours: status %d", got.Status)
	}
}

func TestReadingProlongsTheSession(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for range 100 { // a page every 25 seconds, which is more often than that is noted
		a.Advance(25 * time.Second)
		if got := b.Get("/account"); got.Status != http.StatusOK {
			t.Fatalf("status %d", got.Status)
		}
	}
	a.Advance(28*time.Minute + 30*time.Second)
	before := a.Contents()
	var left struct {
		Left  int
		Final bool
	}
	asked := b.Get(templates.SessionURL)
	if err := json.Unmarshal([]byte(asked.Body), &left); err != nil || left.Left < 30 || left.Left > 90 || left.Final {
		t.Errorf("%s, %v; want one minute, more or less", asked.Body, err)
	}
	a.Untouched(before, "asking when the session ends")
	kept := b.Post(templates.SessionURL, url.Values{})
	if err := json.Unmarshal([]byte(kept.Body), &left); err != nil || left.Left != int(access.IdleLimit.Seconds()) {
		t.Errorf("%s, %v; want half an hour", kept.Body, err)
	}
	for range 100 {
		a.Advance(7 * time.Minute)
		if kept = b.Post(templates.SessionURL, url.Values{}); strings.Contains(kept.Body, `"final":true`) {
			break
		}
	}
	if err := json.Unmarshal([]byte(kept.Body), &left); err != nil || !left.Final || left.Left > 30*60 {
		t.Errorf("%s, %v; want the end of the twelve hours", kept.Body, err)
	}
}

// mute is a store that does not note the use of sessions.
type mute struct{ *storage.Store }

func (mute) TouchSession(context.Context, string, time.Time) error {
	return assessment.Errorf(assessment.NoSpace, "The disk is full")
}

func TestPagesAreShownWhereTheUseOfASessionCannotBeNoted(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.Over(mute{a.Store}).SignedIn()
	a.Advance(10 * time.Minute)
	if got := b.Get("/account"); got.Status != http.StatusOK {
		t.Errorf("a page: status %d, want 200", got.Status)
	}
	if got := b.Post("/account", url.Values{"do": {"profile"}, "name": {"Ines"}}); got.Status != http.StatusInsufficientStorage {
		t.Errorf("a save: status %d, want 507", got.Status)
	}
}

// TestSignOutNeedsNoDisk signs out long after the session was last used, and after a change of rights, while neither can be
// written down.
func TestSignOutNeedsNoDisk(t *testing.T) {
	a := webtest.NewApp(t)
	user, err := a.Store.UserByEmail(t.Context(), webtest.TestEmail)
	if err != nil {
		t.Fatal(err)
	}
	unused, outdated := a.Over(mute{a.Store}).SignedIn(), a.Over(brokenSessions{a.Store}).SignedIn()
	a.Advance(10 * time.Minute)
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, user.ID, a.Team(), access.Viewer); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*webtest.Browser{"not used for a while": unused, "other rights": outdated} {
		cookie := b.Cookie()
		if got := b.Post(templates.SignOutURL, nil); got.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d, want 303", name, got.Status)
		}
		if got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {cookie}}); got.Status != http.StatusSeeOther {
			t.Errorf("%s: the session goes on with status %d", name, got.Status)
		}
	}
}

func TestForeignCookies(t *testing.T) {
	a := webtest.NewApp(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 4000), "%00", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="} {
		got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + value}})
		if got.Status != http.StatusSeeOther {
			t.Errorf("cookie %.10q: status %d, want 303", value, got.Status)
		}
	}
}

// TestTamperedCookie changes a good cookie at every place.
func TestTamperedCookie(t *testing.T) {
	a := webtest.NewApp(t)
	address, err := url.Parse(a.Server.URL)
	if err != nil {
		t.Fatal(err)
	}
	good := a.SignedIn().Client.Jar.Cookies(address)[0].Value
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
		got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + changed}})
		if got.Status != http.StatusSeeOther {
			t.Errorf("changed at %d: status %d, want 303", at, got.Status)
		}
	}
}

func TestAccount(t *testing.T) {
	a := webtest.NewApp(t)
	t.Run("change the password", func(t *testing.T) {
		other, b := a.SignedIn(), a.SignedIn()
		wrong := b.Post("/account", url.Values{"do": {"password"}, "current": {"not it at all"}, "password": {"short"}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Page.Find(".field-bad").Length() != 2 {
			t.Fatalf("status %d with %d complaints, want 422 with 2", wrong.Status, wrong.Page.Find(".field-bad").Length())
		}
		const next = "the bob hangs still"
		got := b.Post("/account", url.Values{"do": {"password"}, "current": {webtest.TestPassword}, "password": {next}})
		if got.Status != http.StatusSeeOther {
			t.Fatalf("status %d, want 303", got.Status)
		}
		if page := b.Get("/account"); page.Status != http.StatusOK || !strings.Contains(page.Body, "other sessions have ended") {
			t.Errorf("status %d, or no notice", page.Status)
		}
		if page := b.Get("/account"); strings.Contains(page.Body, "other sessions have ended") {
			t.Error("the notice is shown twice")
		}
		if got := other.Get("/account"); got.Status != http.StatusSeeOther {
			t.Errorf("the other session goes on: status %d", got.Status)
		}
		if got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {next}}); got.Status != http.StatusSeeOther {
			t.Errorf("sign in with the new password: status %d", got.Status)
		}
	})
}

func TestReset(t *testing.T) {
	a := webtest.NewApp(t)
	user, err := a.Store.UserByEmail(context.Background(), webtest.TestEmail)
	if err != nil {
		t.Fatal(err)
	}
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkReset, User: user.ID, ExpiresAt: a.Now().Add(time.Hour)}
	if err := a.Store.CreateLink(context.Background(), access.Actor{}, link); err != nil {
		t.Fatal(err)
	}
	if got := a.Browser().Get("/reset?token=" + token); got.Status != http.StatusOK {
		t.Errorf("page: status %d", got.Status)
	}
	if got := a.Browser().Post("/reset", url.Values{"token": {token}, "password": {"short"}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("short: status %d, want 422", got.Status)
	}
	near := a.Browser().Post("/reset", url.Values{"token": {token}, "password": {webtest.TestEmail + "!"}})
	if near.Status != http.StatusUnprocessableEntity || !strings.Contains(near.Page.Find("#password-error").Text(), "too similar to your name") {
		t.Errorf("the own address: status %d, %q", near.Status, near.Page.Find("#password-error").Text())
	}
	form := url.Values{"token": {token}, "password": {"hanging quite plumb"}}
	b := a.Browser()
	if got := b.Post("/reset", form); got.Status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.Status)
	}
	if got := b.Get("/login"); !strings.Contains(got.Page.Find(".notice").Text(), "Password set") {
		t.Error("the sign-in page does not say that the password is set")
	}
	got := b.Post("/reset", form)
	if got.Status != http.StatusNotFound {
		t.Errorf("second use: status %d, want 404", got.Status)
	}
	if why := got.Page.Find("main").Text(); !strings.Contains(why, "This link no longer works") {
		t.Errorf("second use says %q", why)
	}
	signIn := url.Values{"email": {webtest.TestEmail}, "password": {"hanging quite plumb"}}
	if got := a.Browser().Post("/login", signIn); got.Status != http.StatusSeeOther {
		t.Errorf("sign in: status %d", got.Status)
	}
}

func TestSignInIsLimited(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: make([]byte, 32), Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server.Config.Handler = handler
	statuses := map[int]int{}
	for range 8 {
		got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {"wrong wrong wrong"}})
		statuses[got.Status]++
		if got.Status == http.StatusTooManyRequests && got.Header.Get("Retry-After") == "" {
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
