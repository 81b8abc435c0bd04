package account

import (
	"context"
	"time"

	"plumbline/assessment/access"
)

// SessionStore keeps sessions by the hash of their secret.
type SessionStore interface {
	CreateSession(ctx context.Context, actor access.Actor, s access.Session) error
	Session(ctx context.Context, hash string) (access.Session, access.Actor, error)
	RenewSession(ctx context.Context, hash, newHash string) error
	TouchSession(ctx context.Context, hash string, seenAt time.Time) error
	DeleteSession(ctx context.Context, actor access.Actor, hash string) error
	DeleteSessionsOf(ctx context.Context, actor access.Actor, userID, exceptHash string) error
}
