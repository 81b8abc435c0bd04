package browser_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// member creates an account with the password of Ines and a role in her team.
func (a *application) member(email, name string, role access.Role) access.User {
	a.t.Helper()
	user, err := a.store.CreateUser(context.Background(), access.Actor{}, access.User{Email: email, Name: name, PasswordHash: a.ines().User.PasswordHash})
	if err != nil {
		a.t.Fatal(err)
	}
	if err := a.store.SetMembership(context.Background(), access.Actor{}, user.ID, a.ines().Memberships[0].Team.ID, role); err != nil {
		a.t.Fatal(err)
	}
	return user
}

// keep puts a practice into the plan.
func (a *application) keep(id, practice string) {
	a.t.Helper()
	if _, err := a.store.KeepPlanItems(context.Background(), a.ines(), id, []string{practice}); err != nil {
		a.t.Fatal(err)
	}
}

// invitation returns the secret of an invitation into the team of Ines.
func (a *application) invitation(email string) string {
	a.t.Helper()
	token := page.NewToken()
	_, err := a.store.Invite(context.Background(), a.ines(), access.OneTimeLink{TokenHash: page.HashToken(token), Team: a.ines().Memberships[0].Team,
		Role: access.Architect, Email: email, ExpiresAt: time.Now().Add(time.Hour)})
	if err != nil {
		a.t.Fatal(err)
	}
	return token
}

func TestAccessiblePeople(t *testing.T) {
	t.Parallel()
	app := start(t)
	app.reviewed("Claims triage")
	app.member("tomas@example.com", "Tomás Ruiz", access.Lead)
	app.member("ana@example.com", endless, access.Viewer)
	b := app.signedIn(t)
	b.tolerate("422", "409")
	adminsPages(app, b, b.accessible)
}

// adminsPages goes through the pages of teams and people with a person who may do everything.
func adminsPages(app *application, b *tab, each func(state string)) {
	team := app.ines().Memberships[0].Team.ID
	b.open(templates.TeamsURL)
	each("teams")
	b.fill(field("Team name"), "Everyone")
	b.follow(button("Create team"))
	b.sees("problem")
	each("teams with an error")
	b.open(templates.TeamURL(team))
	b.fill(field("Email address"), "nobody")
	b.follow(button("Create link"))
	b.sees("problem")
	each("team with an error")
	b.fill(field("Email address"), "leo@example.com")
	b.follow(button("Create link"))
	b.sees("Invitation for leo@example.com created.")
	each("team with a link")
	b.open(templates.PeopleURL)
	each("people")
	people, err := app.store.Users(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	other := slices.IndexFunc(people, func(u access.User) bool { return u.ID != app.ines().User.ID })
	b.open(templates.PersonURL(people[other].ID))
	each("person")
	b.fill(field("Your password"), inesPassword)
	b.follow(button("Create link"))
	b.sees("can set a new password for")
	each("person with a link")
	b.open(templates.PeopleURL + "/tokens")
	each("API tokens of everybody")
	b.open(templates.TeamURL(team) + "/tokens")
	each("API tokens of a team")
	b.open(templates.AccountURL)
	each("account")
	if _, err := app.store.CreateTeam(context.Background(), access.Actor{}, "Platform"); err != nil {
		b.t.Fatal(err)
	}
	b.open(templates.NewWorkloadURL)
	b.follow(button("Start assessment"))
	b.sees("problem")
	each("new workload without a team")
}

func TestAccessibleInvitation(t *testing.T) {
	t.Parallel()
	app := start(t)
	token := app.invitation("leo@example.com")
	b := app.tab(t)
	b.tolerate("422", "404", "403")
	b.open(templates.UseInviteURL(token))
	b.accessible("invitation")
	b.follow(button("Create account and join"))
	b.sees("problem")
	b.accessible("invitation with errors")
	b.fill(field("Your name"), "Leo Novak")
	b.fill(field("Password"), inesPassword)
	b.follow(button("Create account and join"))
	b.sees("Welcome to the team")
	b.open(templates.UseInviteURL(token))
	b.accessible("invitation that was used")
	b.open(templates.UseInviteURL(app.invitation("mia@example.com")))
	b.accessible("invitation for somebody else")
	stranger := app.tab(t)
	stranger.open(templates.UseInviteURL(app.invitation("otto@example.com")))
	app.member("otto@example.com", "Otto", access.Viewer)
	stranger.reload()
	stranger.accessible("invitation for somebody with an account")
}

func TestAccessibleViewer(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	app.decide(id, "t05")
	app.keep(id, "rel-01.p4")
	app.snapshot(id, "Design review")
	app.snapshot(id, "After the pilot")
	app.member("ana@example.com", "Ana Viewer", access.Viewer)
	b := app.tab(t)
	b.tolerate("403")
	b.open("/login")
	b.signInAs("ana@example.com")
	viewersPages(app, b, id, b.accessible)
}

// viewersPages goes through the pages of an assessment with a person who may only look.
func viewersPages(app *application, b *tab, id string, each func(state string)) {
	current, err := app.store.Current(context.Background(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, page := range []struct{ name, url string }{
		{"portfolio", templates.PortfolioURL},
		{"overview", templates.AssessmentURL(id)},
		{"walk", templates.PrincipleURL(id, "rel-01")},
		{"tradeoff", templates.TradeoffURL(id, "t05")},
		{"tradeoff without a decision", templates.TradeoffURL(id, "t06")},
		{"plan", templates.PlanURL(id)},
		{"snapshots", templates.SnapshotsURL(id)},
		{"reports", templates.ReportsURL(id)},
		{"priorities", templates.PrioritiesURL(id)},
		{"settings", templates.EditWorkloadURL(current.State.Workload.ID)},
		{"team", templates.TeamURL(current.State.Workload.Team)},
		{"new workload", templates.NewWorkloadURL},
	} {
		b.open(page.url)
		each("viewer, " + page.name)
		if n := eval[int](b, `document.querySelectorAll("main form[method=post], main [formmethod=post]").length`); n > 0 {
			b.t.Errorf("viewer, %s: %d forms that change something", page.name, n)
		}
	}
}

// TestRoleIsTakenWhileAnswering holds that a person whose role was taken while their page was open is told why.
func TestRoleIsTakenWhileAnswering(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	ana := app.member("ana@example.com", "Ana Architect", access.Architect)
	b := app.tab(t)
	b.tolerate("403")
	b.open("/login")
	b.signInAs("ana@example.com")
	b.open(templates.PrincipleURL(id, "rel-01"))
	if err := app.store.SetMembership(context.Background(), access.Actor{}, ana.ID, app.ines().Memberships[0].Team.ID, access.Viewer); err != nil {
		t.Fatal(err)
	}
	b.click(element(`document.querySelector("#p-rel-01\\.p1 input[value=absent]")`))
	b.sees("Not saved: Only an architect or a lead of this team can answer practices")
}
