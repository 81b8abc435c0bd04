package account_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/web"
	"plumbline/web/account"
	"plumbline/web/oidctest"
	"plumbline/web/webtest"
)

const callback = "/login/sso/callback"

var mei = oidctest.Person{Subject: "mei-1", Name: "Mei Tanaka", Email: "mei@example.com"}

// ssoApp is the application with a provider that runs beside it.
type ssoApp struct {
	*webtest.App
	provider *oidctest.Provider
	log      bytes.Buffer
}

func newSSOApp(t *testing.T, change ...func(*account.SSO)) *ssoApp {
	t.Helper()
	a := &ssoApp{App: webtest.NewApp(t)}
	a.provider = oidctest.Start(t, a.Server.URL+callback)
	a.provider.Be(mei)
	a.serve(change...)
	return a
}

// serve serves with settings of single sign-on, at the time of the provider.
func (a *ssoApp) serve(change ...func(*account.SSO)) {
	a.T.Helper()
	a.SetClock(time.Now())
	options := &account.SSO{Issuer: a.provider.Issuer(), ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret, Name: "Contoso"}
	for _, c := range change {
		c(options)
	}
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now,
		Unlimited: true, SSO: options, Logger: slog.New(slog.NewTextHandler(&a.log, nil))})
	if err != nil {
		a.T.Fatal(err)
	}
	a.Server.Config.Handler = handler
}

func (a *ssoApp) account(email string) access.User {
	a.T.Helper()
	user, err := a.Store.UserByEmail(context.Background(), email)
	if err != nil {
		a.T.Fatal(err)
	}
	return user
}

// wantLast complains unless the audit log ends with an action of single sign-on.
func (a *ssoApp) wantLast(action, subject string) {
	a.T.Helper()
	entries, err := a.Store.Audit(context.Background(), access.AuditFilter{Teams: access.TeamScope{All: true}, Newest: true, Limit: 1})
	if err != nil || entries[0].Action != action || entries[0].Subject != subject || entries[0].Detail != "single sign-on" || entries[0].Address == "" {
		a.T.Errorf("the audit log ends with %+v, %v; want %s of %q", entries, err, action, subject)
	}
}

func TestSSO(t *testing.T) {
	a := newSSOApp(t)
	b := a.Browser()
	if page := b.Get("/login?back=/teams").Page; page.Find(`form[action="/login/sso?back=%2Fteams"] button`).Text() != "Sign in with Contoso" {
		t.Error("the sign-in page does not offer it")
	}
	address := b.ToProvider("/account?x=1")
	asked, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := asked.Query()
	if query.Get("code_challenge_method") != "S256" || query.Get("code_challenge") == "" || query.Get("nonce") == "" || query.Get("state") == "" ||
		query.Get("redirect_uri") != a.Server.URL+callback || query.Get("response_type") != "code" {
		t.Errorf("asks %v", query)
	}
	got := b.Get(b.AtProvider(address))
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/account?x=1" {
		t.Fatalf("status %d to %q\n%s", got.Status, got.Header.Get("Location"), got.Page.Find("main").Text())
	}
	user := a.account(mei.Email)
	if user.Name != mei.Name || user.PasswordHash != "" || user.Admin {
		t.Errorf("the account is %+v", user)
	}
	a.wantLast(access.AuditSignIn, user.ID)
	if page := b.Get("/account"); page.Status != http.StatusOK || !strings.Contains(page.Page.Find("#main").Text(), "You can sign in with Contoso.") {
		t.Errorf("the account page: status %d", page.Status)
	}

	t.Run("known", func(t *testing.T) {
		changed := mei
		changed.Email = "mei.tanaka@example.org"
		a.provider.Be(changed)
		if got := a.Browser().Sso("/"); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d", got.Status)
		}
		if users, err := a.Store.Users(t.Context()); err != nil || len(users) != 2 {
			t.Errorf("%d accounts, %v; want 2", len(users), err)
		}
	})
	t.Run("a session of another id", func(t *testing.T) {
		a.provider.Be(mei)
		b := a.SignedInAs(user)
		home, _ := url.Parse(a.Server.URL)
		before := b.Client.Jar.Cookies(home)[0].Value
		b.Sso("/")
		for _, cookie := range b.Client.Jar.Cookies(home) {
			if cookie.Name == "sid" && cookie.Value == before {
				t.Error("the session has the same id")
			}
		}
	})
	t.Run("disabled", func(t *testing.T) {
		if err := a.Store.SetUserDisabled(t.Context(), access.Actor{}, user.ID, true); err != nil {
			t.Fatal(err)
		}
		b := a.Browser()
		b.WantRefused(b.Sso("/"), http.StatusForbidden, "is disabled")
		a.wantLast(access.AuditSignInRefused, user.ID)
	})
	if strings.Contains(a.log.String(), "code=") || strings.Contains(a.log.String(), mei.Email) {
		t.Errorf("the log says too much:\n%s", a.log.String())
	}
}

func TestSSOGoesNowhereElse(t *testing.T) {
	a := newSSOApp(t)
	for _, back := range []string{"//evil.example", `/\evil.example`, "https://evil.example/", "javascript:alert(1)", "/%5Cevil.example", "/" + strings.Repeat("x", 5000)} {
		if got := a.Browser().Sso(back); got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/" {
			t.Errorf("back=%.30q: status %d to %.30q, want 303 to /", back, got.Status, got.Header.Get("Location"))
		}
	}
}

