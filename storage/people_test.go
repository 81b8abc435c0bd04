package storage

import (
	"context"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestCreateUser(t *testing.T) {
	s := openStore(t, Options{})
	ctx := t.Context()
	made := must(s.CreateUser(ctx, access.Actor{}, access.User{Email: " Ada@Example.ORG ", Name: "Ada", PasswordHash: "h", Admin: true}))(t)

	if made.ID == "" || made.Email != "ada@example.org" || made.Version != 1 || made.CreatedAt.IsZero() {
		t.Errorf("got %+v", made)
	}
	if got := must(s.User(ctx, made.ID))(t); got != made {
		t.Errorf("by id: got %+v, want %+v", got, made)
	}
	if got := must(s.UserByEmail(ctx, "ADA@example.org"))(t); got != made {
		t.Errorf("by address: got %+v, want %+v", got, made)
	}
	_, err := s.CreateUser(ctx, access.Actor{}, access.User{Email: "ADA@example.org"})
	wantField(t, err, assessment.Conflict, "email")
	_, err = s.CreateUser(ctx, access.Actor{}, access.User{Email: " "})
	wantField(t, err, assessment.Invalid, "email")
	if n := must(s.UserCount(ctx))(t); n != 1 {
		t.Errorf("got %d accounts, want 1", n)
	}
	if all := must(s.Users(ctx))(t); len(all) != 1 || all[0] != made {
		t.Errorf("got %+v", all)
	}
}

func TestUnknownUser(t *testing.T) {
	s := openStore(t, Options{})
	ctx := t.Context()
	_, byID := s.User(ctx, "nobody")
	_, byEmail := s.UserByEmail(ctx, "nobody@example.org")
	for name, err := range map[string]error{
		"User":            byID,
		"UserByEmail":     byEmail,
		"SetPassword":     s.SetPassword(ctx, access.Actor{}, "nobody", "h"),
		"SetUserDisabled": s.SetUserDisabled(ctx, access.Actor{}, "nobody", true),
		"SetMembership":   s.SetMembership(ctx, access.Actor{}, "nobody", "none", access.Lead),
		"CreateSession":   s.CreateSession(ctx, access.Actor{}, access.Session{Hash: "h", User: "nobody", CreatedAt: time.Now(), SeenAt: time.Now(), ExpiresAt: time.Now()}),
		"CreateLink":      s.CreateLink(ctx, access.Actor{}, access.OneTimeLink{TokenHash: "h", Kind: access.LinkReset, User: "nobody", ExpiresAt: time.Now()}),
		"SetPosition":     s.SetPosition(ctx, "nobody", "none", "rel-01"),
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, err, assessment.NotFound) })
	}
}

func TestTeams(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	if got := must(b.Teams(ctx))(t); len(got) != 1 || got[0] != b.team {
		t.Errorf("got %+v", got)
	}
	_, err := b.CreateTeam(ctx, access.Actor{}, b.team.Name)
	wantField(t, err, assessment.Conflict, "name")
	_, err = b.CreateTeam(ctx, access.Actor{}, " ")
	wantField(t, err, assessment.Invalid, "name")
	wantField(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, b.team.ID, "owner"), assessment.Invalid, "role")

	check(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, b.team.ID, access.Lead))
	got := must(b.Memberships(ctx, b.actor.User.ID))(t)
	if len(got) != 1 || got[0] != (access.Membership{Team: b.team, Role: access.Lead}) {
		t.Errorf("got %+v", got)
	}
	check(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, b.team.ID, ""))
	if got := must(b.Memberships(ctx, b.actor.User.ID))(t); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestSetupLink(t *testing.T) {
	c := newClock()
	s := openStore(t, Options{Clock: c.Now})
	ctx := t.Context()
	link := access.OneTimeLink{TokenHash: "h", Kind: access.LinkSetup, ExpiresAt: c.Now().Add(time.Hour)}
	check(t, s.CreateLink(ctx, access.Actor{}, link))

	_, err := s.UseSetupLink(ctx, access.Actor{}, "other", access.User{Email: "eve@example.org"})
	wantCode(t, err, assessment.NotFound)
	_, err = s.UseSetupLink(ctx, access.Actor{}, "h", access.User{Email: ""})
	wantField(t, err, assessment.Invalid, "email")
	if got := must(s.Link(ctx, "h", access.LinkSetup))(t); got.TokenHash != "h" || !got.ExpiresAt.Equal(link.ExpiresAt) {
		t.Errorf("after a failure: got %+v, want %+v", got, link)
	}

	u := must(s.UseSetupLink(ctx, access.Actor{}, "h", access.User{Email: "ada@example.org", Name: "Ada"}))(t)
	if !u.Admin {
		t.Error("the first account is no administrator")
	}
	got := must(s.Memberships(ctx, u.ID))(t)
	if len(got) != 1 || got[0].Team.Name != "Everyone" || got[0].Role != access.Lead {
		t.Errorf("got %+v", got)
	}
	_, err = s.UseSetupLink(ctx, access.Actor{}, "h", access.User{Email: "eve@example.org"})
	wantCode(t, err, assessment.NotFound)
	_, err = s.Link(ctx, "h", access.LinkSetup)
	wantCode(t, err, assessment.NotFound)

	link.TokenHash = "second"
	check(t, s.CreateLink(ctx, access.Actor{}, link))
	_, err = s.UseSetupLink(ctx, access.Actor{}, "second", access.User{Email: "eve@example.org"})
	wantCode(t, err, assessment.Conflict)
}

