package tradeoffs

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	DeleteDecision(ctx context.Context, actor access.Actor, id, tradeoff string, version int) (*assessment.Current, error)
	SaveDecision(ctx context.Context, actor access.Actor, id string, d assessment.Decision) (*assessment.Current, error)
}
