package web

import (
	"context"
	"time"

	"plumbline/assessment"
)

// Store is everything that the web asks of storage, by concern.
type Store interface {
	SessionStore
	TokenStore
	AccountStore
	PeopleStore
	IdentityStore
	TeamStore
	WorkloadStore
	LibraryStore
	AssessmentStore
	CarryStore
	SnapshotStore
	ApprovalStore
	ReportStore
	AuditStore
	ShareStore
	Ready(ctx context.Context) error
	As(ctx context.Context, a assessment.Actor) context.Context // who asks, for the audit log
}

// SessionStore keeps sessions by the hash of their secret.
type SessionStore interface {
	CreateSession(ctx context.Context, s assessment.Session) error
	Session(ctx context.Context, hash string) (assessment.Session, assessment.Actor, error)
	RenewSession(ctx context.Context, hash, newHash string) error
	TouchSession(ctx context.Context, hash string, seenAt time.Time) error
	DeleteSession(ctx context.Context, hash string) error
	DeleteSessionsOf(ctx context.Context, userID, exceptHash string) error
}

// TokenStore keeps API tokens by the hash of their secret, and knows the teams that a program may see.
type TokenStore interface {
	CreateToken(ctx context.Context, actor assessment.Actor, t assessment.Token) (assessment.Token, error)
	Tokens(ctx context.Context, userID string) ([]assessment.Token, error)
	RevokeToken(ctx context.Context, actor assessment.Actor, userID, id string) error
	RevokeTokens(ctx context.Context, userID string) (int, error)
	ActorByToken(ctx context.Context, hash string) (assessment.Actor, error)
	Teams(ctx context.Context) ([]assessment.Team, error)
}

// AccountStore keeps accounts and one-time links.
type AccountStore interface {
	UserCount(ctx context.Context) (int, error)
	User(ctx context.Context, id string) (assessment.User, error)
	UserByEmail(ctx context.Context, email string) (assessment.User, error)
	SetPassword(ctx context.Context, userID, hash string) error
	RenewHash(ctx context.Context, userID, seen, hash string) error
	Link(ctx context.Context, tokenHash, kind string) (assessment.OneTimeLink, error)
	UseSetupLink(ctx context.Context, tokenHash string, u assessment.User) (assessment.User, error)
	UseResetLink(ctx context.Context, tokenHash, passwordHash string) error
	RecordRefusedSignIn(ctx context.Context, email, address string) error
}

// WorkloadStore keeps workloads and the questionnaires they can be reviewed against.
type WorkloadStore interface {
	Questionnaires(ctx context.Context) ([]assessment.QuestionnaireRef, error)
	Model(ctx context.Context, sha256 string) (*assessment.Model, error)
	CreateWorkload(ctx context.Context, actor assessment.Actor, w assessment.Workload, questionnaire string, p assessment.Priorities) (assessment.Assessment, error)
	UpdateWorkload(ctx context.Context, actor assessment.Actor, w assessment.Workload) (assessment.Workload, error)
	MoveWorkload(ctx context.Context, actor assessment.Actor, id string, version int, team string) (assessment.Workload, error)
	ArchiveWorkload(ctx context.Context, actor assessment.Actor, id string, version int, archived bool) error
	Workload(ctx context.Context, id string) (assessment.Workload, error)
	StartAssessment(ctx context.Context, actor assessment.Actor, a assessment.Assessment) (assessment.Assessment, error)
	AssessmentsOf(ctx context.Context, workload string) ([]assessment.Assessment, error)
	AssessmentCount(ctx context.Context, workload string) (int, error)
	Portfolio(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.PortfolioRow, error)
}

// LibraryStore keeps questionnaires with where they came from, which teams are offered them, and imports that wait.
type LibraryStore interface {
	Library(ctx context.Context) ([]assessment.LibraryEntry, error)
	LibraryEntry(ctx context.Context, sha256 string) (assessment.LibraryEntry, error)
	AssessmentsUsing(ctx context.Context, sha256 string) ([]assessment.Assessment, error)
	EnableQuestionnaire(ctx context.Context, actor assessment.Actor, sha256, team string, enabled bool) error
	DeleteQuestionnaire(ctx context.Context, actor assessment.Actor, sha256 string) error
	SaveDraft(ctx context.Context, actor assessment.Actor, d assessment.ImportDraft) (assessment.ImportDraft, error)
	Draft(ctx context.Context, actor assessment.Actor, id string) (assessment.ImportDraft, error)
	DropDraft(ctx context.Context, actor assessment.Actor, id string) error
	AcceptDraft(ctx context.Context, actor assessment.Actor, id string, imprint assessment.QuestionnaireIdentity, team string) (assessment.QuestionnaireRef, error)
}

// AssessmentStore keeps what people say in an assessment.
type AssessmentStore interface {
	Current(ctx context.Context, id string) (*assessment.Current, error)
	SetPriorities(ctx context.Context, actor assessment.Actor, id string, version int, p assessment.Priorities) error
	SaveAnswer(ctx context.Context, actor assessment.Actor, id string, s assessment.SaveAnswer) (*assessment.Current, error)
	SaveAnswers(ctx context.Context, actor assessment.Actor, id string, s []assessment.SaveAnswer) (*assessment.Current, error)
	SaveDecision(ctx context.Context, actor assessment.Actor, id string, d assessment.Decision) (*assessment.Current, error)
	DeleteDecision(ctx context.Context, actor assessment.Actor, id, tradeoff string, version int) (*assessment.Current, error)
	SavePlanItem(ctx context.Context, actor assessment.Actor, id string, i assessment.PlanItem) (*assessment.Current, error)
	DeletePlanItem(ctx context.Context, actor assessment.Actor, id, practice string, version int) (*assessment.Current, error)
	KeepPlanItems(ctx context.Context, actor assessment.Actor, id string, practices []string) (*assessment.Current, error)
	Events(ctx context.Context, id string, after int64, limit int) ([]assessment.Event, error)
	Position(ctx context.Context, userID, id string) (string, error)
	SetPosition(ctx context.Context, userID, id, principle string) error
}

// CarryStore lists the questionnaires that there are, and moves assessments between them.
type CarryStore interface {
	Library(ctx context.Context) ([]assessment.LibraryEntry, error)
	MoveAssessment(ctx context.Context, actor assessment.Actor, id string, m assessment.MoveRequest) (*assessment.Current, error)
}

// SnapshotStore keeps snapshots; their documents never change.
type SnapshotStore interface {
	TakeSnapshotOnce(ctx context.Context, actor assessment.Actor, id string, seen int, title, note string) (assessment.SnapshotInfo, bool, error)
	TakeNewSnapshot(ctx context.Context, actor assessment.Actor, id, title, note string) (assessment.SnapshotInfo, bool, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	TeamSnapshots(ctx context.Context, team, exceptWorkload string) ([]assessment.TeamSnapshot, error)
	Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error)
}

// ReportStore keeps reports as they were drawn.
type ReportStore interface {
	SaveReport(ctx context.Context, actor assessment.Actor, r assessment.Report) (assessment.ReportInfo, error)
	FindReport(ctx context.Context, kind, snapshot, before, media, renderer string) (assessment.ReportInfo, bool, error)
	Report(ctx context.Context, id string) (assessment.ReportInfo, []byte, error)
	Reports(ctx context.Context, id string) ([]assessment.ReportInfo, error)
}
