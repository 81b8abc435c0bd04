package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/web"
	"plumbline/web/oidctest"
)

const callback = "/login/sso/callback"

var mei = oidctest.Person{Subject: "mei-1", Name: "Mei Tanaka", Email: "mei@example.com"}

// ssoApp is the application with a provider that runs beside it.
type ssoApp struct {
	*app
	provider *oidctest.Provider
	log      bytes.Buffer
}

func newSSOApp(t *testing.T, change ...func(*web.SSO)) *ssoApp {
	t.Helper()
	a := &ssoApp{app: newApp(t)}
	a.provider = oidctest.Start(t, a.server.URL+callback)
	a.provider.Be(mei)
	a.serve(change...)
	return a
}

// serve serves with settings of single sign-on, at the time of the provider.
func (a *ssoApp) serve(change ...func(*web.SSO)) {
	a.t.Helper()
	a.now = time.Now()
	options := &web.SSO{Issuer: a.provider.Issuer(), ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret, Name: "Contoso"}
	for _, c := range change {
		c(options)
	}
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now },
		Unlimited: true, SSO: options, Logger: slog.New(slog.NewTextHandler(&a.log, nil))})
	if err != nil {
		a.t.Fatal(err)
	}
	a.server.Config.Handler = handler
}

// toProvider begins a sign-in and returns where it leads.
func (b *browser) toProvider(back string) string {
	b.t.Helper()
	got := b.post("/login/sso?"+url.Values{"back": {back}}.Encode(), url.Values{})
	address, leads := strings.CutPrefix(got.header.Get("Refresh"), "0; url=")
	if got.status != http.StatusOK || !leads {
		b.t.Fatalf("status %d, refresh %q, want a page that leads to the provider\n%s", got.status, got.header.Get("Refresh"), got.page.Find("main").Text())
	}
	if link := got.page.Find("main a").AttrOr("href", ""); link != address {
		b.t.Errorf("the link leads to %q, the page itself to %q", link, address)
	}
	return address
}

// atProvider signs in at the provider, and returns the path by which it sends the browser back.
func (b *browser) atProvider(address string) string {
	b.t.Helper()
	client := &http.Client{Jar: b.client.Jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), b.server.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	for method := http.MethodGet; ; method = http.MethodPost {
		request, err := http.NewRequestWithContext(context.Background(), method, address, nil)
		if err != nil {
			b.t.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			b.t.Fatal(err)
		}
		page, err := io.ReadAll(response.Body)
		if err != nil {
			b.t.Fatal(err)
		}
		_ = response.Body.Close()
		if path, back := strings.CutPrefix(response.Header.Get("Location"), b.server.URL); back {
			return path
		}
		if method == http.MethodPost {
			b.t.Fatalf("the provider does not lead back: status %d %s", response.StatusCode, page)
		}
		address = response.Request.URL.String()
	}
}

// sso goes the whole way to the provider and back.
func (b *browser) sso(back string) answer {
	b.t.Helper()
	return b.get(b.atProvider(b.toProvider(back)))
}

// wantRefused complains unless an answer is the sign-in page with a reason, and nobody is signed in.
func (b *browser) wantRefused(got answer, status int, why string) {
	b.t.Helper()
	if got.status != status || !strings.Contains(got.page.Find(".notice-poor").Text(), why) {
		b.t.Errorf("status %d, says %q; want %d and %q", got.status, got.page.Find(".notice-poor").Text(), status, why)
	}
	if got := b.get("/account"); got.status != http.StatusSeeOther {
		b.t.Error("signed in all the same")
	}
}

func (a *ssoApp) account(email string) assessment.User {
	a.t.Helper()
	user, err := a.store.UserByEmail(context.Background(), email)
	if err != nil {
		a.t.Fatal(err)
	}
	return user
}

// wantLast complains unless the audit log ends with an action of single sign-on.
func (a *ssoApp) wantLast(action, subject string) {
	a.t.Helper()
	entries, err := a.store.Audit(context.Background(), assessment.AuditFilter{Teams: assessment.TeamScope{All: true}, Newest: true, Limit: 1})
	if err != nil || entries[0].Action != action || entries[0].Subject != subject || entries[0].Detail != "single sign-on" || entries[0].Address == "" {
		a.t.Errorf("the audit log ends with %+v, %v; want %s of %q", entries, err, action, subject)
	}
}

