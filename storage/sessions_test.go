package storage

import (
	"reflect"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func (b *bench) session(hash string) access.Session {
	now := b.clock.Now()
	return access.Session{Hash: hash, User: b.actor.User.ID, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(access.AbsoluteLimit), Address: "192.0.2.1", Agent: "Browser"}
}

func TestSession(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	want := b.session("s")
	check(t, b.CreateSession(ctx, access.Actor{}, want))

	got, actor, err := b.Session(ctx, "s")
	check(t, err)
	if want.ID = got.ID; want.ID == "" || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	wantActor := access.Actor{User: b.actor.User, Rights: actor.Rights,
		Memberships: []access.Membership{{Team: b.team, Role: access.Architect}}}
	if !reflect.DeepEqual(actor, wantActor) {
		t.Errorf("got %+v, want %+v", actor, wantActor)
	}

	check(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, b.team.ID, ""))
	_, actor, err = b.Session(ctx, "s")
	check(t, err)
	if actor.Memberships != nil {
		t.Errorf("got roles %+v", actor.Memberships)
	}
}

// TestSessionOfAnOldPassword holds that no session begins with what the account was before: whoever changes a password
// ends also what is on its way with the old one.
func TestSessionOfAnOldPassword(t *testing.T) {
	b := newBench(t)
	seen := b.actor.User.Version
	check(t, b.SetPassword(t.Context(), access.Actor{}, b.actor.User.ID, "h"))
	for _, tt := range []struct {
		name    string
		version int
		want    assessment.Code
	}{
		{"the old password", seen, assessment.Conflict},
		{"the new password", seen + 1, ""},
		{"another way to sign in", 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			session := b.session(tt.name)
			session.Version = tt.version
			wantCode(t, b.CreateSession(t.Context(), access.Actor{}, session), tt.want)
			_, _, err := b.Session(t.Context(), tt.name)
			if (err == nil) != (tt.want == "") {
				t.Errorf("the session: %v", err)
			}
		})
	}
}

func TestSessionEnds(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *bench, t *testing.T) error
		want assessment.Code
	}{
		{"nothing happens", func(b *bench, t *testing.T) error { return nil }, ""},
		{"logout", func(b *bench, t *testing.T) error { return b.DeleteSession(t.Context(), access.Actor{}, "s") }, assessment.NotFound},
		{"logout elsewhere", func(b *bench, t *testing.T) error {
			return b.DeleteSessionsOf(t.Context(), access.Actor{}, b.actor.User.ID, "other")
		}, assessment.NotFound},
		{"logout of the others", func(b *bench, t *testing.T) error {
			return b.DeleteSessionsOf(t.Context(), access.Actor{}, b.actor.User.ID, "s")
		}, ""},
		{"password", func(b *bench, t *testing.T) error {
			return b.SetPassword(t.Context(), access.Actor{}, b.actor.User.ID, "h")
		}, assessment.NotFound},
		{"disabled", func(b *bench, t *testing.T) error {
			return b.SetUserDisabled(t.Context(), access.Actor{}, b.actor.User.ID, true)
		}, assessment.NotFound},
		{"disabled and back", func(b *bench, t *testing.T) error {
			check(t, b.SetUserDisabled(t.Context(), access.Actor{}, b.actor.User.ID, true))
			return b.SetUserDisabled(t.Context(), access.Actor{}, b.actor.User.ID, false)
		}, assessment.NotFound},
		{"renamed", func(b *bench, t *testing.T) error {
			return b.SetProfile(t.Context(), access.Actor{}, b.actor.User.ID, "A.", "")
		}, ""},
		{"almost idle", func(b *bench, t *testing.T) error { b.clock.move(access.IdleLimit - 1000); return nil }, ""},
		{"idle", func(b *bench, t *testing.T) error { b.clock.move(access.IdleLimit); return nil }, assessment.NotFound},
		{"seen", func(b *bench, t *testing.T) error {
			b.clock.move(20 * time.Minute)
			check(t, b.TouchSession(t.Context(), "s", b.clock.Now()))
			b.clock.move(20 * time.Minute)
			return nil
		}, ""},
		{"seen again and again", func(b *bench, t *testing.T) error {
			for range 36 {
				b.clock.move(20 * time.Minute)
				check(t, b.TouchSession(t.Context(), "s", b.clock.Now()))
			}
			return nil
		}, assessment.NotFound},
		{"clock set back a day", func(b *bench, t *testing.T) error {
			b.clock.move(-24 * time.Hour)
			return b.TouchSession(t.Context(), "s", b.clock.Now())
		}, ""},
		{"clock set back and forth", func(b *bench, t *testing.T) error {
			b.clock.move(-24 * time.Hour)
			check(t, b.TouchSession(t.Context(), "s", b.clock.Now()))
			b.clock.move(24*time.Hour + 20*time.Minute)
			return nil
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			check(t, b.CreateSession(t.Context(), access.Actor{}, b.session("s")))
			check(t, tt.do(b, t))
			_, _, err := b.Session(t.Context(), "s")
			wantCode(t, err, tt.want)
		})
	}
}

