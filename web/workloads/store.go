package workloads

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	ArchiveWorkload(ctx context.Context, actor access.Actor, id string, version int, archived bool) error
	AssessmentsOf(ctx context.Context, workload string) ([]assessment.Assessment, error)
	CreateWorkload(ctx context.Context, actor access.Actor, w assessment.Workload, questionnaire string, p assessment.Priorities) (assessment.Assessment, error)
	Library(ctx context.Context) ([]assessment.LibraryEntry, error)
	Model(ctx context.Context, sha256 string) (*assessment.Model, error)
	MoveWorkload(ctx context.Context, actor access.Actor, id string, version int, team string) (assessment.Workload, error)
	SetPriorities(ctx context.Context, actor access.Actor, id string, version int, p assessment.Priorities) error
	StartAssessment(ctx context.Context, actor access.Actor, a assessment.Assessment) (assessment.Assessment, error)
	Team(ctx context.Context, id string) (access.Team, error)
	Teams(ctx context.Context) ([]access.Team, error)
	UpdateWorkload(ctx context.Context, actor access.Actor, w assessment.Workload) (assessment.Workload, error)
}
