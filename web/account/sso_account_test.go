package account_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/web/account"
	"plumbline/web/oidctest"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

// ines is at the provider who has the first account here.
var ines = oidctest.Person{Subject: "ines-1", Name: "Ines Okafor", Email: webtest.TestEmail}

func TestSSOAddressThatIsTaken(t *testing.T) {
	a := newSSOApp(t)
	b := a.Browser()
	a.provider.Be(ines)
	got := b.Sso("/teams")
	if got.Status != http.StatusConflict || !strings.Contains(got.Page.Find("main").Text(), webtest.TestEmail) {
		t.Fatalf("status %d, want 409 and a page that asks for the password", got.Status)
	}
	if known, err := a.Store.Identities(t.Context(), a.account(webtest.TestEmail).ID); err != nil || len(known) > 0 {
		t.Errorf("connected unasked: %v, %v", known, err)
	}
	if got := b.Get("/account"); got.Status != http.StatusSeeOther {
		t.Error("signed in without the password")
	}
	if got := b.Post("/login/sso/connect", url.Values{"password": {"wrong wrong wrong"}}); got.Status != http.StatusUnauthorized {
		t.Errorf("a wrong password: status %d, want 401", got.Status)
	}
	if got := a.Browser().Post("/login/sso/connect", url.Values{"password": {webtest.TestPassword}}); got.Status != http.StatusForbidden {
		t.Errorf("in another browser: status %d, want 403", got.Status)
	}
	got = b.Post("/login/sso/connect", url.Values{"password": {webtest.TestPassword}})
	address, leads := strings.CutPrefix(got.Header.Get("Refresh"), "0; url=")
	if got.Status != http.StatusOK || !leads {
		t.Fatalf("status %d, want the way to the provider", got.Status)
	}
	if got := b.Get(b.AtProvider(address)); got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/teams" {
		t.Errorf("status %d to %q", got.Status, got.Header.Get("Location"))
	}
	if got := b.Get("/account"); !strings.Contains(got.Body, webtest.TestEmail) {
		t.Error("not signed in with the account")
	}
	if got := b.Post("/login/sso/connect", url.Values{"password": {webtest.TestPassword}}); got.Status != http.StatusForbidden {
		t.Errorf("the same again: status %d, want 403", got.Status)
	}

	t.Run("by somebody else", func(t *testing.T) {
		a.Browser().Sso("/") // as Ines, who may
		a.provider.Be(oidctest.Person{Subject: "mallory", Name: "Mal Lory", Email: webtest.TestEmail})
		mallory := a.Browser()
		if got := mallory.Sso("/"); got.Status != http.StatusConflict {
			t.Errorf("status %d, want 409", got.Status)
		}
		a.provider.Be(mei)
		a.Browser().Sso("/")
		a.provider.Be(oidctest.Person{Subject: "mallory", Name: "Mal Lory", Email: mei.Email})
		mallory.WantRefused(mallory.Sso("/"), http.StatusForbidden, "already uses your email address")
	})
}

func TestSSOConnect(t *testing.T) {
	a := newSSOApp(t)
	connect := func(b *webtest.Browser) webtest.Answer {
		t.Helper()
		got := b.Post("/account/sso", url.Values{"password": {webtest.TestPassword}})
		address, leads := strings.CutPrefix(got.Header.Get("Refresh"), "0; url=")
		if !leads {
			t.Fatalf("status %d, want the way to the provider", got.Status)
		}
		return b.Get(b.AtProvider(address))
	}
	b := a.SignedIn()
	if page := b.Get("/account").Page; page.Find(`form[action="/account/sso"] button`).Text() != "Connect Contoso" {
		t.Error("the account page does not offer it")
	}
	for password, want := range map[string]string{"": "Enter your password", "wrong wrong wrong": "Incorrect password"} {
		got := b.Post("/account/sso", url.Values{"password": {password}})
		if says := webtest.TextOf(got.Page.Find(".notice-poor")); got.Status != http.StatusUnprocessableEntity || got.Header.Get("Refresh") != "" || !strings.Contains(says, want) {
			t.Errorf("password %q: status %d, refresh %q, says %q", password, got.Status, got.Header.Get("Refresh"), says)
		}
	}
	if got := connect(b); got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/account" {
		t.Fatalf("status %d to %q", got.Status, got.Header.Get("Location"))
	}
	if page := b.Get("/account"); !strings.Contains(page.Page.Find(".notice").Text(), "Account connected") && !strings.Contains(page.Body, "Account connected") {
		t.Error("the account page does not say that it is connected")
	}
	other := a.Browser()
	if other.Sso("/"); !strings.Contains(other.Get("/account").Body, webtest.TestEmail) {
		t.Error("the identity does not lead to the account")
	}

	t.Run("somebody else's", func(t *testing.T) {
		second, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: "ada@example.com", Name: "Ada", PasswordHash: a.account(webtest.TestEmail).PasswordHash})
		if err != nil {
			t.Fatal(err)
		}
		b := a.SignedInAs(second)
		if got := connect(b); got.Status != http.StatusConflict || !strings.Contains(got.Page.Find(".notice-poor").Text(), "another account") {
			t.Errorf("status %d, says %q", got.Status, got.Page.Find(".notice-poor").Text())
		}
		got := b.Post("/account/sso", url.Values{"password": {webtest.TestPassword}})
		path := b.AtProvider(strings.TrimPrefix(got.Header.Get("Refresh"), "0; url="))
		b.Post("/logout", url.Values{})
		b.WantRefused(b.Get(path), http.StatusForbidden, "Sign in again")
	})
	t.Run("a stranger", func(t *testing.T) {
		if got := a.Browser().Post("/account/sso", url.Values{}); got.Status != http.StatusUnauthorized || got.Header.Get("Refresh") != "" {
			t.Errorf("status %d, want 401 with the sign-in page", got.Status)
		}
	})
}

