package compare

import (
	"context"

	"plumbline/assessment"
)

// Store is what this room asks of storage.
type Store interface {
	Approval(ctx context.Context, snapshot string) (assessment.Approval, bool, error)
	Approvals(ctx context.Context, id string) (map[string]assessment.Approval, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	TeamSnapshots(ctx context.Context, team, exceptWorkload string) ([]assessment.TeamSnapshot, error)
}