func TestSSO(t *testing.T) {
	a := newSSOApp(t)
	b := a.browser()
	if page := b.get("/login?back=/teams").page; page.Find(`form[action="/login/sso?back=%2Fteams"] button`).Text() != "Sign in with Contoso" {
		t.Error("the sign-in page does not offer it")
	}
	address := b.toProvider("/account?x=1")
	asked, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := asked.Query()
	if query.Get("code_challenge_method") != "S256" || query.Get("code_challenge") == "" || query.Get("nonce") == "" || query.Get("state") == "" ||
		query.Get("redirect_uri") != a.server.URL+callback || query.Get("response_type") != "code" {
		t.Errorf("asks %v", query)
	}
	got := b.get(b.atProvider(address))
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/account?x=1" {
		t.Fatalf("status %d to %q\n%s", got.status, got.header.Get("Location"), got.page.Find("main").Text())
	}
	user := a.account(mei.Email)
	if user.Name != mei.Name || user.PasswordHash != "" || user.Admin {
		t.Errorf("the account is %+v", user)
	}
	a.wantLast(assessment.AuditSignIn, user.ID)
	if page := b.get("/account"); page.status != http.StatusOK || !strings.Contains(page.page.Find("#main").Text(), "You can sign in with Contoso.") {
		t.Errorf("the account page: status %d", page.status)
	}

	t.Run("known", func(t *testing.T) {
		changed := mei
		changed.Email = "mei.tanaka@example.org"
		a.provider.Be(changed)
		if got := a.browser().sso("/"); got.status != http.StatusSeeOther {
			t.Fatalf("status %d", got.status)
		}
		if users, err := a.store.Users(t.Context()); err != nil || len(users) != 2 {
			t.Errorf("%d accounts, %v; want 2", len(users), err)
		}
	})
	t.Run("a session of another id", func(t *testing.T) {
		a.provider.Be(mei)
		b := a.signedInAs(user)
		home, _ := url.Parse(a.server.URL)
		before := b.client.Jar.Cookies(home)[0].Value
		b.sso("/")
		for _, cookie := range b.client.Jar.Cookies(home) {
			if cookie.Name == "sid" && cookie.Value == before {
				t.Error("the session has the same id")
			}
		}
	})
	t.Run("disabled", func(t *testing.T) {
		if err := a.store.SetUserDisabled(t.Context(), user.ID, true); err != nil {
			t.Fatal(err)
		}
		b := a.browser()
		b.wantRefused(b.sso("/"), http.StatusForbidden, "may not sign in any more")
		a.wantLast(assessment.AuditSignInRefused, user.ID)
	})
	if strings.Contains(a.log.String(), "code=") || strings.Contains(a.log.String(), mei.Email) {
		t.Errorf("the log says too much:\n%s", a.log.String())
	}
}

func TestSSOGoesNowhereElse(t *testing.T) {
	a := newSSOApp(t)
	for _, back := range []string{"//evil.example", `/\evil.example`, "https://evil.example/", "javascript:alert(1)", "/%5Cevil.example", "/" + strings.Repeat("x", 5000)} {
		if got := a.browser().sso(back); got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
			t.Errorf("back=%.30q: status %d to %.30q, want 303 to /", back, got.status, got.header.Get("Location"))
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
			b := a.browser()
			b.wantRefused(b.sso("/"), http.StatusForbidden, "system")
			if n, err := a.store.UserCount(t.Context()); err != nil || n != 1 {
				t.Errorf("%d accounts, %v; want 1", n, err)
			}
		})
	}
}

func TestSSOAnswers(t *testing.T) {
	a := newSSOApp(t)
	const again = "Start it again"
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
			b := a.browser()
			path := b.atProvider(b.toProvider("/"))
			b.wantRefused(b.get(change(path, "state", state)), http.StatusForbidden, again)
		}
	})
	t.Run("another browser", func(t *testing.T) {
		b, other := a.browser(), a.browser()
		path := b.atProvider(b.toProvider("/"))
		other.wantRefused(other.get(path), http.StatusForbidden, again)
		other.toProvider("/")
		other.wantRefused(other.get(path), http.StatusForbidden, again)
	})
	t.Run("a stolen code", func(t *testing.T) {
		victim, thief := a.browser(), a.browser()
		stolen, err := url.Parse(victim.atProvider(victim.toProvider("/")))
		if err != nil {
			t.Fatal(err)
		}
		own := thief.atProvider(thief.toProvider("/"))
		thief.wantRefused(thief.get(change(own, "code", stolen.Query().Get("code"))), http.StatusForbidden, again)
	})
	t.Run("twice", func(t *testing.T) {
		b, copied := a.browser(), a.browser()
		path := b.atProvider(b.toProvider("/"))
		home, _ := url.Parse(a.server.URL)
		copied.client.Jar.SetCookies(home, b.client.Jar.Cookies(home))
		if got := b.get(path); got.status != http.StatusSeeOther {
			t.Fatalf("status %d", got.status)
		}
		copied.wantRefused(copied.get(path), http.StatusForbidden, again)
		if got := b.get(path); got.status != http.StatusForbidden {
			t.Errorf("the second time: status %d", got.status)
		}
	})
	t.Run("too late", func(t *testing.T) {
		b := a.browser()
		path := b.atProvider(b.toProvider("/"))
		a.now = a.now.Add(11 * time.Minute)
		b.wantRefused(b.get(path), http.StatusForbidden, again)
	})
	t.Run("another issuer", func(t *testing.T) {
		b := a.browser()
		path := b.atProvider(b.toProvider("/"))
		b.wantRefused(b.get(change(path, "iss", "https://login.example.com")), http.StatusForbidden, "does not fit")
	})
	t.Run("no code", func(t *testing.T) {
		b := a.browser()
		path := b.atProvider(b.toProvider("/"))
		b.wantRefused(b.get(change(path, "code", "")), http.StatusForbidden, again)
	})
	t.Run("errors in an address", func(t *testing.T) {
		for code, status := range map[string]int{"access_denied": 403, "server_error": 503, "<script>alert(1)</script>": 403} {
			b := a.browser()
			path := b.atProvider(b.toProvider("/"))
			got := b.get(change(change(path, "error", code), "error_description", "<b>Call 555-0100</b>"))
			b.wantRefused(got, status, "")
			if strings.Contains(got.body, "555-0100") || strings.Contains(got.body, "alert(1)") {
				t.Errorf("%s: the page says what the address says", code)
			}
		}
	})
	t.Run("forged cookies", func(t *testing.T) {
		for _, value := range []string{"", "x", strings.Repeat("A", 3000)} {
			got := a.browser().do(http.MethodGet, callback+"?state=x&code=y", nil, http.Header{"Cookie": {"sso=" + value}})
			if got.status != http.StatusForbidden {
				t.Errorf("%.10q: status %d, want 403", value, got.status)
			}
		}
	})
	t.Run("denied", func(t *testing.T) {
		a.provider.Deny()
		b := a.browser()
		b.wantRefused(b.sso("/teams"), http.StatusForbidden, "did not let you in")
		a.wantLast(assessment.AuditSignInRefused, "")
	})
}

