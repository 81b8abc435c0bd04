package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web"
	"plumbline/web/oidctest"
)

// ines is at the provider who has the first account here.
var ines = oidctest.Person{Subject: "ines-1", Name: "Ines Okafor", Email: testEmail}

func TestSSOAddressThatIsTaken(t *testing.T) {
	a := newSSOApp(t)
	b := a.browser()
	a.provider.Be(ines)
	got := b.sso("/teams")
	if got.status != http.StatusConflict || !strings.Contains(got.page.Find("main").Text(), testEmail) {
		t.Fatalf("status %d, want 409 and a page that asks for the password", got.status)
	}
	if known, err := a.store.Identities(t.Context(), a.account(testEmail).ID); err != nil || len(known) > 0 {
		t.Errorf("connected unasked: %v, %v", known, err)
	}
	if got := b.get("/account"); got.status != http.StatusSeeOther {
		t.Error("signed in without the password")
	}
	if got := b.post("/login/sso/connect", url.Values{"password": {"wrong wrong wrong"}}); got.status != http.StatusUnauthorized {
		t.Errorf("a wrong password: status %d, want 401", got.status)
	}
	if got := a.browser().post("/login/sso/connect", url.Values{"password": {testPassword}}); got.status != http.StatusForbidden {
		t.Errorf("in another browser: status %d, want 403", got.status)
	}
	got = b.post("/login/sso/connect", url.Values{"password": {testPassword}})
	address, leads := strings.CutPrefix(got.header.Get("Refresh"), "0; url=")
	if got.status != http.StatusOK || !leads {
		t.Fatalf("status %d, want the way to the provider", got.status)
	}
	if got := b.get(b.atProvider(address)); got.status != http.StatusSeeOther || got.header.Get("Location") != "/teams" {
		t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
	}
	if got := b.get("/account"); !strings.Contains(got.body, testEmail) {
		t.Error("not signed in with the account")
	}
	if got := b.post("/login/sso/connect", url.Values{"password": {testPassword}}); got.status != http.StatusForbidden {
		t.Errorf("the same again: status %d, want 403", got.status)
	}

	t.Run("by somebody else", func(t *testing.T) {
		a.browser().sso("/") // as Ines, who may
		a.provider.Be(oidctest.Person{Subject: "mallory", Name: "Mal Lory", Email: testEmail})
		mallory := a.browser()
		if got := mallory.sso("/"); got.status != http.StatusConflict {
			t.Errorf("status %d, want 409", got.status)
		}
		a.provider.Be(mei)
		a.browser().sso("/")
		a.provider.Be(oidctest.Person{Subject: "mallory", Name: "Mal Lory", Email: mei.Email})
		mallory.wantRefused(mallory.sso("/"), http.StatusForbidden, "has your email address already")
	})
}

