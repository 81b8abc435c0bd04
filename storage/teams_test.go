package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestTeam(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Platform", " Search "))
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: access.AuditTeamRenamed, SubjectKind: "team", Subject: b.team.ID, Detail: "Platform → Search"})
	if got := must(b.Team(ctx, b.team.ID))(t); got.Name != "Search" {
		t.Errorf("got %+v", got)
	}
	must(b.CreateTeam(ctx, access.Actor{}, "Other"))(t)
	wantField(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Search", "Other"), assessment.Conflict, "name")
	wantField(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Platform", "Data"), assessment.Conflict, "")
	check(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Platform", "Search"))
	wantField(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Search", ""), assessment.Invalid, "name")
	wantCode(t, b.RenameTeam(ctx, b.actor, "none", "", "Free"), assessment.NotFound)
	_, err := b.Team(ctx, "none")
	wantCode(t, err, assessment.NotFound)
}

func TestMembers(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	grace := b.join(t, "grace@example.org", access.Lead)
	check(t, b.SetUserDisabled(ctx, access.Actor{}, grace.User.ID, true))
	got := must(b.Members(ctx, b.team.ID))(t)
	if len(got) != 2 || got[0].User.Name != "Ada" || got[0].Role != access.Architect || got[0].User.PasswordHash != "" ||
		got[1].Role != access.Lead || !got[1].User.Disabled() {
		t.Errorf("got %+v", got)
	}
	if got := must(b.Members(ctx, "none"))(t); got == nil || len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestRolesHoldFromTheNextRequestOn(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("s")))
	token := b.token(t, "k", access.ScopeWrite, time.Hour)
	other := must(b.CreateTeam(ctx, access.Actor{}, "Other"))(t)
	for _, tt := range []struct {
		roles map[string]access.Role
		want  assessment.Code // of answering in the team
	}{
		{nil, ""},
		{map[string]access.Role{b.team.ID: access.Viewer}, assessment.Forbidden},
		{map[string]access.Role{b.team.ID: "", other.ID: access.Lead}, assessment.NotFound},
		{map[string]access.Role{b.team.ID: access.Lead}, ""},
	} {
		check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, tt.roles))
		_, actor, err := b.Session(ctx, "s")
		check(t, err)
		wantCode(t, access.Allow(actor, access.ActAnswer, b.team.ID), tt.want)
		actor = must(b.ActorByToken(ctx, token.Hash))(t)
		wantCode(t, access.Allow(actor, access.ActAnswer, b.team.ID), tt.want)
	}
}

func TestSetMembershipsIsAllOrNothing(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	before := b.log(t)
	err := b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]access.Role{b.team.ID: access.Lead, "zzz-none": access.Viewer})
	wantCode(t, err, assessment.NotFound)
	err = b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]access.Role{b.team.ID: "owner"})
	wantField(t, err, assessment.Invalid, "role")
	check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]access.Role{b.team.ID: access.Architect}))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what did not happen", got)
	}
	check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]access.Role{b.team.ID: access.Lead}))
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: access.AuditMember, SubjectKind: "account", Subject: b.actor.User.ID,
		Detail: "architect → lead"})
}