func TestEndedSessionsAreCleared(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("old")))
	b.clock.move(time.Hour)
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("new")))
	var n int
	check(t, b.readers.QueryRowContext(ctx, "SELECT count(*) FROM session").Scan(&n))
	if n != 1 {
		t.Errorf("got %d stored sessions, want 1", n)
	}
}

func TestSessionsOf(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("old")))
	b.clock.move(time.Minute)
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("new")))
	got := must(b.SessionsOf(ctx, b.actor.User.ID))(t)
	want := b.session("new")
	if want.ID = got[0].ID; len(got) != 2 || !reflect.DeepEqual(got[0], want) || got[1].Hash != "old" {
		t.Errorf("got %+v", got)
	}
	b.clock.move(access.IdleLimit - time.Minute)
	if got := must(b.SessionsOf(ctx, b.actor.User.ID))(t); len(got) != 1 || got[0].Hash != "new" {
		t.Errorf("got %+v, want the one that has not ended", got)
	}
	if got := must(b.SessionsOf(ctx, "nobody"))(t); got == nil || len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

// TestRenewSession changes rights, and gives the session another id.
func TestRenewSession(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	want := b.session("s")
	check(t, b.CreateSession(ctx, access.Actor{}, want))
	check(t, b.SetMembership(ctx, access.Actor{}, b.actor.User.ID, b.team.ID, access.Lead))
	got, _, err := b.Session(ctx, "s")
	check(t, err)
	if !got.Outdated {
		t.Error("the session is not outdated")
	}
	want.ID = got.ID
	check(t, b.RenewSession(ctx, "s", "new"))
	_, _, err = b.Session(ctx, "s")
	wantCode(t, err, assessment.NotFound)
	wantCode(t, b.RenewSession(ctx, "s", "newer"), assessment.NotFound)
	got, _, err = b.Session(ctx, "new")
	check(t, err)
	if want.Hash = "new"; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("later")))
	if got, _, err = b.Session(ctx, "later"); err != nil || got.Outdated {
		t.Errorf("a session after the change: outdated %t, %v", got.Outdated, err)
	}
}

func TestSignInAddresses(t *testing.T) {
	b := newBench(t)
	ctx, id := t.Context(), b.actor.User.ID
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("old")))
	b.clock.move(time.Hour)
	since := b.clock.Now()
	for _, hash := range []string{"new", "newer"} {
		session := b.session(hash)
		session.Address = "192.0.2.2"
		check(t, b.CreateSession(ctx, access.Actor{}, session))
	}
	check(t, b.RecordRefusedSignIn(ctx, b.actor.User.Email, "192.0.2.3"))
	got, err := b.SignInAddresses(ctx, since)
	check(t, err)
	if want := map[string][]string{id: {"192.0.2.2"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
