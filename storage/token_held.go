package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// tokenColumns of api_token k and account a. The last is since when the person has not signed in, where single sign-on
// lets them in.
const tokenColumns = `k.id, k.account_id, k.name, k.scope, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
	CASE WHEN EXISTS (SELECT 1 FROM identity i WHERE i.account_id = a.id) THEN coalesce(a.signed_in_at, a.created_at) END`

// scanToken reads tokenColumns and what more a query asks for. idle is how long a token works without a sign-in, 0 for ever.
func scanToken(rows *sql.Rows, idle time.Duration, more ...any) (token access.Token, err error) {
	var signedIn time.Time
	err = rows.Scan(append([]any{&token.ID, &token.User, &token.Name, &token.Scope, moment{&token.CreatedAt}, moment{&token.ExpiresAt},
		moment{&token.LastUsedAt}, moment{&token.RevokedAt}, moment{&signedIn}}, more...)...)
	if idle > 0 && !signedIn.IsZero() {
		token.StopsAt = signedIn.Add(idle)
	}
	return token, err
}

// HeldTokens returns the tokens that are neither revoked nor expired, by the names of their people: of everybody, or those
// that reach a team, which are its members' and the administrators'.
func (s *Store) HeldTokens(ctx context.Context, team string) ([]access.HeldToken, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+tokenColumns+`, a.id, a.name, a.email, a.admin
		FROM api_token k
		JOIN account a ON a.id = k.account_id
		WHERE k.revoked_at IS NULL AND k.expires_at > $1
			AND ($2 = '' OR a.admin = 1 OR EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id AND m.team_id = $2))
		ORDER BY a.name, a.email, k.created_at DESC, k.id
	`, s.clock().UnixMicro(), team)
	list, err := collect(rows, err, func(rows *sql.Rows) (held access.HeldToken, err error) {
		u := &held.Owner
		held.Token, err = scanToken(rows, s.tokenIdle, &u.ID, &u.Name, &u.Email, &u.Admin)
		return held, err
	})
	assessment.SortByName(list, func(held access.HeldToken) string { return held.Owner.Name })
	return list, err
}

// RevokeHeldToken ends a token of anybody, or with a team one that its members hold. NotFound where there is none, and
// Forbidden for a lead where it is an administrator's. One that was revoked before is no error.
func (s *Store) RevokeHeldToken(ctx context.Context, actor access.Actor, team, id string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		var name string
		var owner access.User
		var revoked time.Time
		err := t.row(`
			SELECT k.name, k.revoked_at, a.id, a.name, a.admin
			FROM api_token k
			JOIN account a ON a.id = k.account_id
			WHERE k.id = $1
				AND ($2 = '' OR a.admin = 1 OR EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id AND m.team_id = $2))
		`, id, team).Scan(&name, moment{&revoked}, &owner.ID, &owner.Name, &owner.Admin)
		switch {
		case err != nil:
			return found(err, "token")
		case owner.Admin && !actor.User.Admin:
			return assessment.Errorf(assessment.Forbidden, "Only an administrator can revoke the tokens of an administrator")
		case !revoked.IsZero():
			return nil
		}
		if err := endToken(t, id); err != nil {
			return err
		}
		return t.audit(actor, access.AuditEntry{Team: team, Action: access.AuditTokenRevoked, SubjectKind: "token", Subject: id,
			Detail: name + " of " + owner.Name})
	})
}

func endToken(t *tx, id string) error {
	if _, err := t.exec("UPDATE api_token SET revoked_at = $1 WHERE id = $2", micros(t.now()), id); err != nil {
		return fmt.Errorf("revoke token: %w", err)
	}
	return nil
}
