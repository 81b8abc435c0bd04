package storage

import (
	"context"

	"plumbline/assessment/access"
)

type askerKey struct{}

// WithActor returns a context that carries who asks, and from where, to the audit log, for those calls that take no
// actor.
func WithActor(ctx context.Context, a access.Actor) context.Context {
	return context.WithValue(ctx, askerKey{}, a)
}

// As does what WithActor does, for those who know the store only by an interface.
func (s *Store) As(ctx context.Context, a access.Actor) context.Context { return WithActor(ctx, a) }

// actorFrom returns what WithActor put into a context, the zero Actor where it did not.
func actorFrom(ctx context.Context) access.Actor {
	a, _ := ctx.Value(askerKey{}).(access.Actor)
	return a
}
