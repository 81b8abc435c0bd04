package audit

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Assessments(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.Assessment, error)
	Audit(ctx context.Context, filter access.AuditFilter) ([]access.AuditEntry, error)
	AuditPeople(ctx context.Context, teams access.TeamScope) ([]access.User, error)
	Current(ctx context.Context, id string) (*assessment.Current, error)
	Reports(ctx context.Context, id string) ([]assessment.ReportInfo, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	Team(ctx context.Context, id string) (access.Team, error)
	Teams(ctx context.Context) ([]access.Team, error)
	User(ctx context.Context, id string) (access.User, error)
}