func TestSSOConnect(t *testing.T) {
	a := newSSOApp(t)
	connect := func(b *browser) answer {
		t.Helper()
		got := b.post("/account/sso", url.Values{})
		address, leads := strings.CutPrefix(got.header.Get("Refresh"), "0; url=")
		if !leads {
			t.Fatalf("status %d, want the way to the provider", got.status)
		}
		return b.get(b.atProvider(address))
	}
	b := a.signedIn()
	if page := b.get("/account").page; page.Find(`form[action="/account/sso"] button`).Text() != "Connect Contoso" {
		t.Error("the account page does not offer it")
	}
	if got := connect(b); got.status != http.StatusSeeOther || got.header.Get("Location") != "/account" {
		t.Fatalf("status %d to %q", got.status, got.header.Get("Location"))
	}
	if page := b.get("/account"); !strings.Contains(page.page.Find(".notice").Text(), "is connected") && !strings.Contains(page.body, "is connected") {
		t.Error("the account page does not say that it is connected")
	}
	other := a.browser()
	if other.sso("/"); !strings.Contains(other.get("/account").body, testEmail) {
		t.Error("the identity does not lead to the account")
	}

	t.Run("somebody else's", func(t *testing.T) {
		second, err := a.store.CreateUser(t.Context(), assessment.User{Email: "ada@example.com", Name: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		b := a.signedInAs(second)
		if got := connect(b); got.status != http.StatusConflict || !strings.Contains(got.page.Find(".notice-poor").Text(), "Another account") {
			t.Errorf("status %d, says %q", got.status, got.page.Find(".notice-poor").Text())
		}
		got := b.post("/account/sso", url.Values{})
		path := b.atProvider(strings.TrimPrefix(got.header.Get("Refresh"), "0; url="))
		b.post("/logout", url.Values{})
		b.wantRefused(b.get(path), http.StatusForbidden, "Start it again")
	})
	t.Run("a stranger", func(t *testing.T) {
		if got := a.browser().post("/account/sso", url.Values{}); got.status != http.StatusSeeOther || got.header.Get("Refresh") != "" {
			t.Errorf("status %d, want 303 to the sign-in page", got.status)
		}
	})
}

func TestSSOGroupOfATeamThatIsGone(t *testing.T) {
	a := newSSOApp(t)
	var rules []web.GroupRole
	for _, name := range []string{"Red", "Blue"} {
		team, err := a.store.CreateTeam(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, web.GroupRole{Group: name, Team: team.ID, Role: assessment.Viewer})
	}
	a.serve(func(o *web.SSO) { o.Groups = rules })
	if err := a.store.DeleteTeam(t.Context(), a.actor(), rules[0].Team, "Red"); err != nil {
		t.Fatal(err)
	}
	a.provider.Forge(t, func(claims map[string]any) { claims["groups"] = []string{"Red", "Blue"} })
	if got := a.browser().sso("/"); got.status != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", got.status, a.log.String())
	}
	memberships, err := a.store.Memberships(t.Context(), a.account(mei.Email).ID)
	if err != nil || len(memberships) != 1 || memberships[0].Team.ID != rules[1].Team {
		t.Errorf("memberships %+v, %v; want that of Blue", memberships, err)
	}
	if !strings.Contains(a.log.String(), "names a team that is gone") {
		t.Error("the log does not say that the team is gone")
	}
}

func TestSSOGroups(t *testing.T) {
	var red, blue, own assessment.Team
	a := newSSOApp(t)
	for name, team := range map[string]*assessment.Team{"Red": &red, "Blue": &blue, "Own": &own} {
		made, err := a.store.CreateTeam(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		*team = made
	}
	a.serve(func(o *web.SSO) {
		o.AdminGroup = "admins"
		o.Groups = []web.GroupRole{{"red-leads", red.ID, assessment.Lead}, {"everybody", red.ID, assessment.Viewer}, {"blue", blue.ID, assessment.Architect}}
	})
	a.provider.Forge(t, func(claims map[string]any) { claims["groups"] = []string{} })
	if got := a.browser().sso("/"); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	user := a.account(mei.Email)
	if err := a.store.SetMembership(t.Context(), user.ID, own.ID, assessment.Viewer); err != nil {
		t.Fatal(err)
	}

	steps := []struct {
		name   string
		claims map[string]any
		want   map[string]assessment.Role
		admin  bool
	}{
		{"one", map[string]any{"groups": []string{"everybody"}}, map[string]assessment.Role{"Red": "viewer"}, false},
		{"the most of two, and another", map[string]any{"groups": []string{"everybody", "red-leads", "blue", "x"}}, map[string]assessment.Role{"Red": "lead", "Blue": "architect"}, false},
		{"too many to name", map[string]any{"_claim_names": map[string]any{"groups": "src1"}, "_claim_sources": map[string]any{"src1": map[string]any{"endpoint": "https://graph.example.com"}}},
			map[string]assessment.Role{"Red": "lead", "Blue": "architect"}, false},
		{"too many for a short token", map[string]any{"hasgroups": true}, map[string]assessment.Role{"Red": "lead", "Blue": "architect"}, false},
		{"one as a text", map[string]any{"groups": "blue"}, map[string]assessment.Role{"Blue": "architect"}, false},
		{"admin", map[string]any{"groups": []string{"blue", "admins"}}, map[string]assessment.Role{"Blue": "architect"}, true},
		{"none", map[string]any{"groups": []string{}}, map[string]assessment.Role{}, false},
		{"back", map[string]any{"groups": []string{"blue"}}, map[string]assessment.Role{"Blue": "architect"}, false},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			a.provider.Forge(t, func(claims map[string]any) { maps.Copy(claims, step.claims) })
			if got := a.browser().sso("/"); got.status != http.StatusSeeOther {
				t.Fatalf("status %d\n%s", got.status, a.log.String())
			}
			memberships, err := a.store.Memberships(t.Context(), user.ID)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]assessment.Role{}
			for _, m := range memberships {
				got[m.Team.Name] = m.Role
			}
			step.want["Own"] = assessment.Viewer
			if !maps.Equal(got, step.want) {
				t.Errorf("roles %v, want %v", got, step.want)
			}
			if admin := a.account(mei.Email).Admin; admin != step.admin {
				t.Errorf("admin %v, want %v", admin, step.admin)
			}
		})
	}
	t.Run("nothing said", func(t *testing.T) {
		before := a.contents()
		a.provider.Forge(t, func(map[string]any) {})
		b := a.browser()
		b.wantRefused(b.sso("/"), http.StatusForbidden, "does not say in which groups you are")
		if now := a.contents(); now["membership"] != before["membership"] || now["session"] != before["session"] || now["account"] != before["account"] {
			t.Error("something about the person changed")
		}
		if !strings.Contains(a.log.String(), "says nothing about groups") {
			t.Error("the log does not say that the claim is missing")
		}
	})
	if !strings.Contains(a.log.String(), "too many groups") {
		t.Error("the log does not say that there were too many groups")
	}

	t.Run("the last administrator stays", func(t *testing.T) {
		first := a.account(testEmail)
		by := assessment.Actor{User: first}
		identity := assessment.Identity{Issuer: a.provider.Issuer(), Subject: ines.Subject}
		if err := a.store.AddIdentity(t.Context(), by, identity); err != nil {
			t.Fatal(err)
		}
		a.provider.Be(ines)
		a.browser().sso("/")
		if !a.account(testEmail).Admin {
			t.Error("nobody is an administrator any more")
		}
	})
}

