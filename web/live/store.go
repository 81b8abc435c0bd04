package live

import (
	"context"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Current(ctx context.Context, id string) (*assessment.Current, error)
	Events(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)
	Session(ctx context.Context, hash string) (access.Session, access.Actor, error)
	TouchSession(ctx context.Context, hash string, seenAt time.Time) error
}
