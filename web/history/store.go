package history

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	History(ctx context.Context, id string, f assessment.EventFilter) ([]assessment.Event, error)
	Undo(ctx context.Context, actor access.Actor, id string, sequences []int64) (*assessment.Current, assessment.Undoing, error)
	Restore(ctx context.Context, actor access.Actor, id string, sequence int64) (*assessment.Current, error)
}
