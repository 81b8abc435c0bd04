package walk

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Position(ctx context.Context, userID, id string) (string, error)
	SaveAnswer(ctx context.Context, actor access.Actor, id string, s assessment.SaveAnswer) (*assessment.Current, error)
	SaveAnswers(ctx context.Context, actor access.Actor, id string, s []assessment.SaveAnswer) (*assessment.Current, error)
	SetPosition(ctx context.Context, userID, id, principle string) error
}
