package storage

import (
	"context"
	"errors"
	"fmt"

	"plumbline/assessment"
)

// CreateLink stores a link that works once. It replaces the unused ones of the same kind for the same account: only
// the newest works.
//
// A link for setup belongs to no account, any other to one; otherwise it is Invalid.
func (s *Store) CreateLink(ctx context.Context, link assessment.OneTimeLink) error {
	if (link.Kind == assessment.LinkSetup) != (link.User == "") {
		return assessment.Errorf(assessment.Invalid, "A link of kind %s cannot be for account %q", link.Kind, link.User)
	}
	return s.writer.do(ctx, func(t *tx) error {
		_, err := t.exec(`
			DELETE FROM one_time_link
			WHERE kind = $1 AND used_at IS NULL AND coalesce(account_id, '') = $2
		`, link.Kind, link.User)
		if err != nil {
			return fmt.Errorf("replace link: %w", err)
		}
		_, err = t.exec(`
			INSERT INTO one_time_link (token_hash, kind, account_id, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5)
		`, link.TokenHash, link.Kind, orNull(link.User), micros(t.now()), micros(link.ExpiresAt))
		if isDangling(err) {
			return assessment.Wrap(assessment.NotFound, err, "There is no such account")
		}
		if err != nil {
			return fmt.Errorf("create link: %w", err)
		}
		return nil
	})
}

// Link returns a link of a kind that still works, NotFound for one that is unknown, used or expired.
func (s *Store) Link(ctx context.Context, tokenHash, kind string) (assessment.OneTimeLink, error) {
	return findLink(ctx, s.readers, tokenHash, kind, s.clock().UnixMicro())
}

func findLink(ctx context.Context, q queryer, tokenHash, kind string, now int64) (assessment.OneTimeLink, error) {
	link := assessment.OneTimeLink{TokenHash: tokenHash, Kind: kind}
	err := q.QueryRowContext(ctx, `
		SELECT coalesce(account_id, ''), expires_at
		FROM one_time_link
		WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3
	`, tokenHash, kind, now).Scan(&link.User, moment{&link.ExpiresAt})
	if err != nil {
		return assessment.OneTimeLink{}, found(err, "link")
	}
	return link, nil
}

// UseSetupLink uses up the setup link and stores the first account, an administrator's, who leads the first team.
// The link must still work (NotFound), and there must be no account yet (Conflict).
func (s *Store) UseSetupLink(ctx context.Context, tokenHash string, u assessment.User) (assessment.User, error) {
	return writing(ctx, s, func(t *tx) (assessment.User, error) {
		if _, err := useLink(t, tokenHash, assessment.LinkSetup); err != nil {
			return u, err
		}
		var accounts int
		if err := t.row("SELECT count(*) FROM account").Scan(&accounts); err != nil {
			return u, fmt.Errorf("count accounts: %w", err)
		}
		if accounts > 0 {
			return u, assessment.Errorf(assessment.Conflict, "This installation is set up already")
		}
		u.Admin = true
		u, err := createUser(t, u)
		if err != nil {
			return u, err
		}
		team, err := teamToLead(t)
		if err != nil {
			return u, err
		}
		return u, setMembership(t, u.ID, team, assessment.Lead)
	})
}

// teamToLead returns the id of the oldest team, which it makes where there is none.
func teamToLead(t *tx) (string, error) {
	var id string
	err := found(t.row("SELECT id FROM team ORDER BY created_at, id LIMIT 1").Scan(&id), "team")
	if assessment.CodeOf(err) != assessment.NotFound {
		return id, err
	}
	team, err := createTeam(t, FirstTeam)
	return team.ID, err
}

// UseResetLink uses up a link of kind reset or invite, stores the hash of the new password of its account, and ends
// all sessions of that. NotFound where the link does not work any more.
func (s *Store) UseResetLink(ctx context.Context, tokenHash, passwordHash string) error {
	return s.writer.do(ctx, func(t *tx) error {
		link, err := useLink(t, tokenHash, assessment.LinkReset)
		if assessment.CodeOf(err) == assessment.NotFound {
			link, err = useLink(t, tokenHash, assessment.LinkInvite)
		}
		if err != nil {
			return err
		}
		if _, err := setPassword(t, link.User, passwordHash); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		return nil
	})
}

func useLink(t *tx, tokenHash, kind string) (assessment.OneTimeLink, error) {
	now := t.now()
	link, err := findLink(context.Background(), t.conn, tokenHash, kind, now.UnixMicro())
	if err != nil {
		return link, err
	}
	n, err := t.exec(`
		UPDATE one_time_link
		SET used_at = $1
		WHERE token_hash = $2 AND used_at IS NULL
	`, now.UnixMicro(), tokenHash)
	if err == nil && n != 1 {
		err = errors.New("it was used in the same transaction")
	}
	if err != nil {
		return link, fmt.Errorf("use link: %w", err)
	}
	return link, nil
}
