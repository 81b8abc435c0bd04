package account

import (
	"context"
	"time"

	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	sessionKeeper
	AddIdentity(ctx context.Context, actor access.Actor, identity access.Identity) error
	ClaimAccount(ctx context.Context, actor access.Actor, person access.User, identity access.Identity) (access.User, error)
	CreateToken(ctx context.Context, actor access.Actor, t access.Token) (access.Token, error)
	CreateUserWithIdentity(ctx context.Context, actor access.Actor, u access.User, identity access.Identity) (access.User, error)
	DeleteSessionsOf(ctx context.Context, actor access.Actor, userID, exceptHash string) error
	EndSession(ctx context.Context, actor access.Actor, userID, id string) error
	Identities(ctx context.Context, userID string) ([]access.Identity, error)
	Link(ctx context.Context, tokenHash, kind string) (access.OneTimeLink, error)
	Memberships(ctx context.Context, userID string) ([]access.Membership, error)
	RecordAudit(ctx context.Context, e access.AuditEntry) error
	RecordRefusedSignIn(ctx context.Context, email, address string) error
	RenewHash(ctx context.Context, userID, seen, hash string) error
	RevokeToken(ctx context.Context, actor access.Actor, userID, id string) error
	RevokeTokens(ctx context.Context, actor access.Actor, userID string) (int, error)
	SessionsOf(ctx context.Context, userID string) ([]access.Session, error)
	SetAdmin(ctx context.Context, actor access.Actor, userID string, admin bool) error
	SetMemberships(ctx context.Context, actor access.Actor, userID string, roles map[string]access.Role) error
	SetPassword(ctx context.Context, actor access.Actor, userID, hash string) error
	SetProfile(ctx context.Context, actor access.Actor, userID, name, zone string) error
	SignInAddresses(ctx context.Context, since time.Time) (map[string][]string, error)
	Teams(ctx context.Context) ([]access.Team, error)
	Tokens(ctx context.Context, userID string) ([]access.Token, error)
	TouchSession(ctx context.Context, hash string, seenAt time.Time) error
	UseInvite(ctx context.Context, actor access.Actor, tokenHash string, u access.User) (access.User, error)
	UseResetLink(ctx context.Context, actor access.Actor, tokenHash, passwordHash string) error
	UseSetupLink(ctx context.Context, actor access.Actor, tokenHash string, u access.User) (access.User, error)
	User(ctx context.Context, id string) (access.User, error)
	UserByEmail(ctx context.Context, email string) (access.User, error)
	UserByIdentity(ctx context.Context, identity access.Identity) (access.User, error)
	UserCount(ctx context.Context) (int, error)
	Users(ctx context.Context) ([]access.User, error)
}
