package snapshots

import (
	"context"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Approval(ctx context.Context, snapshot string) (assessment.Approval, bool, error)
	Approvals(ctx context.Context, id string) (map[string]assessment.Approval, error)
	ApproveSnapshot(ctx context.Context, actor access.Actor, snapshot, note string) (assessment.Approval, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	TakeSnapshotOnce(ctx context.Context, actor access.Actor, id string, seen int, title, note string) (assessment.SnapshotInfo, bool, error)
	WithdrawApproval(ctx context.Context, actor access.Actor, snapshot string, given time.Time) error
}