func TestSSOOnly(t *testing.T) {
	a := newSSOApp(t, func(o *web.SSO) { o.Only = true })
	hash := a.account(testEmail).PasswordHash
	member, err := a.store.CreateUser(t.Context(), assessment.User{Email: mei.Email, Name: mei.Name, PasswordHash: hash})
	if err != nil {
		t.Fatal(err)
	}
	b := a.browser()
	if page := b.get("/login").page; page.Find("details[open]").Length() > 0 || page.Find("details #password").Length() != 1 {
		t.Error("the sign-in page does not fold the password away")
	}
	b.wantRefused(b.post("/login", url.Values{"email": {member.Email}, "password": {testPassword}}), http.StatusForbidden, "Sign in with Contoso")
	log, err := a.store.Audit(t.Context(), assessment.AuditFilter{Teams: assessment.TeamScope{All: true}, Actions: []string{assessment.AuditSignInRefused}})
	if err != nil || len(log) != 1 || log[0].Subject != member.ID {
		t.Errorf("the log says %+v, %v, want one refused sign-in", log, err)
	}
	if got := a.browser().post("/login", url.Values{"email": {testEmail}, "password": {testPassword}}); got.status != http.StatusSeeOther {
		t.Errorf("an administrator: status %d, want 303", got.status)
	}
	if got := b.sso("/"); got.status != http.StatusConflict {
		t.Fatalf("status %d, want 409", got.status)
	}
	got := b.post("/login/sso/connect", url.Values{"password": {testPassword}})
	if got := b.get(b.atProvider(strings.TrimPrefix(got.header.Get("Refresh"), "0; url="))); got.status != http.StatusSeeOther {
		t.Errorf("after the account was connected: status %d, want 303", got.status)
	}

	t.Run("invitation", func(t *testing.T) {
		token := web.NewToken()
		actor := a.actor()
		link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Team: actor.Memberships[0].Team, Role: assessment.Viewer, Email: "ada@example.com",
			ExpiresAt: a.now.AddDate(0, 0, 1)}
		if _, err := a.store.Invite(t.Context(), actor, link); err != nil {
			t.Fatal(err)
		}
		b := a.browser()
		page := b.get("/invite?token=" + token).page
		if page.Find("#password").Length() > 0 || !strings.HasPrefix(page.Find("main a.btn-main").AttrOr("href", ""), "/login?back=") {
			t.Error("the invitation does not lead to single sign-on")
		}
		form := url.Values{"token": {token}, "name": {"Ada"}, "password": {"a plumb line hangs"}}
		if got := b.post("/invite", form); got.status != http.StatusForbidden {
			t.Errorf("a password all the same: status %d, want 403", got.status)
		}
		a.provider.Be(oidctest.Person{Subject: "ada-1", Name: "Ada Lovelace", Email: "ada@example.com"})
		if got := b.sso("/invite?token=" + token); got.header.Get("Location") != "/invite?token="+token {
			t.Errorf("leads to %q, want the invitation", got.header.Get("Location"))
		}
		if got := b.post("/invite", url.Values{"token": {token}}); got.status != http.StatusSeeOther {
			t.Errorf("join: status %d, want 303", got.status)
		}
	})
}

func TestSSOBeforeTheFirstAccount(t *testing.T) {
	a := &ssoApp{app: newEmptyApp(t)}
	a.provider = oidctest.Start(t, a.server.URL+callback)
	a.provider.Be(mei)
	a.serve()
	b := a.browser()
	b.wantRefused(b.sso("/"), http.StatusForbidden, "printed a link")
}

func TestWithoutSSO(t *testing.T) {
	b := newApp(t).browser()
	if got := b.get(callback); got.status != http.StatusNotFound {
		t.Errorf("GET: status %d, want 404", got.status)
	}
	for _, path := range []string{"/login/sso", "/login/sso/connect"} {
		if got := b.post(path, url.Values{}); got.status != http.StatusNotFound {
			t.Errorf("POST %s: status %d, want 404", path, got.status)
		}
	}
}
