package webtest

import (
	"context"
	"crypto/rand"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// Member returns a new person, with a role in a team where one is named.
func (a *App) Member(team string, role access.Role) access.Actor {
	a.T.Helper()
	ctx := context.Background()
	user, err := a.Store.CreateUser(ctx, access.Actor{}, access.User{Email: strings.ToLower(rand.Text()) + "@example.com", Name: "Mei Tanaka", ConfirmedAt: a.Now()})
	if err != nil {
		a.T.Fatal(err)
	}
	if team != "" {
		if err := a.Store.SetMembership(ctx, access.Actor{}, user.ID, team, role); err != nil {
			a.T.Fatal(err)
		}
	}
	memberships, err := a.Store.Memberships(ctx, user.ID)
	if err != nil {
		a.T.Fatal(err)
	}
	return access.Actor{User: user, Memberships: memberships}
}

// OtherTeam creates a team of that name with one workload of the same name.
func (a *App) OtherTeam(name string) assessment.Assessment {
	a.T.Helper()
	ctx := context.Background()
	team, err := a.Store.CreateTeam(ctx, access.Actor{}, name)
	if err != nil {
		a.T.Fatal(err)
	}
	questionnaires, err := a.Store.Library(ctx)
	if err != nil {
		a.T.Fatal(err)
	}
	started, err := a.Store.CreateWorkload(ctx, a.Actor(), assessment.Workload{Team: team.ID, Name: name}, questionnaires[0].SHA256, nil)
	if err != nil {
		a.T.Fatal(err)
	}
	return started
}

func (a *App) RevokeAll() {
	a.T.Helper()
	ctx, actor := context.Background(), a.Actor()
	tokens, err := a.Store.Tokens(ctx, actor.User.ID)
	if err != nil {
		a.T.Fatal(err)
	}
	for _, token := range tokens {
		if err := a.Store.RevokeToken(ctx, actor, actor.User.ID, token.ID); err != nil {
			a.T.Fatal(err)
		}
	}
}

func (p *Program) Do(method, path, body string) Reply {
	p.T.Helper()
	if body == "" {
		return p.Ask(method, path, nil)
	}
	return p.Ask(method, path, body)
}

func (a *App) UserOf(p *Program) access.User {
	a.T.Helper()
	actor, err := a.Store.ActorByToken(context.Background(), page.HashToken(p.Secret))
	if err != nil {
		a.T.Fatal(err)
	}
	return actor.User
}

func (a *App) RevokeTokensOf(actor access.Actor) {
	a.T.Helper()
	tokens, err := a.Store.Tokens(context.Background(), actor.User.ID)
	if err != nil {
		a.T.Fatal(err)
	}
	for _, token := range tokens {
		if err := a.Store.RevokeToken(context.Background(), actor, actor.User.ID, token.ID); err != nil {
			a.T.Fatal(err)
		}
	}
}