func TestSSOTokens(t *testing.T) {
	set := func(name string, value any) func(testing.TB, *oidctest.Provider) {
		return func(t testing.TB, p *oidctest.Provider) {
			p.Forge(t, func(claims map[string]any) { claims[name] = value })
		}
	}
	tests := map[string]func(testing.TB, *oidctest.Provider){
		"nonce":        set("nonce", "another"),
		"no nonce":     set("nonce", nil),
		"audience":     set("aud", []string{"another"}),
		"client":       set("azp", "another"),
		"issuer":       set("iss", "https://login.example.com"),
		"expired":      set("exp", time.Now().Add(-time.Minute).Unix()),
		"not yet":      set("nbf", time.Now().Add(time.Hour).Unix()),
		"subject":      set("sub", ""),
		"odd groups":   set("groups", map[string]any{"a": 1}),
		"no signature": func(t testing.TB, p *oidctest.Provider) { p.Unsigned(t) },
		"a stranger's": func(t testing.TB, p *oidctest.Provider) { p.Strange(t) },
		"unverified": func(t testing.TB, p *oidctest.Provider) {
			p.Forge(t, func(claims map[string]any) { claims["email"], claims["email_verified"] = mei.Email, "false" })
		},
		"no address": func(_ testing.TB, p *oidctest.Provider) { p.Be(oidctest.Person{Subject: "s", Name: "M T"}) },
		"broken address": func(_ testing.TB, p *oidctest.Provider) {
			p.Be(oidctest.Person{Subject: "s", Name: "M T", Email: "m@"})
		},
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			a := newSSOApp(t)
			spoil(t, a.provider)
			b := a.Browser()
			b.WantRefused(b.Sso("/"), http.StatusForbidden, "sign-in provider")
			if n, err := a.Store.UserCount(t.Context()); err != nil || n != 1 {
				t.Errorf("%d accounts, %v; want 1", n, err)
			}
		})
	}
}

func TestSSOAnswers(t *testing.T) {
	a := newSSOApp(t)
	const again = "Sign in again"
	change := func(path, name, value string) string {
		u, err := url.Parse(path)
		if err != nil {
			t.Fatal(err)
		}
		query := u.Query()
		query.Set(name, value)
		return u.Path + "?" + query.Encode()
	}
	t.Run("another state", func(t *testing.T) {
		for _, state := range []string{"", "another"} {
			b := a.Browser()
			path := b.AtProvider(b.ToProvider("/"))
			b.WantRefused(b.Get(change(path, "state", state)), http.StatusForbidden, again)
		}
	})
	t.Run("another browser", func(t *testing.T) {
		b, other := a.Browser(), a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		other.WantRefused(other.Get(path), http.StatusForbidden, again)
		other.ToProvider("/")
		other.WantRefused(other.Get(path), http.StatusForbidden, again)
	})
	t.Run("a stolen code", func(t *testing.T) {
		victim, thief := a.Browser(), a.Browser()
		stolen, err := url.Parse(victim.AtProvider(victim.ToProvider("/")))
		if err != nil {
			t.Fatal(err)
		}
		own := thief.AtProvider(thief.ToProvider("/"))
		thief.WantRefused(thief.Get(change(own, "code", stolen.Query().Get("code"))), http.StatusForbidden, again)
	})
	t.Run("twice", func(t *testing.T) {
		b, copied := a.Browser(), a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		home, _ := url.Parse(a.Server.URL)
		copied.Client.Jar.SetCookies(home, b.Client.Jar.Cookies(home))
		if got := b.Get(path); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d", got.Status)
		}
		copied.WantRefused(copied.Get(path), http.StatusForbidden, again)
		if got := b.Get(path); got.Status != http.StatusForbidden {
			t.Errorf("the second time: status %d", got.Status)
		}
	})
	t.Run("too late", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		a.Advance(11 * time.Minute)
		b.WantRefused(b.Get(path), http.StatusForbidden, again)
	})
	t.Run("another issuer", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		b.WantRefused(b.Get(change(path, "iss", "https://login.example.com")), http.StatusForbidden, "does not match")
	})
	t.Run("no code", func(t *testing.T) {
		b := a.Browser()
		path := b.AtProvider(b.ToProvider("/"))
		b.WantRefused(b.Get(change(path, "code", "")), http.StatusForbidden, again)
	})
	t.Run("errors in an address", func(t *testing.T) {
		for code, status := range map[string]int{"access_denied": 403, "server_error": 503, "<script>alert(1)</script>": 403} {
			b := a.Browser()
			path := b.AtProvider(b.ToProvider("/"))
			got := b.Get(change(change(path, "error", code), "error_description", "<b>Call 555-0100</b>"))
			b.WantRefused(got, status, "")
			if strings.Contains(got.Body, "555-0100") || strings.Contains(got.Body, "alert(1)") {
				t.Errorf("%s: the page says what the address says", code)
			}
		}
	})
	t.Run("forged cookies", func(t *testing.T) {
		for _, value := range []string{"", "x", strings.Repeat("A", 3000)} {
			got := a.Browser().Do(http.MethodGet, callback+"?state=x&code=y", nil, http.Header{"Cookie": {"sso=" + value}})
			if got.Status != http.StatusForbidden {
				t.Errorf("%.10q: status %d, want 403", value, got.Status)
			}
		}
	})
	t.Run("denied", func(t *testing.T) {
		a.provider.Deny()
		b := a.Browser()
		b.WantRefused(b.Sso("/teams"), http.StatusForbidden, "denied access")
		a.wantLast(access.AuditSignInRefused, "")
	})
}
