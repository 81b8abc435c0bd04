package storage

import (
	"errors"
	"sync"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestChangeAccountsAtOnce lets two administrators, who saw the same, do different things to one account: one of them
// happens, and the other is told what is stored.
func TestChangeAccountsAtOnce(t *testing.T) {
	b := newBench(t)
	one := access.Actor{User: createAdmin(t, b.Store, "one@example.com")}
	two := access.Actor{User: createAdmin(t, b.Store, "two@example.com")}
	grace := b.join(t, "grace@example.org", access.Viewer).User
	changes := []access.AccountChange{access.AccountMakeAdmin, access.AccountDisable}
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for i, by := range []access.Actor{one, two} {
		wait.Go(func() { errs[i] = b.ChangeAccount(t.Context(), by, grace.ID, grace.Version, changes[i]) })
	}
	wait.Wait()
	lost := 0
	if errs[0] == nil {
		lost = 1
	}
	conflict, is := errors.AsType[*access.AccountConflict](errs[lost])
	if errs[1-lost] != nil || !is {
		t.Fatalf("got %v, want one conflict", errs)
	}
	now := must(b.User(t.Context(), grace.ID))(t)
	if conflict.Saved != now || conflict.Wish != changes[lost] || now.Version != grace.Version+1 {
		t.Errorf("the conflict says %+v, stored is %+v", conflict, now)
	}
	if changes[lost].Done(now) || !changes[1-lost].Done(now) {
		t.Errorf("stored is %+v after %s", now, changes[1-lost])
	}
}

func TestChangeAccount(t *testing.T) {
	b := newBench(t)
	root := access.Actor{User: createAdmin(t, b.Store, "root@example.org")}
	grace := b.join(t, "grace@example.org", access.Viewer).User
	seen := grace.Version
	for _, step := range []struct {
		name   string
		user   string
		seen   int
		change access.AccountChange
		want   assessment.Code
		grows  bool
	}{
		{"no version", grace.ID, 0, access.AccountMakeAdmin, assessment.VersionRequired, false},
		{"unknown account", "nobody", 1, access.AccountMakeAdmin, assessment.NotFound, false},
		{"unknown change", grace.ID, seen, "delete", assessment.Invalid, false},
		{"the first", grace.ID, seen, access.AccountMakeAdmin, "", true},
		{"the same again", grace.ID, seen, access.AccountMakeAdmin, "", false},
		{"another that saw less", grace.ID, seen, access.AccountDisable, assessment.Conflict, false},
		{"another that saw all", grace.ID, seen + 1, access.AccountDisable, "", true},
		{"oneself", root.User.ID, root.User.Version, access.AccountTakeAdmin, assessment.Conflict, false},
	} {
		before := must(b.User(t.Context(), grace.ID))(t)
		err := b.ChangeAccount(t.Context(), root, step.user, step.seen, step.change)
		if err == nil && step.want != "" || err != nil && assessment.CodeOf(err) != step.want {
			t.Errorf("%s: %v, want %q", step.name, err, step.want)
		}
		if after := must(b.User(t.Context(), grace.ID))(t); (after.Version > before.Version) != step.grows {
			t.Errorf("%s: from %+v to %+v", step.name, before, after)
		}
	}
}

func TestCreateResetLink(t *testing.T) {
	b := newBench(t)
	link := access.OneTimeLink{TokenHash: "r", User: b.actor.User.ID, ExpiresAt: b.clock.Now().Add(time.Hour)}
	wantCode(t, b.CreateResetLink(t.Context(), access.Actor{}, link, b.actor.User.Version+1), assessment.Conflict)
	_, err := b.Link(t.Context(), "r", access.LinkReset)
	wantCode(t, err, assessment.NotFound)
	check(t, b.CreateResetLink(t.Context(), access.Actor{}, link, b.actor.User.Version))
	if got := must(b.Link(t.Context(), "r", access.LinkReset))(t); got.User != b.actor.User.ID {
		t.Errorf("got %+v", got)
	}
}
