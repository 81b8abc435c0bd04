package plan

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	DeletePlanItem(ctx context.Context, actor access.Actor, id, practice string, version int) (*assessment.Current, error)
	KeepPlanItems(ctx context.Context, actor access.Actor, id string, practices []string) (*assessment.Current, error)
	SavePlanItem(ctx context.Context, actor access.Actor, id string, i assessment.PlanItem) (*assessment.Current, error)
}