func TestSSOKeyRotation(t *testing.T) {
	a := newSSOApp(t)
	for range 3 {
		if got := a.browser().sso("/"); got.status != http.StatusSeeOther {
			t.Fatalf("status %d\n%s", got.status, a.log.String())
		}
		a.provider.Rotate(t)
	}
}

func TestSSOWithoutProvider(t *testing.T) {
	a := newSSOApp(t)
	a.provider.Break(true)
	b := a.browser()
	got := b.post("/login/sso", url.Values{})
	b.wantRefused(got, http.StatusServiceUnavailable, "not available just now")
	if got.header.Get("Retry-After") == "" || strings.Contains(got.body, "Out of order") {
		t.Error("no Retry-After, or the provider's words are in the page")
	}
	if page := b.get("/login").page; !strings.Contains(page.Find(".notice").Text(), "not available just now") {
		t.Error("the sign-in page does not say so")
	}
	a.provider.Break(false)
	if got := b.post("/login/sso", url.Values{}); got.status != http.StatusServiceUnavailable {
		t.Errorf("asked again at once: status %d, want 503", got.status)
	}
	a.now = a.now.Add(2 * time.Second)
	path := b.atProvider(b.toProvider("/"))
	if page := b.get("/login").page; page.Find(".notice").Length() > 0 {
		t.Error("the sign-in page still says that it is not available")
	}
	a.provider.Break(true)
	b.wantRefused(b.get(path), http.StatusServiceUnavailable, "not available just now")
	if got := b.post("/login", url.Values{"email": {testEmail}, "password": {testPassword}}); got.status != http.StatusSeeOther {
		t.Errorf("with the password: status %d", got.status)
	}
}

func TestIssuers(t *testing.T) {
	tests := map[string]bool{
		"https://login.microsoftonline.com/8c1f0f7e-1c8e-4a1b-9f53-3d7d2b0f5f0a/v2.0": true,
		"https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0":              true,
		"https://id.example.com":        true,
		"https://id.example.com/common": true,
		"http://localhost:9998":         true,
		"http://127.0.0.1:9998/":        true,

		"https://login.microsoftonline.com/common/v2.0":                               false,
		"https://login.microsoftonline.com/Common":                                    false,
		"https://login.microsoftonline.com//organizations/v2.0":                       false,
		"https://login.microsoftonline.us/consumers/v2.0":                             false,
		"https://sts.windows.net/%63ommon/":                                           false,
		"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0": false,
		"https://login.microsoftonline.com/{tenantid}/v2.0":                           false,
		"https://id.example.com/{tenant}":                                             false,
		"http://id.example.com":                                                       false,
		"https://":                                                                    false,
		"id.example.com":                                                              false,
		"https://id.example.com?tenant=1":                                             false,
		"":                                                                            false,
	}
	for issuer, want := range tests {
		if err := web.CheckIssuer(issuer); (err == nil) != want {
			t.Errorf("%q: %v", issuer, err)
		}
		if want {
			continue
		}
		_, err := web.New(web.Options{SessionKey: sessionKey, SSO: &web.SSO{Issuer: issuer, ClientID: "c", ClientSecret: "s"}})
		if err == nil {
			t.Errorf("%q: the server starts with it", issuer)
		}
	}
}
