package web

import (
	"context"

	"plumbline/assessment"
)

// TeamStore keeps teams, who is in them, and invitations to them.
type TeamStore interface {
	Teams(ctx context.Context) ([]assessment.Team, error)
	Team(ctx context.Context, id string) (assessment.Team, error)
	CreateTeam(ctx context.Context, name string) (assessment.Team, error)
	RenameTeam(ctx context.Context, actor assessment.Actor, id, seen, name string) error
	DeleteTeam(ctx context.Context, actor assessment.Actor, id, seen string) error
	Members(ctx context.Context, team string) ([]assessment.Member, error)
	ChangeMember(ctx context.Context, actor assessment.Actor, team, user string, seen, role assessment.Role) error
	Invite(ctx context.Context, actor assessment.Actor, link assessment.OneTimeLink) (assessment.OneTimeLink, error)
	Invitations(ctx context.Context, team string) ([]assessment.OneTimeLink, error)
	RevokeInvitation(ctx context.Context, actor assessment.Actor, team, id string) error
	UseInvite(ctx context.Context, tokenHash string, u assessment.User) (assessment.User, error)
}

// IdentityStore keeps who people are to the provider of single sign-on.
type IdentityStore interface {
	UserByIdentity(ctx context.Context, identity assessment.Identity) (assessment.User, error)
	CreateUserWithIdentity(ctx context.Context, u assessment.User, identity assessment.Identity) (assessment.User, error)
	AddIdentity(ctx context.Context, actor assessment.Actor, identity assessment.Identity) error
	Identities(ctx context.Context, userID string) ([]assessment.Identity, error)
	SetMemberships(ctx context.Context, actor assessment.Actor, userID string, roles map[string]assessment.Role) error
	RecordAudit(ctx context.Context, e assessment.AuditEntry) error
}

// PeopleStore changes accounts.
type PeopleStore interface {
	Users(ctx context.Context) ([]assessment.User, error)
	SetProfile(ctx context.Context, userID, name, zone string) error
	ChangeAccount(ctx context.Context, actor assessment.Actor, userID string, seen int, change assessment.AccountChange) error
	CreateResetLink(ctx context.Context, link assessment.OneTimeLink, seen int) error
	SetAdmin(ctx context.Context, actor assessment.Actor, userID string, admin bool) error
	SessionsOf(ctx context.Context, userID string) ([]assessment.Session, error)
}
