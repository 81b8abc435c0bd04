package storage

import (
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func (b *bench) token(t testing.TB, hash string, scope access.TokenScope, life time.Duration) access.Token {
	t.Helper()
	return must(b.CreateToken(t.Context(), b.actor,
		access.Token{Hash: hash, Name: "Pipeline", Scope: scope, ExpiresAt: b.clock.Now().Add(life)}))(t)
}

// TestCreateTokenAtOnce sends the same form several times at once: one token comes of it.
func TestCreateTokenAtOnce(t *testing.T) {
	b := newBench(t)
	var created atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := b.CreateToken(t.Context(), b.actor, access.Token{Hash: strconv.Itoa(i), Name: "Pipeline",
				Scope: access.ScopeRead, ExpiresAt: b.clock.Now().Add(time.Hour)})
			if err == nil {
				created.Add(1)
			} else {
				wantField(t, err, assessment.Invalid, "name")
			}
		})
	}
	all.Wait()
	if n := created.Load(); n != 1 || len(must(b.Tokens(t.Context(), b.actor.User.ID))(t)) != 1 {
		t.Errorf("%d tokens were made, want 1", n)
	}
}

func TestToken(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	made := b.token(t, "h", access.ScopeRead, time.Hour)
	b.wantLog(t, access.AuditEntry{Action: access.AuditTokenCreated, SubjectKind: "token", Subject: made.ID, Detail: "Pipeline, read"})

	got := must(b.ActorByToken(ctx, "h"))(t)
	want := access.Actor{User: b.actor.User, Scope: access.ScopeRead, Token: "Pipeline", TokenID: made.ID, Rights: got.Rights,
		Memberships: []access.Membership{{Team: b.team, Role: access.Architect}}}
	want.User.PasswordHash = ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	made.Hash, made.LastUsedAt = "", b.clock.Now()
	if got := must(b.Tokens(ctx, b.actor.User.ID))(t); len(got) != 1 || got[0] != made {
		t.Errorf("got %+v, want %+v", got, made)
	}
	b.clock.move(90 * time.Second)
	must(b.ActorByToken(ctx, "h"))(t)
	if got := must(b.Tokens(ctx, b.actor.User.ID))(t)[0]; !got.LastUsedAt.Equal(made.LastUsedAt.Add(time.Minute)) {
		t.Errorf("last used %v, want it to the minute", got.LastUsedAt)
	}
	if got := must(b.Tokens(ctx, "nobody"))(t); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestTokenEnds(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *bench, t *testing.T, id string) error
		want assessment.Code
	}{
		{"nothing happens", func(*bench, *testing.T, string) error { return nil }, ""},
		{"revoked", func(b *bench, t *testing.T, id string) error {
			return b.RevokeToken(t.Context(), b.actor, b.actor.User.ID, id)
		}, assessment.NotFound},
		{"almost expired", func(b *bench, _ *testing.T, _ string) error { b.clock.move(time.Hour - 1000); return nil }, ""},
		{"expired", func(b *bench, _ *testing.T, _ string) error { b.clock.move(time.Hour); return nil }, assessment.NotFound},
		{"account disabled", func(b *bench, t *testing.T, _ string) error {
			return b.SetUserDisabled(t.Context(), access.Actor{}, b.actor.User.ID, true)
		}, assessment.NotFound},
		{"no team any more", func(b *bench, t *testing.T, _ string) error {
			return b.SetMembership(t.Context(), access.Actor{}, b.actor.User.ID, b.team.ID, "")
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			made := b.token(t, "h", access.ScopeWrite, time.Hour)
			must(b.ActorByToken(t.Context(), "h"))(t)
			check(t, tt.do(b, t, made.ID))
			_, err := b.ActorByToken(t.Context(), "h")
			wantCode(t, err, tt.want)
		})
	}
}

func TestRevokeToken(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	made := b.token(t, "h", access.ScopeWrite, time.Hour)
	wantCode(t, b.RevokeToken(ctx, b.actor, "somebody else", made.ID), assessment.NotFound)
	wantCode(t, b.RevokeToken(ctx, b.actor, b.actor.User.ID, "none"), assessment.NotFound)
	check(t, b.RevokeToken(ctx, b.actor, b.actor.User.ID, made.ID))
	b.wantLog(t, access.AuditEntry{Action: access.AuditTokenRevoked, SubjectKind: "token", Subject: made.ID, Detail: "Pipeline"})
	before := b.log(t)
	check(t, b.RevokeToken(ctx, b.actor, b.actor.User.ID, made.ID))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what happened before", got)
	}
	if got := must(b.Tokens(ctx, b.actor.User.ID))(t)[0]; got.RevokedAt.IsZero() || got.Works(b.clock.Now()) {
		t.Errorf("got %+v", got)
	}
}

func TestTokenIsChecked(t *testing.T) {
	b := newBench(t)
	soon := b.clock.Now().Add(time.Hour)
	tests := []struct {
		field string
		token access.Token
	}{
		{"name", access.Token{Scope: access.ScopeRead, ExpiresAt: soon}},
		{"name", access.Token{Name: strings.Repeat("x", 121), Scope: access.ScopeRead, ExpiresAt: soon}},
		{"scope", access.Token{Name: "CI", ExpiresAt: soon}},
		{"scope", access.Token{Name: "CI", Scope: "admin", ExpiresAt: soon}},
		{"expires_at", access.Token{Name: "CI", Scope: access.ScopeRead}},
		{"expires_at", access.Token{Name: "CI", Scope: access.ScopeRead, ExpiresAt: b.clock.Now()}},
		{"expires_at", access.Token{Name: "CI", Scope: access.ScopeRead, ExpiresAt: b.clock.Now().Add(access.MaxLife + 1)}},
	}
	for _, tt := range tests {
		tt.token.Hash = "h"
		_, err := b.CreateToken(t.Context(), b.actor, tt.token)
		wantField(t, err, assessment.Invalid, tt.field)
	}
	_, err := b.CreateToken(t.Context(), access.Actor{User: access.User{ID: "nobody"}},
		access.Token{Hash: "h", Name: "CI", Scope: access.ScopeRead, ExpiresAt: soon})
	wantCode(t, err, assessment.NotFound)
	_, err = b.ActorByToken(t.Context(), "h")
	wantCode(t, err, assessment.NotFound)
}
