package live

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Current(ctx context.Context, id string) (*assessment.Current, error)
	Events(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)
	Session(ctx context.Context, hash string) (access.Session, access.Actor, error)
}
