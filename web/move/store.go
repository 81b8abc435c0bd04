package move

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
)

// Store is what this room asks of storage.
type Store interface {
	Model(ctx context.Context, sha256 string) (*assessment.Model, error)
	MoveAssessment(ctx context.Context, actor access.Actor, id string, m move.Request) (*assessment.Current, error)
}
