package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func (b *bench) invitation(hash, email string, role access.Role) access.OneTimeLink {
	return access.OneTimeLink{TokenHash: hash, Team: access.Team{ID: b.team.ID}, Role: role, Email: email,
		ExpiresAt: b.clock.Now().Add(time.Hour)}
}

// newLead is a bench whose person leads the team, and so may invite.
func newLead(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	check(t, b.SetMembership(t.Context(), access.Actor{}, b.actor.User.ID, b.team.ID, access.Lead))
	return b
}

func TestInvite(t *testing.T) {
	b := newLead(t)
	ctx := t.Context()
	made := must(b.Invite(ctx, b.actor, b.invitation("h", " Grace@Example.org ", access.Lead)))(t)
	entry := access.AuditEntry{Team: b.team.ID, Action: access.AuditInvited, SubjectKind: "invitation", Subject: made.ID,
		Detail: "grace@example.org as lead"}
	b.wantLog(t, entry)
	if made.ID == "" || made.Team != b.team || made.Email != "grace@example.org" || made.InvitedBy != "Ada" {
		t.Errorf("got %+v", made)
	}
	if got := must(b.Link(ctx, "h", access.LinkInvite))(t); got != made {
		t.Errorf("got %+v, want %+v", got, made)
	}
	if got := must(b.Invitations(ctx, b.team.ID))(t); len(got) != 1 || got[0] != made {
		t.Errorf("got %+v, want %+v", got, made)
	}

	wish := access.User{Name: "Grace", Email: "eve@example.org", PasswordHash: "p", Admin: true}
	u := must(b.UseInvite(ctx, access.Actor{Address: "192.0.2.7"}, "h", wish))(t)
	if u.Email != "grace@example.org" || u.Admin {
		t.Errorf("got %+v, want the invited address and no administrator", u)
	}
	entry.Action = access.AuditInvitationUsed
	b.wantLog(t, entry)
	if got := b.log(t); got.Account != u.ID || got.Person != "Grace" || got.Address != "192.0.2.7" {
		t.Errorf("the log says %+v", got)
	}
	roles := must(b.Memberships(ctx, u.ID))(t)
	if len(roles) != 1 || roles[0] != (access.Membership{Team: b.team, Role: access.Lead}) {
		t.Errorf("got %+v", roles)
	}
	_, err := b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "Eve"})
	wantCode(t, err, assessment.NotFound)
	if got := must(b.Invitations(ctx, b.team.ID))(t); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestInvitedWithAnAccount(t *testing.T) {
	tests := []struct {
		name               string
		have, invited, got access.Role
	}{
		{"new in the team", "", access.Architect, access.Architect},
		{"more than before", access.Viewer, access.Lead, access.Lead},
		{"never less than before", access.Lead, access.Viewer, access.Lead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newLead(t)
			grace := b.join(t, "grace@example.org", tt.have)
			must(b.Invite(t.Context(), b.actor, b.invitation("h", "new@example.org", tt.invited)))(t)
			_, err := b.UseInvite(t.Context(), access.Actor{}, "h", access.User{ID: grace.User.ID})
			wantCode(t, err, assessment.Forbidden)
			if roles := must(b.Memberships(t.Context(), grace.User.ID))(t); len(roles) > 0 && roles[0].Role != tt.have {
				t.Errorf("the invitation of somebody else gave %+v", roles)
			}
			if tt.have == "" {
				must(b.Invite(t.Context(), b.actor, b.invitation("own", "grace@example.org", tt.invited)))(t)
			} else { // invited before they were in the team
				check(t, b.SetMembership(t.Context(), access.Actor{}, grace.User.ID, b.team.ID, ""))
				must(b.Invite(t.Context(), b.actor, b.invitation("own", "grace@example.org", tt.invited)))(t)
				check(t, b.SetMembership(t.Context(), access.Actor{}, grace.User.ID, b.team.ID, tt.have))
			}
			u := must(b.UseInvite(t.Context(), access.Actor{}, "own", access.User{ID: grace.User.ID, Name: "Other", Admin: true}))(t)
			if u != grace.User {
				t.Errorf("got %+v, want the account as it was", u)
			}
			if roles := must(b.Memberships(t.Context(), u.ID))(t); len(roles) != 1 || roles[0].Role != tt.got {
				t.Errorf("got %+v, want %s", roles, tt.got)
			}
		})
	}
}

func TestUseInviteIsRefused(t *testing.T) {
	b := newLead(t)
	ctx := t.Context()
	grace := b.join(t, "grace@example.org", "")
	must(b.Invite(ctx, b.actor, b.invitation("h", "grace@example.org", access.Viewer)))(t)
	before := b.log(t)

	_, err := b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "Not Grace"})
	wantField(t, err, assessment.Conflict, "email")
	_, err = b.UseInvite(ctx, access.Actor{}, "h", access.User{ID: "nobody"})
	wantCode(t, err, assessment.NotFound)
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what was refused", got)
	}
	check(t, b.SetUserDisabled(ctx, access.Actor{}, grace.User.ID, true))
	_, err = b.UseInvite(ctx, access.Actor{}, "h", access.User{ID: grace.User.ID})
	wantCode(t, err, assessment.NotFound)
	check(t, b.SetUserDisabled(ctx, access.Actor{}, grace.User.ID, false))
	b.clock.move(time.Hour)
	_, err = b.UseInvite(ctx, access.Actor{}, "h", access.User{ID: grace.User.ID})
	wantCode(t, err, assessment.NotFound)
	if got := must(b.Invitations(ctx, b.team.ID))(t); len(got) != 0 {
		t.Errorf("expired ones are listed: %+v", got)
	}
}

func TestInviteIsRefused(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	tests := []struct {
		name, email, team string
		role              access.Role
		code              assessment.Code
		field             string
	}{
		{"no address", "", b.team.ID, access.Viewer, assessment.Invalid, "email"},
		{"not an address", "Grace", b.team.ID, access.Viewer, assessment.Invalid, "email"},
		{"no role", "grace@example.org", b.team.ID, "", assessment.Invalid, "role"},
		{"unknown role", "grace@example.org", b.team.ID, "admin", assessment.Invalid, "role"},
		{"a member", "ADA@example.org", b.team.ID, access.Viewer, assessment.Conflict, "email"},
		{"unknown team", "grace@example.org", "none", access.Viewer, assessment.NotFound, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			link := b.invitation("h", tt.email, tt.role)
			link.Team.ID = tt.team
			_, err := b.Invite(ctx, b.actor, link)
			wantField(t, err, tt.code, tt.field)
		})
	}
}

func TestRevokeInvitation(t *testing.T) {
	b := newLead(t)
	ctx := t.Context()
	must(b.Invite(ctx, b.actor, b.invitation("old", "grace@example.org", access.Viewer)))(t)
	made := must(b.Invite(ctx, b.actor, b.invitation("new", "grace@example.org", access.Lead)))(t)
	_, err := b.Link(ctx, "old", access.LinkInvite)
	wantCode(t, err, assessment.NotFound)

	wantCode(t, b.RevokeInvitation(ctx, b.actor, "other", made.ID), assessment.NotFound)
	check(t, b.RevokeInvitation(ctx, b.actor, b.team.ID, made.ID))
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: access.AuditInvitationRevoked, SubjectKind: "invitation",
		Subject: made.ID, Detail: "grace@example.org as lead"})
	wantCode(t, b.RevokeInvitation(ctx, b.actor, b.team.ID, made.ID), assessment.NotFound)
	_, err = b.UseInvite(ctx, access.Actor{}, "new", access.User{Name: "Grace"})
	wantCode(t, err, assessment.NotFound)
}
