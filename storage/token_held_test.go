package storage

import (
	"strconv"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestTokensStopWithoutASignIn: those of people who use single sign-on, until they sign in again.
func TestTokensStopWithoutASignIn(t *testing.T) {
	const idle = 30 * 24 * time.Hour
	c := newClock()
	b := newBenchWith(t, Options{TokenIdle: idle, Clock: c.Now}, questionnaire(2))
	ctx := t.Context()
	grace := b.join(t, "grace@example.org", access.Viewer)
	check(t, b.AddIdentity(ctx, b.actor, access.Identity{Issuer: "i", Subject: "ada"}))
	for i, actor := range []access.Actor{b.actor, grace} {
		must(b.CreateToken(ctx, actor, access.Token{Hash: strconv.Itoa(i), Name: "CI", Scope: access.ScopeRead, ExpiresAt: c.Now().Add(3 * idle)}))(t)
	}
	works := func() (ada, other bool) {
		_, err := b.ActorByToken(ctx, "0")
		if code := assessment.CodeOf(err); err != nil && code != assessment.NotFound {
			t.Fatal(err)
		}
		own := must(b.Tokens(ctx, b.actor.User.ID))(t)[0]
		if own.Works(c.Now()) != (err == nil) {
			t.Errorf("the list says that it works: %t, the token answers %v", own.Works(c.Now()), err)
		}
		_, stranger := b.ActorByToken(ctx, "1")
		return err == nil, stranger == nil
	}
	for _, step := range []struct {
		name string
		do   func()
		ada  bool
	}{
		{"new", func() {}, true},
		{"almost", func() { c.move(idle - time.Second) }, true},
		{"too long", func() { c.move(time.Second) }, false},
		{"signed in again", func() {
			session := b.session("s")
			session.CreatedAt, session.SeenAt, session.ExpiresAt = c.Now(), c.Now(), c.Now().Add(time.Hour)
			check(t, b.CreateSession(ctx, access.Actor{}, session))
		}, true},
		{"too long again", func() { c.move(idle) }, false},
	} {
		step.do()
		if ada, other := works(); ada != step.ada || !other {
			t.Errorf("%s: Ada's works: %t, want %t; Grace's, who has a password: %t", step.name, ada, step.ada, other)
		}
	}
	if held := must(b.HeldTokens(ctx, b.team.ID))(t); len(held) != 2 || held[0].Owner.Email != "ada@example.org" || held[1].Owner.Name != "g" {
		t.Errorf("held %+v", held)
	}
}

func TestTooManyTokens(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	token := func(n int) access.Token {
		return access.Token{Hash: strconv.Itoa(n), Name: strconv.Itoa(n), Scope: access.ScopeRead, ExpiresAt: b.clock.Now().Add(time.Hour)}
	}
	for n := range access.MaxTokens {
		must(b.CreateToken(ctx, b.actor, token(n)))(t)
	}
	_, err := b.CreateToken(ctx, b.actor, token(access.MaxTokens))
	wantField(t, err, assessment.Invalid, "name")
	b.clock.move(time.Hour)
	must(b.CreateToken(ctx, b.actor, token(access.MaxTokens)))(t)
}