func TestSetupLinkExpires(t *testing.T) {
	c := newClock()
	s := openStore(t, Options{Clock: c.Now})
	ctx := t.Context()
	check(t, s.CreateLink(ctx, access.Actor{}, access.OneTimeLink{TokenHash: "h", Kind: access.LinkSetup, ExpiresAt: c.Now().Add(time.Hour)}))
	c.move(time.Hour)
	_, err := s.UseSetupLink(ctx, access.Actor{}, "h", access.User{Email: "ada@example.org"})
	wantCode(t, err, assessment.NotFound)
}

func TestLinkIsForAnAccountUnlessForSetup(t *testing.T) {
	b := newBench(t)
	soon := b.clock.Now().Add(time.Hour)
	for _, link := range []access.OneTimeLink{
		{TokenHash: "h", Kind: access.LinkSetup, User: b.actor.User.ID, ExpiresAt: soon},
		{TokenHash: "h", Kind: access.LinkReset, ExpiresAt: soon},
	} {
		wantCode(t, b.CreateLink(t.Context(), access.Actor{}, link), assessment.Invalid)
	}
}

func TestResetLink(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	link := access.OneTimeLink{TokenHash: "old", Kind: access.LinkReset, User: b.actor.User.ID, ExpiresAt: b.clock.Now().Add(time.Hour)}
	check(t, b.CreateLink(ctx, access.Actor{}, link))
	link.TokenHash = "new"
	check(t, b.CreateLink(ctx, access.Actor{}, link))
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("s")))

	wantCode(t, b.UseResetLink(ctx, access.Actor{}, "old", "stolen"), assessment.NotFound)
	check(t, b.UseResetLink(ctx, access.Actor{}, "new", "fresh"))
	wantCode(t, b.UseResetLink(ctx, access.Actor{}, "new", "again"), assessment.NotFound)

	if got := must(b.User(ctx, b.actor.User.ID))(t); got.PasswordHash != "fresh" || got.Version != 2 {
		t.Errorf("got %+v", got)
	}
	_, _, err := b.Session(ctx, "s")
	wantCode(t, err, assessment.NotFound)
}

// TestResetLinksEndWithThePassword holds that a link which somebody else may have read does not outlive what its owner
// did about it.
func TestResetLinksEndWithThePassword(t *testing.T) {
	for name, end := range map[string]func(*bench, context.Context, string) error{
		"a new password": func(b *bench, ctx context.Context, user string) error {
			return b.SetPassword(ctx, access.Actor{}, user, "h")
		},
		"barred": func(b *bench, ctx context.Context, user string) error {
			return b.SetUserDisabled(ctx, access.Actor{}, user, true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			link := access.OneTimeLink{TokenHash: "read", Kind: access.LinkReset, User: b.actor.User.ID, ExpiresAt: b.clock.Now().Add(time.Hour)}
			check(t, b.CreateLink(t.Context(), access.Actor{}, link))
			check(t, end(b, t.Context(), link.User))
			wantCode(t, b.UseResetLink(t.Context(), access.Actor{}, "read", "stolen"), assessment.NotFound)
		})
	}
}

