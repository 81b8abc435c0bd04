package storage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// leaver returns a person who has left traces everywhere: as the one who acted and as the one it is about.
func (b *bench) leaver(t *testing.T) access.User {
	t.Helper()
	ctx := t.Context()
	u := must(b.CreateUser(ctx, b.actor, access.User{Email: "grace_h@example.org", Name: "Grace", PasswordHash: "x", TimeZone: "Europe/Rome"}))(t)
	by := access.Actor{User: u, Address: "192.0.2.7"}
	team := b.team.ID
	check(t, b.SetMembership(ctx, b.actor, u.ID, team, access.Viewer))
	check(t, b.SetProfile(ctx, by, u.ID, "Grace Hopper", "Europe/Rome"))
	check(t, b.AddIdentity(ctx, by, access.Identity{Issuer: "https://idp.example", Subject: "grace"}))
	check(t, b.RecordAudit(ctx, access.AuditEntry{Action: "x", Account: u.ID, Person: "Grace Hopper", Address: "192.0.2.7", Detail: "kept"}))
	check(t, b.RecordRefusedSignIn(ctx, u.Email, "192.0.2.8"))
	check(t, b.RecordAudit(ctx, access.AuditEntry{Action: access.AuditInvited, SubjectKind: "invitation", Detail: u.Email + " as viewer", Account: "a", Person: "Ada", Address: "192.0.2.1"}))
	check(t, b.RecordAudit(ctx, access.AuditEntry{Action: access.AuditInvited, SubjectKind: "invitation", Detail: "gracexh@example.org as viewer"}))
	token := must(b.CreateToken(ctx, by, access.Token{Hash: "t", Name: "CI", Scope: access.ScopeWrite, ExpiresAt: b.now().Add(time.Hour)}))(t)
	check(t, b.RevokeHeldToken(ctx, b.actor, team, token.ID)) // which names her
	for range 2 {
		b.NoteAudit(access.AuditEntry{Action: access.AuditRefused, Account: u.ID, Person: "Grace Hopper", Address: "192.0.2.7"})
	}
	return u
}

func TestAnonymize(t *testing.T) {
	b := newBench(t)
	u := b.leaver(t)
	ctx := t.Context()
	_, err := b.Anonymize(ctx, b.actor, u.ID, 0)
	wantCode(t, err, assessment.Conflict)
	check(t, b.SetUserDisabled(ctx, b.actor, u.ID, true))
	_, err = b.Anonymize(ctx, b.actor, u.ID, 1)
	wantCode(t, err, assessment.Conflict)
	_, err = b.Anonymize(ctx, b.actor, "nobody", 0)
	wantCode(t, err, assessment.NotFound)
	seen := must(b.User(ctx, u.ID))(t)
	if seen.Name != "Grace Hopper" || slices.ContainsFunc(b.audits(t, everything()), func(e access.AuditEntry) bool { return e.Account == u.ID && e.Person == "" }) {
		t.Fatalf("what was refused was done: %+v", seen)
	}

	got := must(b.Anonymize(ctx, b.actor, u.ID, seen.Version))(t)
	if stored := must(b.User(ctx, u.ID))(t); stored != got || got.Name != "Removed person 1" || got.Email != "removed-person-1" || got.PasswordHash != "" || !got.Disabled() || !got.Anonymous() {
		t.Errorf("got %+v, stored %+v", got, stored)
	}
	if left := must(b.Identities(ctx, u.ID))(t); len(left) > 0 {
		t.Errorf("identities are left: %v", left)
	}
	b.clock.move(2 * time.Minute)
	b.settle(ctx)
	if left := must(b.Memberships(ctx, u.ID))(t); len(left) > 0 {
		t.Errorf("memberships are left: %v", left)
	}
	kept := map[string]int{}
	for _, e := range b.audits(t, everything()) {
		texts := strings.Join([]string{e.Person, e.Detail, e.Address}, "|")
		for _, personal := range []string{"Grace", "grace_h", "192.0.2.7", "192.0.2.8"} {
			if strings.Contains(texts, personal) {
				t.Errorf("entry %d, %s, still has %s", e.Sequence, e.Action, texts)
			}
		}
		kept[e.Detail]++
	}
	for _, detail := range []string{"kept", "gracexh@example.org as viewer", "none → viewer", "viewer → none"} {
		if kept[detail] == 0 {
			t.Errorf("the log has lost %q: %v", detail, kept)
		}
	}
	if last := b.log(t); last.Action != access.AuditAnonymized || last.Subject != u.ID || last.Account != b.actor.User.ID {
		t.Errorf("the last entry is %+v", last)
	}
	b.wantChain(t)

	sequence := b.log(t).Sequence
	if again := must(b.Anonymize(ctx, b.actor, u.ID, 0))(t); again != got || b.log(t).Sequence != sequence {
		t.Errorf("again: %+v", again)
	}
	wantCode(t, b.SetUserDisabled(ctx, b.actor, u.ID, false), assessment.Conflict)
	fresh := must(b.CreateUser(ctx, b.actor, access.User{Email: u.Email, Name: "Grace"}))(t)
	check(t, b.SetUserDisabled(ctx, b.actor, fresh.ID, true))
	if second := must(b.Anonymize(ctx, b.actor, fresh.ID, 0))(t); second.Name != "Removed person 2" {
		t.Errorf("the next one is %+v", second)
	}
}

// TestAnonymizeGoesOn cuts it after the log was blanked: the account is as it was, and it can be done again.
func TestAnonymizeGoesOn(t *testing.T) {
	b := newBench(t)
	u := b.leaver(t)
	check(t, b.SetUserDisabled(t.Context(), b.actor, u.ID, true))
	must(b.writers.ExecContext(t.Context(), "CREATE TRIGGER cut BEFORE UPDATE OF email ON account BEGIN SELECT RAISE (ABORT, 'cut'); END"))(t)
	if _, err := b.Anonymize(t.Context(), b.actor, u.ID, 0); err == nil {
		t.Fatal("it was not cut")
	}
	if got := must(b.User(t.Context(), u.ID))(t); got.Anonymous() || len(must(b.Identities(t.Context(), u.ID))(t)) != 1 {
		t.Errorf("half of it was done: %+v", got)
	}
	must(b.writers.ExecContext(t.Context(), "DROP TRIGGER cut"))(t)
	if got := must(b.Anonymize(t.Context(), b.actor, u.ID, 0))(t); !got.Anonymous() {
		t.Errorf("got %+v", got)
	}
	b.wantChain(t)
}
