package storage

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestIdentity(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	entra := access.Identity{Issuer: "https://login.example/tenant", Subject: "s1"}
	grace := must(b.CreateUserWithIdentity(ctx, access.Actor{}, access.User{Email: "grace@example.org", Name: "Grace"}, entra))(t)
	b.wantLog(t, access.AuditEntry{Action: access.AuditIdentity, SubjectKind: "account", Subject: grace.ID, Detail: entra.Issuer})
	if got := must(b.UserByIdentity(ctx, entra))(t); got != grace {
		t.Errorf("got %+v, want %+v", got, grace)
	}
	for _, other := range []access.Identity{{}, {Issuer: entra.Issuer, Subject: "S1"}, {Issuer: "https://other.example", Subject: "s1"}} {
		_, err := b.UserByIdentity(ctx, other)
		wantCode(t, err, assessment.NotFound)
	}

	_, err := b.CreateUserWithIdentity(ctx, access.Actor{}, access.User{Email: "ADA@example.org", Name: "Ada"}, access.Identity{Issuer: "i", Subject: "s"})
	wantField(t, err, assessment.Conflict, "email")
	_, err = b.CreateUserWithIdentity(ctx, access.Actor{}, access.User{Email: "eve@example.org"}, entra)
	wantCode(t, err, assessment.Conflict)
	_, err = b.CreateUserWithIdentity(ctx, access.Actor{}, access.User{Email: "eve@example.org"}, access.Identity{Issuer: "i"})
	wantCode(t, err, assessment.Invalid)
	if n := must(b.UserCount(ctx))(t); n != 2 {
		t.Errorf("got %d accounts after refusals, want 2", n)
	}
}

func TestAddIdentity(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	entra := access.Identity{Issuer: "https://login.example/tenant", Subject: "s1"}
	check(t, b.AddIdentity(ctx, b.actor, entra))
	if got := must(b.UserByIdentity(ctx, entra))(t); got.ID != b.actor.User.ID {
		t.Errorf("got %+v", got)
	}
	if got := must(b.Identities(ctx, b.actor.User.ID))(t); len(got) != 1 || got[0] != entra {
		t.Errorf("identities %+v, want %+v", got, entra)
	}
	before := b.log(t)
	check(t, b.AddIdentity(ctx, b.actor, entra))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what was so before", got)
	}
	wantCode(t, b.AddIdentity(ctx, b.join(t, "grace@example.org", ""), entra), assessment.Conflict)
	wantCode(t, b.AddIdentity(ctx, b.actor, access.Identity{Subject: "s"}), assessment.Invalid)
	nobody := access.Actor{User: access.User{ID: "nobody"}}
	wantCode(t, b.AddIdentity(ctx, nobody, access.Identity{Issuer: "i", Subject: "s"}), assessment.NotFound)
}
