package portfolio

import (
	"context"

	"plumbline/assessment"
)

// Store is what this room asks of storage.
type Store interface {
	Assessments(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.Assessment, error)
	Frame(ctx context.Context, sha256 string) (assessment.Frame, error)
	Model(ctx context.Context, sha256 string) (*assessment.Model, error)
	Portfolio(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.PortfolioRow, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
}
