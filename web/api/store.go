package api

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	ActorByToken(ctx context.Context, hash string) (access.Actor, error)
	Portfolio(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.PortfolioRow, error)
	Reports(ctx context.Context, id string) ([]assessment.ReportInfo, error)
	SaveAnswer(ctx context.Context, actor access.Actor, id string, s assessment.SaveAnswer) (*assessment.Current, error)
	SaveAnswers(ctx context.Context, actor access.Actor, id string, s []assessment.SaveAnswer) (*assessment.Current, error)
	SetFacets(ctx context.Context, actor access.Actor, id string, version int, f assessment.Facets) (*assessment.Current, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	TakeNewSnapshot(ctx context.Context, actor access.Actor, id, title, note string) (assessment.SnapshotInfo, bool, error)
}