func TestSSOGroupOfATeamThatIsGone(t *testing.T) {
	a := newSSOApp(t)
	var rules []account.GroupRole
	for _, name := range []string{"Red", "Blue"} {
		team, err := a.Store.CreateTeam(t.Context(), access.Actor{}, name)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, account.GroupRole{Group: name, Team: team.ID, Role: access.Viewer})
	}
	a.serve(func(o *account.SSO) { o.Groups = rules })
	if err := a.Store.DeleteTeam(t.Context(), a.Actor(), rules[0].Team, "Red"); err != nil {
		t.Fatal(err)
	}
	a.provider.Forge(t, func(claims map[string]any) { claims["groups"] = []string{"Red", "Blue"} })
	if got := a.Browser().Sso("/"); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", got.Status, a.log.String())
	}
	memberships, err := a.Store.Memberships(t.Context(), a.account(mei.Email).ID)
	if err != nil || len(memberships) != 1 || memberships[0].Team.ID != rules[1].Team {
		t.Errorf("memberships %+v, %v; want that of Blue", memberships, err)
	}
	if !strings.Contains(a.log.String(), "names a team that no longer exists") {
		t.Error("the log does not say that the team is gone")
	}
}

func TestSSOGroups(t *testing.T) {
	var red, blue, own access.Team
	a := newSSOApp(t)
	for name, team := range map[string]*access.Team{"Red": &red, "Blue": &blue, "Own": &own} {
		made, err := a.Store.CreateTeam(t.Context(), access.Actor{}, name)
		if err != nil {
			t.Fatal(err)
		}
		*team = made
	}
	a.serve(func(o *account.SSO) {
		o.AdminGroup = "admins"
		o.Groups = []account.GroupRole{{"red-leads", red.ID, access.Lead}, {"everybody", red.ID, access.Viewer}, {"blue", blue.ID, access.Architect}}
	})
	a.provider.Forge(t, func(claims map[string]any) { claims["groups"] = []string{} })
	if got := a.Browser().Sso("/"); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	user := a.account(mei.Email)
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, user.ID, own.ID, access.Viewer); err != nil {
		t.Fatal(err)
	}

	steps := []struct {
		name   string
		claims map[string]any
		want   map[string]access.Role
		admin  bool
	}{
		{"one", map[string]any{"groups": []string{"everybody"}}, map[string]access.Role{"Red": "viewer"}, false},
		{"the most of two, and another", map[string]any{"groups": []string{"everybody", "red-leads", "blue", "x"}}, map[string]access.Role{"Red": "lead", "Blue": "architect"}, false},
		{"too many to name", map[string]any{"_claim_names": map[string]any{"groups": "src1"}, "_claim_sources": map[string]any{"src1": map[string]any{"endpoint": "https://graph.example.com"}}},
			map[string]access.Role{"Red": "lead", "Blue": "architect"}, false},
		{"too many for a short token", map[string]any{"hasgroups": true}, map[string]access.Role{"Red": "lead", "Blue": "architect"}, false},
		{"one as a text", map[string]any{"groups": "blue"}, map[string]access.Role{"Blue": "architect"}, false},
		{"admin", map[string]any{"groups": []string{"blue", "admins"}}, map[string]access.Role{"Blue": "architect"}, true},
		{"none", map[string]any{"groups": []string{}}, map[string]access.Role{}, false},
		{"back", map[string]any{"groups": []string{"blue"}}, map[string]access.Role{"Blue": "architect"}, false},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			a.provider.Forge(t, func(claims map[string]any) { maps.Copy(claims, step.claims) })
			if got := a.Browser().Sso("/"); got.Status != http.StatusSeeOther {
				t.Fatalf("status %d\n%s", got.Status, a.log.String())
			}
			memberships, err := a.Store.Memberships(t.Context(), user.ID)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]access.Role{}
			for _, m := range memberships {
				got[m.Team.Name] = m.Role
			}
			step.want["Own"] = access.Viewer
			if !maps.Equal(got, step.want) {
				t.Errorf("roles %v, want %v", got, step.want)
			}
			if admin := a.account(mei.Email).Admin; admin != step.admin {
				t.Errorf("admin %v, want %v", admin, step.admin)
			}
		})
	}
	t.Run("nothing said", func(t *testing.T) {
		before := a.Contents()
		a.provider.Forge(t, func(map[string]any) {})
		b := a.Browser()
		b.WantRefused(b.Sso("/"), http.StatusForbidden, "did not send your groups")
		if now := a.Contents(); now["membership"] != before["membership"] || now["session"] != before["session"] || now["account"] != before["account"] {
			t.Error("something about the person changed")
		}
		if !strings.Contains(a.log.String(), "sends no groups") {
			t.Error("the log does not say that the claim is missing")
		}
	})
	if !strings.Contains(a.log.String(), "too many groups") {
		t.Error("the log does not say that there were too many groups")
	}

	t.Run("the last administrator stays", func(t *testing.T) {
		first := a.account(webtest.TestEmail)
		by := access.Actor{User: first}
		identity := access.Identity{Issuer: a.provider.Issuer(), Subject: ines.Subject}
		if err := a.Store.AddIdentity(t.Context(), by, identity); err != nil {
			t.Fatal(err)
		}
		a.provider.Be(ines)
		a.Browser().Sso("/")
		if !a.account(webtest.TestEmail).Admin {
			t.Error("nobody is an administrator any more")
		}
	})
}

