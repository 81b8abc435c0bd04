package library

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	AcceptDraft(ctx context.Context, actor access.Actor, id string, imprint assessment.QuestionnaireIdentity, team string) (assessment.QuestionnaireRef, error)
	AssessmentsUsing(ctx context.Context, sha256 string) ([]assessment.Assessment, error)
	DeleteQuestionnaire(ctx context.Context, actor access.Actor, sha256 string) error
	Draft(ctx context.Context, actor access.Actor, id string) (assessment.ImportDraft, error)
	DropDraft(ctx context.Context, actor access.Actor, id string) error
	EnableQuestionnaire(ctx context.Context, actor access.Actor, sha256, team string, enabled bool) error
	LibraryEntry(ctx context.Context, sha256 string) (assessment.LibraryEntry, error)
	Model(ctx context.Context, sha256 string) (*assessment.Model, error)
	SaveDraft(ctx context.Context, actor access.Actor, d assessment.ImportDraft) (assessment.ImportDraft, error)
	Team(ctx context.Context, id string) (access.Team, error)
}
