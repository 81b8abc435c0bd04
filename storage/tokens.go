package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateToken stores a token of the actor's and returns it with its id. Of it, Hash, Name, Scope and ExpiresAt are
// taken; errors are those of access.CheckToken. A name that a working token of the actor has, in whatever case, is
// Invalid on the field name, so that they can be told apart, and so is one more than access.MaxTokens. A hash that was stored
// a moment ago is the same request once more: the token that it made is returned.
func (s *Store) CreateToken(ctx context.Context, actor access.Actor, token access.Token) (access.Token, error) {
	token, err := access.CheckToken(token, s.clock())
	if err != nil {
		return token, err
	}
	return writing(ctx, s, actor, func(t *tx) (access.Token, error) {
		tokens, err := readTokens(context.Background(), t.conn, actor.User.ID, s.tokenIdle)
		if err != nil {
			return token, fmt.Errorf("read tokens: %w", err)
		}
		if made, again, err := repeatedToken(t, tokens, actor.User.ID, token.Hash); again || err != nil {
			return made, err
		}
		if err := refuseToken(t, tokens, token.Name); err != nil {
			return token, err
		}
		token = access.Token{ID: ids.New(), User: actor.User.ID, Hash: token.Hash, Name: token.Name, Scope: token.Scope,
			CreatedAt: t.now(), ExpiresAt: token.ExpiresAt}
		_, err = t.exec(`
			INSERT INTO api_token (id, account_id, name, hash, scope, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
		`, token.ID, token.User, token.Name, token.Hash, string(token.Scope), micros(token.CreatedAt), micros(token.ExpiresAt))
		if isDangling(err) {
			return token, assessment.Wrap(assessment.NotFound, err, absence("account"))
		}
		if err != nil {
			return token, fmt.Errorf("create token: %w", err)
		}
		return token, t.auditToken(actor, access.AuditTokenCreated, token.ID, token.Name+", "+string(token.Scope))
	})
}

// repeatedToken returns the token that the same request made a moment ago.
func repeatedToken(t *tx, tokens []access.Token, userID, hash string) (made access.Token, again bool, err error) {
	var id string
	err = t.row("SELECT id FROM api_token WHERE hash = $1 AND account_id = $2", hash, userID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return made, false, nil
	}
	if err != nil {
		return made, false, fmt.Errorf("look for an earlier request: %w", err)
	}
	for _, token := range tokens {
		if token.ID == id && token.Works(t.now()) && t.now().Sub(token.CreatedAt) < access.RepeatLimit {
			return token, true, nil
		}
	}
	return made, false, assessment.Errors{assessment.InvalidField("name",
		"This form already created a token and showed its secret. Reload the page to create another token")}
}

// refuseToken returns an error where a person may not have one more token, or none of this name.
func refuseToken(t *tx, tokens []access.Token, name string) error {
	working := 0
	for _, other := range tokens {
		if !other.RevokedAt.IsZero() || !t.now().Before(other.ExpiresAt) {
			continue
		}
		if working++; working >= access.MaxTokens {
			return assessment.Errors{assessment.InvalidField("name",
				fmt.Sprintf("You have %d tokens, which is the maximum. Revoke one that you do not need", access.MaxTokens))}
		}
		if assessment.Folded(other.Name) == assessment.Folded(name) {
			return assessment.Errors{assessment.InvalidField("name",
				"You already have a token with this name, and its secret was shown when it was created. Revoke it, or enter another name")}
		}
	}
	return nil
}

func (t *tx) auditToken(by access.Actor, action, id, detail string) error {
	return t.audit(by, access.AuditEntry{Action: action, SubjectKind: "token", Subject: id, Detail: detail})
}

// Tokens returns the tokens of a person, those that have ended included, the newest first.
func (s *Store) Tokens(ctx context.Context, userID string) ([]access.Token, error) {
	return readTokens(ctx, s.readers, userID, s.tokenIdle)
}