func TestSetProfile(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.SetProfile(ctx, access.Actor{}, b.actor.User.ID, " Ada L. ", "Europe/Berlin"))
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("s")))
	_, actor, err := b.Session(ctx, "s")
	check(t, err)
	if u := actor.User; u.Name != "Ada L." || u.TimeZone != "Europe/Berlin" {
		t.Errorf("got %+v", u)
	}
	check(t, b.SetProfile(ctx, access.Actor{}, b.actor.User.ID, "Ada", ""))
	for _, tt := range []struct{ name, zone, field string }{
		{" ", "", "name"}, {"A\x00da", "", "name"}, {"Ada", "Local", "time_zone"}, {"Ada", "Mars/Base", "time_zone"}, {"Ada", "../passwd", "time_zone"},
	} {
		wantField(t, b.SetProfile(ctx, access.Actor{}, b.actor.User.ID, tt.name, tt.zone), assessment.Invalid, tt.field)
	}
	wantCode(t, b.SetProfile(ctx, access.Actor{}, "nobody", "N", ""), assessment.NotFound)
}

func TestSetAdmin(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	grace := b.join(t, "grace@example.org", "")
	createAdmin(t, b.Store, "root@example.org")
	check(t, b.SetAdmin(ctx, b.actor, grace.User.ID, true))
	check(t, b.CreateSession(ctx, access.Actor{}, access.Session{Hash: "s", User: grace.User.ID, CreatedAt: b.clock.Now(), SeenAt: b.clock.Now(),
		ExpiresAt: b.clock.Now().Add(time.Hour)}))
	if _, actor, err := b.Session(ctx, "s"); err != nil || !actor.May(access.ActAdminister, "") {
		t.Errorf("got %+v, %v", actor, err)
	}
	wantCode(t, b.SetAdmin(ctx, grace, grace.User.ID, false), assessment.Conflict)
	wantCode(t, b.SetUserDisabled(ctx, grace, grace.User.ID, true), assessment.Conflict)
	wantCode(t, b.SetAdmin(ctx, b.actor, "nobody", true), assessment.NotFound)
	check(t, b.SetAdmin(ctx, b.actor, grace.User.ID, false))
	if _, actor, err := b.Session(ctx, "s"); err != nil || actor.May(access.ActAdminister, "") {
		t.Errorf("got %+v, %v", actor, err)
	}
}

func TestLastAdministratorStays(t *testing.T) {
	s := openStore(t, Options{})
	one := createAdmin(t, s, "one@example.com")
	two := createAdmin(t, s, "two@example.com")
	if err := s.SetAdmin(t.Context(), access.Actor{User: one}, two.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := s.SetAdmin(t.Context(), access.Actor{User: two}, one.ID, false); assessment.CodeOf(err) != assessment.Conflict {
		t.Errorf("take the last one's rights: %v, want Conflict", err)
	}
	if err := s.SetUserDisabled(t.Context(), access.Actor{User: two}, one.ID, true); assessment.CodeOf(err) != assessment.Conflict {
		t.Errorf("disable the last one: %v, want Conflict", err)
	}
	if got, err := s.User(t.Context(), one.ID); err != nil || !got.Admin || got.Disabled() {
		t.Errorf("the last administrator is %+v, %v", got, err)
	}
}

func TestAnybodyElseIsDisabledWhereNobodyAdministers(t *testing.T) {
	b := newBench(t)
	grace := b.join(t, "grace@example.org", "")
	check(t, b.SetUserDisabled(t.Context(), b.actor, grace.User.ID, true))
}

func TestRenewHash(t *testing.T) {
	s := openStore(t, Options{})
	user := createAdmin(t, s, "one@example.com")
	for _, step := range []struct{ seen, hash, want string }{{user.PasswordHash, "new", "new"}, {user.PasswordHash, "late", "new"}} {
		if err := s.RenewHash(t.Context(), user.ID, step.seen, step.hash); err != nil {
			t.Fatal(err)
		}
		if got, err := s.User(t.Context(), user.ID); err != nil || got.PasswordHash != step.want {
			t.Errorf("hash %q, %v; want %q", got.PasswordHash, err, step.want)
		}
	}
}

func createAdmin(t *testing.T, s *Store, email string) access.User {
	t.Helper()
	user, err := s.CreateUser(t.Context(), access.Actor{}, access.User{Email: email, Name: email, PasswordHash: "old", Admin: true})
	if err != nil {
		t.Fatal(err)
	}
	return user
}
