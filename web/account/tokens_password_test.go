package account_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

// TestTokensAndPasswords changes a password with and without the tick that revokes the tokens, and sets it by a link,
// which always does.
func TestTokensAndPasswords(t *testing.T) {
	for name, tt := range map[string]struct {
		tick, reset bool
		status      int
		says        string
	}{
		"tokens stay":         {false, false, http.StatusOK, "API tokens keep working"},
		"tokens were revoked": {true, false, http.StatusUnauthorized, "API token was revoked"},
		"by a link":           {false, true, http.StatusUnauthorized, "API tokens and single sign-on of this account no longer work"},
	} {
		t.Run(name, func(t *testing.T) {
			a := webtest.NewApp(t)
			b, p := a.SignedIn(), a.Program(access.ScopeRead)
			p.Get("/workloads").Want(http.StatusOK)
			form := url.Values{"do": {"password"}, "current": {webtest.TestPassword}, "password": {"another horse, and a weight"}}
			if tt.tick {
				form.Set(view.FieldRevoke, "1")
			}
			path, next := templates.AccountURL, templates.AccountURL
			if tt.reset {
				token := page.NewToken()
				link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkReset, User: a.Actor().User.ID, ExpiresAt: a.Now().Add(time.Hour)}
				if err := a.Store.CreateLink(t.Context(), access.Actor{}, link); err != nil {
					t.Fatal(err)
				}
				path, next, b = templates.ResetURL, templates.SignInURL, a.Browser()
				form.Set("token", token)
				if says := webtest.TextOf(b.Get(templates.UseResetURL(token)).Page.Find(".title")); !strings.Contains(says, "revokes API tokens and disconnects single sign-on") {
					t.Errorf("the page says %q", says)
				}
			}
			if got := b.Post(path, form); got.Status != http.StatusSeeOther {
				t.Fatalf("status %d", got.Status)
			}
			p.Get("/workloads").Want(tt.status)
			if notice := webtest.TextOf(b.Get(next).Page.Find(".notice-page")); !strings.Contains(notice, tt.says) {
				t.Errorf("the next page says %q, want %q", notice, tt.says)
			}
		})
	}
}

// TestBadTokensAreLimited sends tokens that do not work: after some of them 429, and a token that works is not held up.
func TestBadTokensAreLimited(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server.Close()
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	good := a.Program(access.ScopeRead)
	for i := range 10 {
		bad := &webtest.Program{App: a, Secret: "plb_" + page.NewToken(), Routes: good.Routes}
		if i%2 == 0 {
			bad.Secret = "nonsense"
		}
		bad.Get("/workloads").Want(http.StatusUnauthorized)
	}
	bad := &webtest.Program{App: a, Secret: "plb_" + page.NewToken(), Routes: good.Routes}
	if got := bad.Get("/workloads").Want(http.StatusTooManyRequests); got.Header.Get("Retry-After") == "" {
		t.Error("nothing says how long to wait")
	}
	good.Get("/workloads").Want(http.StatusOK)
}

// TestAuditNamesTheToken changes something by a token: the log says by which, on its page and in its files.
func TestAuditNamesTheToken(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b, p := a.SignedIn(), a.Program(access.ScopeWrite)
	p.Ask(http.MethodPost, "/assessments/"+id+"/snapshots", `{"title": "Release"}`).Want(http.StatusCreated)
	if text := webtest.TextOf(b.Get(templates.AuditURL).Page.Find(".audit li").First()); !strings.Contains(text, "by token Pipeline") || strings.Contains(text, p.Secret) {
		t.Errorf("the page says %q", text)
	}
	a.Snapshot(id, "By hand")
	if text := webtest.TextOf(b.Get(templates.AuditURL).Page.Find(".audit li").First()); strings.Contains(text, "by token") {
		t.Errorf("without a token: %q", text)
	}
	if csv := b.Get(templates.AuditURL + ".csv").Body; !strings.Contains(strings.SplitN(csv, "\n", 2)[0], "token") || !strings.Contains(csv, "Pipeline") {
		t.Errorf("the file does not name the token: %.300s", csv)
	}
}
