package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestLinksEndWithTheRightsOfTheirMaker: who lost the right to let somebody in leaves no door open.
func TestLinksEndWithTheRightsOfTheirMaker(t *testing.T) {
	loses := map[string]func(*bench, *testing.T, access.User){
		"removed": func(b *bench, t *testing.T, u access.User) {
			check(t, b.SetMembership(t.Context(), access.Actor{}, u.ID, b.team.ID, ""))
		},
		"demoted": func(b *bench, t *testing.T, u access.User) {
			check(t, b.SetMembership(t.Context(), access.Actor{}, u.ID, b.team.ID, access.Architect))
		},
		"disabled": func(b *bench, t *testing.T, u access.User) {
			check(t, b.SetUserDisabled(t.Context(), access.Actor{}, u.ID, true))
		},
		"no administrator any more": func(b *bench, t *testing.T, u access.User) {
			check(t, b.SetAdmin(t.Context(), access.Actor{}, u.ID, false))
			check(t, b.SetMembership(t.Context(), access.Actor{}, u.ID, b.team.ID, ""))
		},
	}
	for name, lose := range loses {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			ctx := t.Context()
			maker := b.join(t, "grace@example.org", access.Lead)
			admin := name == "disabled" || name == "no administrator any more"
			check(t, b.SetAdmin(ctx, access.Actor{}, maker.User.ID, admin))
			maker.User.Admin = admin
			made := must(b.Invite(ctx, maker, b.invitation("h", "new@example.org", access.Viewer)))(t)
			check(t, b.CreateLink(ctx, maker, access.OneTimeLink{TokenHash: "r", Kind: access.LinkReset, User: b.actor.User.ID, ExpiresAt: b.now().Add(time.Hour)}))
			if open := must(b.Invitations(ctx, b.team.ID))(t); len(open) != 1 || open[0] != made {
				t.Fatalf("open are %+v", open)
			}
			lose(b, t, maker.User)
			before := b.log(t)
			_, err := b.Link(ctx, "h", access.LinkInvite)
			wantCode(t, err, assessment.NotFound)
			_, err = b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "New"})
			wantCode(t, err, assessment.NotFound)
			_, err = b.Link(ctx, "r", access.LinkReset)
			wantCode(t, err, assessment.NotFound)
			wantCode(t, b.UseResetLink(ctx, access.Actor{}, "r", "new"), assessment.NotFound)
			if open := must(b.Invitations(ctx, b.team.ID))(t); len(open) != 0 {
				t.Errorf("the team still shows %+v", open)
			}
			if b.log(t) != before || must(b.User(ctx, b.actor.User.ID))(t).PasswordHash != "x" {
				t.Error("what was refused was done")
			}
		})
	}
}

// TestLinksOfTheOperatorStay: nobody's rights hold them.
func TestLinksOfTheOperatorStay(t *testing.T) {
	b := newBench(t)
	operator := access.Actor{User: access.User{Name: "Operator"}}
	check(t, b.CreateLink(t.Context(), operator, access.OneTimeLink{TokenHash: "r", Kind: access.LinkReset, User: b.actor.User.ID, ExpiresAt: b.now().Add(time.Hour)}))
	check(t, b.UseResetLink(t.Context(), access.Actor{}, "r", "new"))
}

// TestInvitationOfAnEarlierAdministrator who leads the team still invites, but confirms no address any more.
func TestInvitationOfAnEarlierAdministrator(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	maker := b.join(t, "grace@example.org", access.Lead)
	check(t, b.SetAdmin(ctx, access.Actor{}, maker.User.ID, true))
	maker.User.Admin = true
	must(b.Invite(ctx, maker, b.invitation("h", "new@example.org", access.Viewer)))(t)
	check(t, b.SetAdmin(ctx, access.Actor{}, maker.User.ID, false))
	if u := must(b.UseInvite(ctx, access.Actor{}, "h", access.User{Name: "New"}))(t); must(b.User(ctx, u.ID))(t).Confirmed() {
		t.Error("the address is confirmed")
	}
}
