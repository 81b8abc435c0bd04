package people

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	Anonymize(ctx context.Context, by access.Actor, userID string, seen int) (access.User, error)
	Assessments(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.Assessment, error)
	ChangeAccount(ctx context.Context, actor access.Actor, userID string, seen int, change access.AccountChange) error
	ChangeMember(ctx context.Context, actor access.Actor, team, user string, seen, role access.Role) error
	CreateResetLink(ctx context.Context, actor access.Actor, link access.OneTimeLink, seen int) error
	CreateTeam(ctx context.Context, actor access.Actor, name string) (access.Team, error)
	DeleteSessionsOf(ctx context.Context, actor access.Actor, userID, exceptHash string) error
	DeleteTeam(ctx context.Context, actor access.Actor, id, seen string) error
	EndSession(ctx context.Context, actor access.Actor, userID, id string) error
	HeldTokens(ctx context.Context, team string) ([]access.HeldToken, error)
	Invitations(ctx context.Context, team string) ([]access.OneTimeLink, error)
	Invite(ctx context.Context, actor access.Actor, link access.OneTimeLink) (access.OneTimeLink, error)
	Members(ctx context.Context, team string) ([]access.Member, error)
	Portfolio(ctx context.Context, f assessment.PortfolioFilter) ([]assessment.PortfolioRow, error)
	RenameTeam(ctx context.Context, actor access.Actor, id, seen, name string) error
	RevokeHeldToken(ctx context.Context, actor access.Actor, team, id string) error
	RevokeInvitation(ctx context.Context, actor access.Actor, team, id string) error
	SessionsOf(ctx context.Context, userID string) ([]access.Session, error)
	Team(ctx context.Context, id string) (access.Team, error)
	Teams(ctx context.Context) ([]access.Team, error)
	User(ctx context.Context, id string) (access.User, error)
	Users(ctx context.Context) ([]access.User, error)
}
