package account_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/web"
	"plumbline/web/webtest"
)

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
	t.Run("no script reads the session, and no other site sends it", func(t *testing.T) {
		got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}})
		sessions := 0
		for _, cookie := range (&http.Response{Header: got.Header}).Cookies() {
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("the cookie is %s", cookie)
			}
			if cookie.Name == "sid" {
				sessions++
			}
		}
		if sessions != 1 {
			t.Errorf("%d cookies of a session", sessions)
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

var _ web.Store = (*storage.Store)(nil)
