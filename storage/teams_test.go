package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
)

func TestTeam(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.RenameTeam(ctx, b.actor, b.team.ID, "Platform", " Search "))
	b.wantLog(t, assessment.AuditEntry{Team: b.team.ID, Action: assessment.AuditTeamRenamed, SubjectKind: "team", Subject: b.team.ID, Detail: "Search"})
	if got := must(b.Team(ctx, b.team.ID))(t); got.Name != "Search" {
		t.Errorf("got %+v", got)
	}
	must(b.CreateTeam(ctx, "Other"))(t)
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
	grace := b.join(t, "grace@example.org", assessment.Lead)
	check(t, b.SetUserDisabled(ctx, grace.User.ID, true))
	got := must(b.Members(ctx, b.team.ID))(t)
	if len(got) != 2 || got[0].User.Name != "Ada" || got[0].Role != assessment.Architect || got[0].User.PasswordHash != "" ||
		got[1].Role != assessment.Lead || !got[1].User.Disabled() {
		t.Errorf("got %+v", got)
	}
	if got := must(b.Members(ctx, "none"))(t); got == nil || len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestRolesHoldFromTheNextRequestOn(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.CreateSession(ctx, b.session("s")))
	token := b.token(t, "k", assessment.ScopeWrite, time.Hour)
	other := must(b.CreateTeam(ctx, "Other"))(t)
	for _, tt := range []struct {
		roles map[string]assessment.Role
		want  assessment.Code // of answering in the team
	}{
		{nil, ""},
		{map[string]assessment.Role{b.team.ID: assessment.Viewer}, assessment.Forbidden},
		{map[string]assessment.Role{b.team.ID: "", other.ID: assessment.Lead}, assessment.NotFound},
		{map[string]assessment.Role{b.team.ID: assessment.Lead}, ""},
	} {
		check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, tt.roles))
		_, actor, err := b.Session(ctx, "s")
		check(t, err)
		wantCode(t, assessment.Allow(actor, assessment.ActAnswer, b.team.ID), tt.want)
		actor = must(b.ActorByToken(ctx, token.Hash))(t)
		wantCode(t, assessment.Allow(actor, assessment.ActAnswer, b.team.ID), tt.want)
	}
}

func TestSetMembershipsIsAllOrNothing(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	before := b.log(t)
	err := b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]assessment.Role{b.team.ID: assessment.Lead, "zzz-none": assessment.Viewer})
	wantCode(t, err, assessment.NotFound)
	err = b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]assessment.Role{b.team.ID: "owner"})
	wantField(t, err, assessment.Invalid, "role")
	check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]assessment.Role{b.team.ID: assessment.Architect}))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what did not happen", got)
	}
	check(t, b.SetMemberships(ctx, b.actor, b.actor.User.ID, map[string]assessment.Role{b.team.ID: assessment.Lead}))
	b.wantLog(t, assessment.AuditEntry{Team: b.team.ID, Action: assessment.AuditMember, SubjectKind: "account", Subject: b.actor.User.ID,
		Detail: "architect → lead"})
}
