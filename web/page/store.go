package page

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what every page asks of storage.
type Store interface {
	AssessmentCount(ctx context.Context, workload string) (int, error)
	Current(ctx context.Context, id string) (*assessment.Current, error)
	Library(ctx context.Context) ([]assessment.LibraryEntry, error)
	Report(ctx context.Context, id string) (assessment.ReportInfo, []byte, error)
	Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	Team(ctx context.Context, id string) (access.Team, error)
	Teams(ctx context.Context) ([]access.Team, error)
	Workload(ctx context.Context, id string) (assessment.Workload, error)
}
