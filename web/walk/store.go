package walk

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	History(ctx context.Context, id string, f assessment.EventFilter) ([]assessment.Event, error)
	KeepPlanItems(ctx context.Context, actor access.Actor, id string, practices []string) (*assessment.Current, error)
	Position(ctx context.Context, userID, id string) (string, error)
	SaveAnswer(ctx context.Context, actor access.Actor, id string, s assessment.SaveAnswer) (*assessment.Current, error)
	SaveAnswers(ctx context.Context, actor access.Actor, id string, s []assessment.SaveAnswer) (*assessment.Current, error)
	SetTogether(ctx context.Context, actor access.Actor, id string, wish assessment.SetTogether) (after *assessment.Current, set assessment.Together, err error)
	Together(ctx context.Context, id string) ([]assessment.Together, error)
	Undo(ctx context.Context, actor access.Actor, id string, sequences []int64) (*assessment.Current, assessment.Undoing, error)
	SetPosition(ctx context.Context, userID, id, principle string) error
}
