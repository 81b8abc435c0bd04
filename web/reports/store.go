package reports

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Approvals(ctx context.Context, id string) (map[string]assessment.Approval, error)
	CreateShareOnce(ctx context.Context, actor access.Actor, share access.Share, seen int) ([]access.Share, *access.Share, error)
	Current(ctx context.Context, id string) (*assessment.Current, error)
	FindReport(ctx context.Context, kind, snapshot, before, media, renderer string) (assessment.ReportInfo, bool, error)
	Reports(ctx context.Context, id string) ([]assessment.ReportInfo, error)
	RevokeShare(ctx context.Context, actor access.Actor, report, id string) error
	SaveReport(ctx context.Context, actor access.Actor, r assessment.Report) (assessment.ReportInfo, error)
	ShareUses(ctx context.Context, report, id string, limit int) ([]access.ShareUse, error)
	SharedReport(ctx context.Context, hash string) (access.Share, assessment.ReportInfo, error)
	Shares(ctx context.Context, report string) ([]access.Share, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	UseShare(ctx context.Context, hash, address, agent string) (assessment.ReportInfo, error)
}
