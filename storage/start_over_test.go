package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// unconfirmed creates an account whose address nobody has confirmed, with everything that could let somebody in.
func (b *bench) unconfirmed(t *testing.T, email string, role access.Role) access.User {
	t.Helper()
	ctx := t.Context()
	u := must(b.CreateUser(ctx, access.Actor{}, access.User{Email: email, Name: "Squatter", PasswordHash: "old"}))(t)
	check(t, b.SetMembership(ctx, access.Actor{}, u.ID, b.team.ID, role))
	actor := access.Actor{User: u}
	must(b.CreateToken(ctx, actor, access.Token{Hash: "token " + email, Name: "CI", Scope: access.ScopeWrite, ExpiresAt: b.now().Add(time.Hour)}))(t)
	check(t, b.AddIdentity(ctx, actor, access.Identity{Issuer: "i", Subject: email}))
	session := b.session("session " + email)
	session.User = u.ID
	check(t, b.CreateSession(ctx, access.Actor{}, session))
	return u
}

// wantClosed complains unless nothing of before opens the account.
func (b *bench) wantClosed(t *testing.T, u access.User) {
	t.Helper()
	ctx := t.Context()
	_, err := b.ActorByToken(ctx, "token "+u.Email)
	wantCode(t, err, assessment.NotFound)
	if sessions := must(b.SessionsOf(ctx, u.ID))(t); len(sessions) > 0 {
		t.Errorf("sessions %+v", sessions)
	}
	_, err = b.UserByIdentity(ctx, access.Identity{Issuer: "i", Subject: u.Email})
	wantCode(t, err, assessment.NotFound)
}

func TestResetLinkClosesEveryWayIn(t *testing.T) {
	b := newBench(t)
	u := b.unconfirmed(t, "grace@example.org", access.Viewer)
	link := access.OneTimeLink{TokenHash: "r", Kind: access.LinkReset, User: u.ID, ExpiresAt: b.now().Add(time.Hour)}
	check(t, b.CreateLink(t.Context(), access.Actor{}, link))
	check(t, b.UseResetLink(t.Context(), access.Actor{}, "r", "new"))
	b.wantClosed(t, u)
	if now := must(b.User(t.Context(), u.ID))(t); now.PasswordHash != "new" || !now.Confirmed() {
		t.Errorf("got %+v", now)
	}
	actions := map[string]bool{}
	for _, entry := range must(b.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Subject: u.ID}))(t) {
		actions[entry.Action] = true
	}
	for _, want := range []string{access.AuditIdentityRemoved, access.AuditConfirmed, access.AuditPassword} {
		if !actions[want] {
			t.Errorf("the log has no %s", want)
		}
	}
}

// TestALeadStartsNobodyOver who is in a team: a lead elsewhere would throw them out of their account.
func TestALeadStartsNobodyOver(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	u := b.unconfirmed(t, "grace@example.org", access.Viewer)
	other := must(b.CreateTeam(ctx, access.Actor{}, "Search"))(t)
	check(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, other.ID, access.Lead))
	link := b.invitation("h", u.Email, access.Viewer)
	link.Team = other
	must(b.Invite(ctx, b.actor, link))(t)
	_, err := b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "Mallory", PasswordHash: "new"})
	wantField(t, err, assessment.Conflict, "email")
	if now := must(b.User(ctx, u.ID))(t); now != u || len(must(b.SessionsOf(ctx, u.ID))(t)) != 1 {
		t.Errorf("the account is %+v now", now)
	}
	must(b.ActorByToken(ctx, "token "+u.Email))(t)

	check(t, b.SetMembership(ctx, access.Actor{}, u.ID, b.team.ID, ""))
	now := must(b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "Grace", PasswordHash: "new"}))(t)
	b.wantClosed(t, u)
	roles := must(b.Memberships(ctx, u.ID))(t)
	if now.Name != "Grace" || now.Confirmed() || len(roles) != 1 || roles[0].Team != other {
		t.Errorf("got %+v in %+v", now, roles)
	}
	entries := must(b.Audit(ctx, access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{access.AuditStartedOver}}))(t)
	if len(entries) != 1 || entries[0].Detail != "name Squatter → Grace" {
		t.Errorf("the log says %+v", entries)
	}
}

func TestProfileInTheLog(t *testing.T) {
	b := newBench(t)
	check(t, b.SetProfile(t.Context(), access.Actor{}, b.actor.User.ID, "Ada L.", "Europe/Berlin"))
	b.wantLog(t, access.AuditEntry{Action: access.AuditAccountChanged, SubjectKind: "account", Subject: b.actor.User.ID,
		Detail: "name Ada → Ada L., time zone UTC → Europe/Berlin"})
}

// TestTokensOfADisabledAccount do not come back with it.
func TestTokensOfADisabledAccount(t *testing.T) {
	b := newBench(t)
	b.token(t, "h", access.ScopeWrite, time.Hour)
	for _, disabled := range []bool{true, false} {
		check(t, b.SetUserDisabled(t.Context(), access.Actor{}, b.actor.User.ID, disabled))
		_, err := b.ActorByToken(t.Context(), "h")
		wantCode(t, err, assessment.NotFound)
	}
}
