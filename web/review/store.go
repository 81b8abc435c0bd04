package review

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	SaveAnswers(ctx context.Context, actor access.Actor, id string, s []assessment.SaveAnswer) (*assessment.Current, error)
}
