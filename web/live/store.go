package live

import (
	"context"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Events(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)
	Readers(ctx context.Context, id string, sessions []string) (team string, rights map[string]int64, err error)
	Session(ctx context.Context, hash string) (access.Session, access.Actor, error)
	TouchSession(ctx context.Context, hash string, seenAt time.Time) error
}
