package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
)

// TestTokensAndPasswords changes and resets a password with and without the tick that revokes the tokens.
func TestTokensAndPasswords(t *testing.T) {
	for name, tick := range map[string]bool{"tokens stay": false, "tokens are revoked": true} {
		for _, reset := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reset %t", name, reset), func(t *testing.T) {
				a := newApp(t)
				b, p := a.signedIn(), a.program(assessment.ScopeRead)
				p.get("/workloads").want(http.StatusOK)
				form := url.Values{"do": {"password"}, "current": {testPassword}, "password": {"another plumb line"}}
				if tick {
					form.Set(templates.FieldRevoke, "1")
				}
				path := templates.AccountURL
				if reset {
					token := web.NewToken()
					link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Kind: assessment.LinkReset, User: a.actor().User.ID, ExpiresAt: a.now.Add(time.Hour)}
					if err := a.store.CreateLink(t.Context(), link); err != nil {
						t.Fatal(err)
					}
					path, b = templates.ResetURL, a.browser()
					form.Set("token", token)
				}
				if got := b.post(path, form); got.status != http.StatusSeeOther {
					t.Fatalf("status %d", got.status)
				}
				status, says := http.StatusOK, "API tokens go on working"
				if tick {
					status, says = http.StatusUnauthorized, "API token is revoked"
				}
				p.get("/workloads").want(status)
				next := templates.AccountURL
				if reset {
					next = templates.SignInURL
				}
				if notice := textOf(b.get(next).page.Find(".notice-page")); !strings.Contains(notice, says) {
					t.Errorf("the next page says %q, want %q", notice, says)
				}
			})
		}
	}
}

// TestBadTokensAreLimited sends tokens that do not work: after some of them 429, and a token that works is not held up.
func TestBadTokensAreLimited(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server.Close()
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	good := a.program(assessment.ScopeRead)
	for i := range 10 {
		bad := &program{app: a, secret: "plb_" + web.NewToken(), routes: good.routes}
		if i%2 == 0 {
			bad.secret = "nonsense"
		}
		bad.get("/workloads").want(http.StatusUnauthorized)
	}
	bad := &program{app: a, secret: "plb_" + web.NewToken(), routes: good.routes}
	if got := bad.get("/workloads").want(http.StatusTooManyRequests); got.header.Get("Retry-After") == "" {
		t.Error("nothing says how long to wait")
	}
	good.get("/workloads").want(http.StatusOK)
}

// TestAuditNamesTheToken changes something by a token: the log says by which, on its page and in its files.
func TestAuditNamesTheToken(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b, p := a.signedIn(), a.program(assessment.ScopeWrite)
	p.ask(http.MethodPost, "/assessments/"+id+"/snapshots", `{"title": "Release"}`).want(http.StatusCreated)
	if text := textOf(b.get(templates.AuditURL).page.Find(".audit li").First()); !strings.Contains(text, "by token Pipeline") || strings.Contains(text, p.secret) {
		t.Errorf("the page says %q", text)
	}
	a.snapshot(id, "By hand")
	if text := textOf(b.get(templates.AuditURL).page.Find(".audit li").First()); strings.Contains(text, "by token") {
		t.Errorf("without a token: %q", text)
	}
	if csv := b.get(templates.AuditURL + ".csv").body; !strings.Contains(strings.SplitN(csv, "\n", 2)[0], "token") || !strings.Contains(csv, "Pipeline") {
		t.Errorf("the file does not name the token: %.300s", csv)
	}
}
