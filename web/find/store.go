package find

import (
	"context"

	"plumbline/assessment"
)

// Store is what this room asks of storage.
type Store interface {
	Assessments(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.Assessment, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
}