func readTokens(ctx context.Context, q queryer, userID string, idle time.Duration) ([]access.Token, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT `+tokenColumns+`
		FROM api_token k
		JOIN account a ON a.id = k.account_id
		WHERE k.account_id = $1
		ORDER BY k.created_at DESC, k.id
	`, userID)
	return collect(rows, err, func(rows *sql.Rows) (access.Token, error) { return scanToken(rows, idle) })
}

// RevokeToken ends a token of a person's; it is refused from its next request on. One that was revoked before is no
// error, one that the person does not have is NotFound.
func (s *Store) RevokeToken(ctx context.Context, actor access.Actor, userID, id string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
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
	if err := endToken(t, id); err != nil {
		return err
	}
	return t.auditToken(by, access.AuditTokenRevoked, id, name)
}

// RevokeTokens ends every token of a person that still works, and returns how many there were.
func (s *Store) RevokeTokens(ctx context.Context, actor access.Actor, userID string) (int, error) {
	return writing(ctx, s, actor, func(t *tx) (int, error) {
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
// where it is unknown, expired, revoked or stopped for want of a sign-in, or the account barred. Its last use is noted once a minute at most.
func (s *Store) ActorByToken(ctx context.Context, hash string) (access.Actor, error) {
	var actor access.Actor
	var used time.Time
	now := s.clock()
	rows, err := s.readers.QueryContext(ctx, `
		SELECT k.id, k.name, k.scope, k.last_used_at, a.rights, a.id, a.email, a.name, a.admin, a.version, a.time_zone, a.created_at,
			a.confirmed_at, coalesce(t.id, ''), coalesce(t.name, ''), coalesce(m.role, '')
		FROM api_token k
		JOIN account a ON a.id = k.account_id
		LEFT JOIN membership m ON m.account_id = a.id
		LEFT JOIN team t ON t.id = m.team_id
		WHERE k.hash = $1 AND k.expires_at > $2 AND k.revoked_at IS NULL AND a.disabled_at IS NULL
			AND ($3 = 0 OR coalesce(a.signed_in_at, a.created_at) > $3
				OR NOT EXISTS (SELECT 1 FROM identity i WHERE i.account_id = a.id))
		ORDER BY t.name, t.id
	`, hash, now.UnixMicro(), s.signedInAfter(now))
	memberships, err := collect(rows, err, func(rows *sql.Rows) (m access.Membership, err error) {
		u := &actor.User
		err = rows.Scan(&actor.TokenID, &actor.Token, &actor.Scope, moment{&used}, &actor.Rights, &u.ID, &u.Email, &u.Name, &u.Admin, &u.Version, &u.TimeZone,
			moment{&u.CreatedAt}, moment{&u.ConfirmedAt}, &m.Team.ID, &m.Team.Name, &m.Role)
		return m, err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("read token: %w", err)
	}
	if len(memberships) == 0 {
		return access.Actor{}, absent("token")
	}
	if memberships[0].Team.ID != "" {
		actor.Memberships = memberships
	}
	if minute := now.Truncate(time.Minute); used.Before(minute) {
		s.noteToken(ctx, hash, minute)
	}
	return actor, nil
}

// signedInAfter returns the moment after which people who use single sign-on must have signed in for their tokens to work, 0
// for none.
func (s *Store) signedInAfter(now time.Time) int64 {
	if s.tokenIdle == 0 {
		return 0
	}
	return now.Add(-s.tokenIdle).UnixMicro()
}

// noteToken notes when a token was used. A program that only reads is let in also where that cannot be written.
func (s *Store) noteToken(ctx context.Context, hash string, minute time.Time) {
	err := s.exec(ctx, "note the use of a token", "UPDATE api_token SET last_used_at = $1 WHERE hash = $2",
		micros(minute), hash)
	if err != nil {
		s.logger.WarnContext(ctx, "the use of a token was not recorded", "error", err)
	}
}
