package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateToken stores a token of the actor's and returns it with its id. Of it, Hash, Name, Scope and ExpiresAt are
// taken; errors are those of assessment.CheckToken. A name that a working token of the actor has, in whatever case, is
// Invalid on the field name: their tokens can be told apart, and a repeated request does not make a second one.
func (s *Store) CreateToken(ctx context.Context, actor access.Actor, token access.Token) (access.Token, error) {
	token, err := access.CheckToken(token, s.clock())
	if err != nil {
		return token, err
	}
	return writing(ctx, s, func(t *tx) (access.Token, error) {
		if err := refuseNameOfWorking(t, actor.User.ID, token.Name); err != nil {
			return token, err
		}
		token = access.Token{ID: ids.New(), User: actor.User.ID, Hash: token.Hash, Name: token.Name, Scope: token.Scope,
			CreatedAt: t.now(), ExpiresAt: token.ExpiresAt}
		_, err := t.exec(`
			INSERT INTO api_token (id, account_id, name, hash, scope, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
		`, token.ID, token.User, token.Name, token.Hash, string(token.Scope), micros(token.CreatedAt), micros(token.ExpiresAt))
		if isDangling(err) {
			return token, assessment.Wrap(assessment.NotFound, err, "There is no such account")
		}
		if err != nil {
			return token, fmt.Errorf("create token: %w", err)
		}
		return token, t.auditToken(actor, access.AuditTokenCreated, token.ID, token.Name+", "+string(token.Scope))
	})
}

func refuseNameOfWorking(t *tx, userID, name string) error {
	tokens, err := readTokens(context.Background(), t.conn, userID)
	if err != nil {
		return fmt.Errorf("read tokens: %w", err)
	}
	for _, other := range tokens {
		if other.Works(t.now()) && strings.EqualFold(other.Name, name) {
			return assessment.Errors{assessment.InvalidField("name",
				"You have a token of this name, whose secret was shown when it was made. Revoke it first, or take another name")}
		}
	}
	return nil
}

func (t *tx) auditToken(by access.Actor, action, id, detail string) error {
	return t.audit(by, access.AuditEntry{Action: action, SubjectKind: "token", Subject: id, Detail: detail})
}

// Tokens returns the tokens of a person, those that have ended included, the newest first.
func (s *Store) Tokens(ctx context.Context, userID string) ([]access.Token, error) {
	return readTokens(ctx, s.readers, userID)
}

func readTokens(ctx context.Context, q queryer, userID string) ([]access.Token, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT id, account_id, name, scope, created_at, expires_at, last_used_at, revoked_at
		FROM api_token
		WHERE account_id = $1
		ORDER BY created_at DESC, id
	`, userID)
	return collect(rows, err, func(rows *sql.Rows) (token access.Token, err error) {
		err = rows.Scan(&token.ID, &token.User, &token.Name, &token.Scope, moment{&token.CreatedAt}, moment{&token.ExpiresAt},
			moment{&token.LastUsedAt}, moment{&token.RevokedAt})
		return token, err
	})
}

// RevokeToken ends a token of a person's; it is refused from its next request on. One that was revoked before is no
// error, one that the person does not have is NotFound.
func (s *Store) RevokeToken(ctx context.Context, actor access.Actor, userID, id string) error {
	return s.writer.do(ctx, func(t *tx) error {
		var name string
		var revoked time.Time
		err := t.row("SELECT name, revoked_at FROM api_token WHERE id = $1 AND account_id = $2", id, userID).
			Scan(&name, moment{&revoked})
		if err != nil {
			return found(err, "token")
		}
		if !revoked.IsZero() {
			return nil
		}
		return revokeToken(t, actor, id, name)
	})
}

func revokeToken(t *tx, by access.Actor, id, name string) error {
	if _, err := t.exec("UPDATE api_token SET revoked_at = $1 WHERE id = $2", micros(t.now()), id); err != nil {
		return fmt.Errorf("revoke token: %w", err)
	}
	return t.auditToken(by, access.AuditTokenRevoked, id, name)
}

// RevokeTokens ends every token of a person that still works, and returns how many there were.
func (s *Store) RevokeTokens(ctx context.Context, actor access.Actor, userID string) (int, error) {
	return writing(ctx, s, func(t *tx) (int, error) {
		by, err := t.person(actor, userID)
		if err != nil {
			return 0, err
		}
		return t.revokeTokens(by, userID)
	})
}

func (t *tx) revokeTokens(by access.Actor, userID string) (int, error) {
	rows, err := t.conn.QueryContext(context.Background(), `
			SELECT id, name
			FROM api_token
			WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2
			ORDER BY created_at, id
		`, userID, t.now().UnixMicro())
	working, err := collect(rows, err, func(rows *sql.Rows) (token access.Token, err error) {
		err = rows.Scan(&token.ID, &token.Name)
		return token, err
	})
	if err != nil {
		return 0, fmt.Errorf("read tokens: %w", err)
	}
	for _, token := range working {
		if err := revokeToken(t, by, token.ID, token.Name); err != nil {
			return 0, err
		}
	}
	return len(working), nil
}

// ActorByToken returns the person for whom a token acts, with its scope and with their roles as they are now. NotFound
// where it is unknown, expired or revoked, or the account barred. Its last use is noted once a minute at most.
func (s *Store) ActorByToken(ctx context.Context, hash string) (access.Actor, error) {
	var actor access.Actor
	var used time.Time
	now := s.clock()
	rows, err := s.readers.QueryContext(ctx, `
		SELECT k.name, k.scope, k.last_used_at, a.id, a.email, a.name, a.admin, a.version, a.time_zone, a.created_at,
			a.confirmed_at, coalesce(t.id, ''), coalesce(t.name, ''), coalesce(m.role, '')
		FROM api_token k
		JOIN account a ON a.id = k.account_id
		LEFT JOIN membership m ON m.account_id = a.id
		LEFT JOIN team t ON t.id = m.team_id
		WHERE k.hash = $1 AND k.expires_at > $2 AND k.revoked_at IS NULL AND a.disabled_at IS NULL
		ORDER BY t.name, t.id
	`, hash, now.UnixMicro())
	memberships, err := collect(rows, err, func(rows *sql.Rows) (m access.Membership, err error) {
		u := &actor.User
		err = rows.Scan(&actor.Token, &actor.Scope, moment{&used}, &u.ID, &u.Email, &u.Name, &u.Admin, &u.Version, &u.TimeZone,
			moment{&u.CreatedAt}, moment{&u.ConfirmedAt}, &m.Team.ID, &m.Team.Name, &m.Role)
		return m, err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("read token: %w", err)
	}
	if len(memberships) == 0 {
		return access.Actor{}, assessment.Errorf(assessment.NotFound, "There is no such token")
	}
	if memberships[0].Team.ID != "" {
		actor.Memberships = memberships
	}
	if minute := now.Truncate(time.Minute); used.Before(minute) {
		s.noteToken(ctx, hash, minute)
	}
	return actor, nil
}

// noteToken notes when a token was used. A program that only reads is let in also where that cannot be written.
func (s *Store) noteToken(ctx context.Context, hash string, minute time.Time) {
	err := s.exec(ctx, "note the use of a token", "UPDATE api_token SET last_used_at = $1 WHERE hash = $2",
		micros(minute), hash)
	if err != nil {
		s.logger.WarnContext(ctx, "the use of a token was not noted", "error", err)
	}
}