func TestSSOOnly(t *testing.T) {
	a := newSSOApp(t, func(o *account.SSO) { o.Only = true })
	hash := a.account(webtest.TestEmail).PasswordHash
	member, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: mei.Email, Name: mei.Name, PasswordHash: hash, ConfirmedAt: a.Now()})
	if err != nil {
		t.Fatal(err)
	}
	b := a.Browser()
	if page := b.Get("/login").Page; page.Find("details[open]").Length() > 0 || page.Find("details #password").Length() != 1 {
		t.Error("the sign-in page does not fold the password away")
	}
	b.WantRefused(b.Post("/login", url.Values{"email": {member.Email}, "password": {webtest.TestPassword}}), http.StatusForbidden, "Sign in with Contoso")
	log, err := a.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{access.AuditSignInRefused}})
	if err != nil || len(log) != 1 || log[0].Subject != member.ID {
		t.Errorf("the log says %+v, %v, want one refused sign-in", log, err)
	}
	if got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}}); got.Status != http.StatusSeeOther {
		t.Errorf("an administrator: status %d, want 303", got.Status)
	}
	if got := b.Sso("/"); got.Status != http.StatusConflict {
		t.Fatalf("status %d, want 409", got.Status)
	}
	got := b.Post("/login/sso/connect", url.Values{"password": {webtest.TestPassword}})
	if got := b.Get(b.AtProvider(strings.TrimPrefix(got.Header.Get("Refresh"), "0; url="))); got.Status != http.StatusSeeOther {
		t.Errorf("after the account was connected: status %d, want 303", got.Status)
	}

	t.Run("invitation", func(t *testing.T) {
		token := page.NewToken()
		actor := a.Actor()
		link := access.OneTimeLink{TokenHash: page.HashToken(token), Team: actor.Memberships[0].Team, Role: access.Viewer, Email: "ada@example.com",
			ExpiresAt: a.Now().AddDate(0, 0, 1)}
		if _, err := a.Store.Invite(t.Context(), actor, link); err != nil {
			t.Fatal(err)
		}
		b := a.Browser()
		page := b.Get("/invite?token=" + token).Page
		if page.Find("#password").Length() > 0 || !strings.HasPrefix(page.Find("main a.btn-main").AttrOr("href", ""), "/login?back=") {
			t.Error("the invitation does not lead to single sign-on")
		}
		form := url.Values{"token": {token}, "name": {"Ada"}, "password": {"a plumb line hangs"}}
		if got := b.Post("/invite", form); got.Status != http.StatusForbidden {
			t.Errorf("a password all the same: status %d, want 403", got.Status)
		}
		a.provider.Be(oidctest.Person{Subject: "ada-1", Name: "Ada Lovelace", Email: "ada@example.com"})
		if got := b.Sso("/invite?token=" + token); got.Header.Get("Location") != "/invite?token="+token {
			t.Errorf("leads to %q, want the invitation", got.Header.Get("Location"))
		}
		if got := b.Post("/invite", url.Values{"token": {token}}); got.Status != http.StatusSeeOther {
			t.Errorf("join: status %d, want 303", got.Status)
		}
	})
}

func TestSSOBeforeTheFirstAccount(t *testing.T) {
	a := &ssoApp{App: webtest.NewEmptyApp(t)}
	a.provider = oidctest.Start(t, a.Server.URL+callback)
	a.provider.Be(mei)
	a.serve()
	b := a.Browser()
	b.WantRefused(b.Sso("/"), http.StatusForbidden, "setup link")
}

func TestWithoutSSO(t *testing.T) {
	b := webtest.NewApp(t).Browser()
	if got := b.Get(callback); got.Status != http.StatusNotFound {
		t.Errorf("GET: status %d, want 404", got.Status)
	}
	for _, path := range []string{"/login/sso", "/login/sso/connect"} {
		if got := b.Post(path, url.Values{}); got.Status != http.StatusNotFound {
			t.Errorf("POST %s: status %d, want 404", path, got.Status)
		}
	}
}
