package find

import (
	"context"

	"plumbline/assessment"
)

// Store is what this room asks of storage.
type Store interface {
	Portfolio(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.PortfolioRow, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
}
