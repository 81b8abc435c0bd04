package storage

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestWhatLooksTheSameIsNotStoredTwice(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	create := func(email string) error {
		_, err := b.CreateUser(ctx, access.Actor{}, access.User{Email: email, Name: "Mei"})
		return err
	}
	check(t, create("jos\u00e9@example.org"))
	for _, email := range []string{"jose\u0301@example.org", "j\u043es\u00e9@example.org", "JOS\u00c9@example.org"} {
		wantField(t, create(email), assessment.Conflict, "email")
	}
	if got, err := b.UserByEmail(ctx, "Jose\u0301@example.org"); err != nil || got.Email != "jos\u00e9@example.org" {
		t.Errorf("decomposed: %q, %v", got.Email, err)
	}
	check(t, create("ines@example.org"))
	check(t, create("k@example.org"))
	for _, email := range []string{"\u0130nes@example.org", "\u212a@example.org", "\uff49nes@example.org"} {
		if got, err := b.UserByEmail(ctx, email); assessment.CodeOf(err) != assessment.NotFound {
			t.Errorf("%q finds %q, %v", email, got.Email, err)
		}
	}
	_, err := b.Invite(ctx, b.actor, access.OneTimeLink{TokenHash: "h", Team: b.team, Role: access.Viewer, Email: "in\u0435s@example.org"})
	wantField(t, err, assessment.Conflict, "email")

	must(b.CreateTeam(ctx, access.Actor{}, "Beta"))(t)
	for _, name := range []string{"BETA", "\u0412eta", "Beta\u00a0", "\uff22eta"} {
		_, err := b.CreateTeam(ctx, access.Actor{}, name)
		wantField(t, err, assessment.Conflict, "name")
		wantField(t, b.RenameTeam(ctx, b.actor, b.team.ID, b.team.Name, name), assessment.Conflict, "name")
	}
	check(t, b.RenameTeam(ctx, b.actor, b.team.ID, b.team.Name, "PLATFORM")) // the team's own, in another case

	grace := b.join(t, "grace@example.org", access.Lead).User
	for _, name := range []string{"Ada", "ADA", "\u0410d\u0430"} {
		wantField(t, b.SetProfile(ctx, access.Actor{}, grace.ID, name, ""), assessment.Conflict, "name")
	}
	check(t, b.SetProfile(ctx, access.Actor{}, grace.ID, "Ada Lovelace", ""))
	check(t, b.SetProfile(ctx, access.Actor{}, grace.ID, "Ada Lovelace", "Europe/Vienna"))
}

// TestAddressesFromBefore finds the account of somebody whose address was stored before addresses were composed.
func TestAddressesFromBefore(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	user := must(b.CreateUser(ctx, access.Actor{}, access.User{Email: "x@example.org", Name: "Mei"}))(t)
	check(t, b.exec(ctx, "change", "UPDATE account SET email = $1 WHERE id = $2", "jose\u0301@example.org", user.ID))
	if got, err := b.UserByEmail(ctx, "Jose\u0301@Example.org"); err != nil || got.ID != user.ID {
		t.Errorf("got %+v, %v", got, err)
	}
}
