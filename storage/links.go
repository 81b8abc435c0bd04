package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateLink stores a link that works once, of kind setup or reset. It replaces the unused ones of the same kind for
// the same account: only the newest works.
//
// A link for setup belongs to no account, one for a reset to one; otherwise it is Invalid.
func (s *Store) CreateLink(ctx context.Context, actor access.Actor, link access.OneTimeLink) error {
	if link.Kind == access.LinkInvite || (link.Kind == access.LinkSetup) != (link.User == "") {
		return assessment.Errorf(assessment.Invalid, "A link of kind %s cannot be for account %q", link.Kind, link.User)
	}
	return s.writer.do(ctx, actor, func(t *tx) error { return createLink(t, actor, link) })
}

func createLink(t *tx, by access.Actor, link access.OneTimeLink) error {
	link.MadeBy = by.User.ID
	_, err := t.exec(`
		DELETE FROM one_time_link
		WHERE kind = $1 AND used_at IS NULL AND coalesce(account_id, '') = $2
	`, link.Kind, link.User)
	if err != nil {
		return fmt.Errorf("replace link: %w", err)
	}
	if _, err := insertLink(t, link); err != nil {
		return err
	}
	return t.auditAccount(by, access.AuditLink, link.User, link.Kind)
}

// insertLink stores a link and returns it with its id and the time.
func insertLink(t *tx, link access.OneTimeLink) (access.OneTimeLink, error) {
	link.ID, link.CreatedAt = ids.New(), t.now()
	_, err := t.exec(`
		INSERT INTO one_time_link (token_hash, id, kind, account_id, team_id, role, email, made_by, invited_by, confirms, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
	`, link.TokenHash, link.ID, link.Kind, orNull(link.User), orNull(link.Team.ID), string(link.Role), link.Email,
		link.MadeBy, link.InvitedBy, flag(link.Confirms), micros(link.CreatedAt), micros(link.ExpiresAt))
	if isDangling(err) {
		return link, assessment.Wrap(assessment.NotFound, err, absence("account or team"))
	}
	if err != nil {
		return link, fmt.Errorf("create link: %w", err)
	}
	return link, nil
}

const (
	linkColumns = `l.token_hash, l.id, l.kind, coalesce(l.account_id, ''), l.created_at, l.expires_at,
	coalesce(t.id, ''), coalesce(t.name, ''), l.role, l.email, l.invited_by, l.confirms,
	l.made_by, coalesce(g.admin, 0), g.disabled_at, coalesce(m.role, '')`
	linkTables = `one_time_link l
	LEFT JOIN team t ON t.id = l.team_id
	LEFT JOIN account g ON g.id = l.made_by
	LEFT JOIN membership m ON m.account_id = l.made_by AND m.team_id = l.team_id`
)

// scanLink also reports whether who made the link may still make it.
func scanLink(row interface{ Scan(...any) error }) (link access.OneTimeLink, stands bool, err error) {
	var maker access.Actor
	var role access.Role
	err = row.Scan(&link.TokenHash, &link.ID, &link.Kind, &link.User, moment{&link.CreatedAt}, moment{&link.ExpiresAt},
		&link.Team.ID, &link.Team.Name, &link.Role, &link.Email, &link.InvitedBy, &link.Confirms,
		&link.MadeBy, &maker.User.Admin, moment{&maker.User.DisabledAt}, &role)
	if link.MadeBy == "" {
		return link, true, err
	}
	maker.User.ID, maker.Memberships = link.MadeBy, []access.Membership{{Team: link.Team, Role: role}}
	link.Confirms = link.Confirms && maker.User.Admin
	needs := access.ActAdminister
	if link.Kind == access.LinkInvite {
		needs = access.ActMembers
	}
	return link, maker.May(needs, link.Team.ID), err
}

// Link returns a link of a kind that still works, NotFound for one that is unknown, used or expired, or whose maker may not
// make it any more.
func (s *Store) Link(ctx context.Context, tokenHash, kind string) (access.OneTimeLink, error) {
	return findLink(ctx, s.readers, tokenHash, kind, s.clock().UnixMicro())
}

func findLink(ctx context.Context, q queryer, tokenHash, kind string, now int64) (access.OneTimeLink, error) {
	link, stands, err := scanLink(q.QueryRowContext(ctx, `
		SELECT `+linkColumns+`
		FROM `+linkTables+`
		WHERE l.token_hash = $1 AND l.kind = $2 AND l.used_at IS NULL AND l.expires_at > $3
	`, tokenHash, kind, now))
	if err == nil && !stands {
		err = sql.ErrNoRows
	}
	if err != nil {
		return access.OneTimeLink{}, found(err, "link")
	}
	return link, nil
}

// UseSetupLink uses up the setup link and stores the first account, an administrator's, who leads the first team.
// The link must still work (NotFound), and there must be no account yet (Conflict).
func (s *Store) UseSetupLink(ctx context.Context, actor access.Actor, tokenHash string, u access.User) (access.User, error) {
	return writing(ctx, s, access.Actor{}, func(t *tx) (access.User, error) {
		if _, err := useLink(t, tokenHash, access.LinkSetup); err != nil {
			return u, err
		}
		var accounts int
		if err := t.row("SELECT count(*) FROM account").Scan(&accounts); err != nil {
			return u, fmt.Errorf("count accounts: %w", err)
		}
		if accounts > 0 {
			return u, assessment.Errorf(assessment.Conflict, "This installation is already set up")
		}
		u.Admin, u.ConfirmedAt = true, t.now()
		by := access.Actor{Address: actor.Address}
		u, err := createUser(t, by, u)
		if err != nil {
			return u, err
		}
		by.User = u
		team, err := teamToLead(t, by)
		if err != nil {
			return u, err
		}
		return u, setMembership(t, by, u.ID, team, access.Lead)
	})
}

// teamToLead returns the id of the oldest team, which it makes if there is none.
func teamToLead(t *tx, by access.Actor) (string, error) {
	var id string
	err := found(t.row("SELECT id FROM team ORDER BY created_at, id LIMIT 1").Scan(&id), "team")
	if assessment.CodeOf(err) != assessment.NotFound {
		return id, err
	}
	team, err := createTeam(t, by, FirstTeam)
	return team.ID, err
}

// UseResetLink uses up a link of kind reset and stores the hash of the new password of its account, of which nothing else
// opens a way in any more: sessions, API tokens and identities end. Links for a new password come from an administrator or
// the operator, so that the address is confirmed then. NotFound where the link does not work any more.
func (s *Store) UseResetLink(ctx context.Context, actor access.Actor, tokenHash, passwordHash string) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		link, err := useLink(t, tokenHash, access.LinkReset)
		if err != nil {
			return err
		}
		by, err := t.person(actor, link.User)
		if err != nil {
			return err
		}
		if err := t.closeWaysIn(by, link.User); err != nil {
			return err
		}
		if err := t.confirmAddress(by, link.User); err != nil {
			return err
		}
		if _, err := setPassword(t, link.User, passwordHash); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		return t.auditAccount(by, access.AuditPassword, link.User, "link")
	})
}

func useLink(t *tx, tokenHash, kind string) (access.OneTimeLink, error) {
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
