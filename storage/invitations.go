package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Invite stores a link that lets somebody into a team and returns it with its id, the team's name and who invited. Of
// it, TokenHash, Team.ID, Role, Email and ExpiresAt are taken. It replaces the unused ones for the same address and
// team. An unknown role or a malformed address is Invalid, the address of a member a Conflict on the field email, an
// unknown team NotFound.
func (s *Store) Invite(ctx context.Context, actor access.Actor, link access.OneTimeLink) (access.OneTimeLink, error) {
	var errs assessment.Errors
	email, problem := access.CheckEmail(link.Email)
	if problem != nil {
		errs = append(errs, problem)
	}
	if problem := access.CheckRole(link.Role); problem != nil {
		errs = append(errs, problem)
	}
	if err := errs.Err(); err != nil {
		return link, err
	}
	link.Kind, link.Email, link.User = access.LinkInvite, email, ""
	link.MadeBy, link.InvitedBy = actor.User.ID, actor.User.Name
	link.Confirms = actor.User.Admin
	return writing(ctx, s, actor, func(t *tx) (access.OneTimeLink, error) { return invite(t, actor, link) })
}

func invite(t *tx, actor access.Actor, link access.OneTimeLink) (access.OneTimeLink, error) {
	err := t.row("SELECT name FROM team WHERE id = $1", link.Team.ID).Scan(&link.Team.Name)
	if err != nil {
		return link, found(err, "team")
	}
	if err := refuseMember(t, link); err != nil {
		return link, err
	}
	if err := t.refuseLookalike(link.Email); err != nil {
		return link, err
	}
	_, err = t.exec("DELETE FROM one_time_link WHERE kind = 'invite' AND used_at IS NULL AND team_id = $1 AND email = $2",
		link.Team.ID, link.Email)
	if err != nil {
		return link, fmt.Errorf("replace invitation: %w", err)
	}
	if err := t.checkInvitations(link.Team.ID); err != nil {
		return link, err
	}
	if link, err = insertLink(t, link); err != nil {
		return link, err
	}
	return link, t.auditInvitation(actor, access.AuditInvited, link)
}

func (t *tx) auditInvitation(by access.Actor, action string, link access.OneTimeLink) error {
	return t.audit(by, access.AuditEntry{Team: link.Team.ID, Action: action, SubjectKind: "invitation", Subject: link.ID,
		Detail: link.Email + " as " + string(link.Role)})
}

// refuseMember returns a Conflict where the address of an invitation belongs to somebody who is in the team.
func refuseMember(t *tx, link access.OneTimeLink) error {
	var id string
	err := t.row(`
		SELECT a.id
		FROM account a
		JOIN membership m ON m.account_id = a.id
		WHERE a.email = $1 AND m.team_id = $2
	`, link.Email, link.Team.ID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read members: %w", err)
	}
	return &assessment.Error{Code: assessment.Conflict, Field: "email", Message: "This person is already in the team"}
}

// UseInvite uses up an invitation and returns the account that is in the team now. The link is for its address alone.
//
// A user with an id is signed in: another address is Forbidden, and a role that covers the invitation's stays. A user
// without an id is somebody new, who gets an account with the address, whatever the user says. Where there is one already,
// a Conflict on the field email says to sign in first; but one whose address nobody confirmed starts over for them, with
// their name and password, where it is in no team or the link is an administrator's: a lead throws nobody of another team
// out of their account. It also starts over for people who are signed in and bring a new password.
//
// NotFound where the link does not work any more, and for an account that is unknown or barred.
func (s *Store) UseInvite(ctx context.Context, actor access.Actor, tokenHash string, u access.User) (access.User, error) {
	return writing(ctx, s, actor, func(t *tx) (access.User, error) {
		link, err := useLink(t, tokenHash, access.LinkInvite)
		if err != nil {
			return u, err
		}
		by := access.Actor{Address: actor.Address}
		if u, err = invited(t, by, link, u); err != nil {
			return u, err
		}
		by.User = u
		if link.Confirms {
			if err := t.confirmAddress(by, u.ID); err != nil {
				return u, err
			}
		}
		if err := join(t, by, link); err != nil {
			return u, err
		}
		return u, t.auditInvitation(by, access.AuditInvitationUsed, link)
	})
}

// invited returns the account that joins.
func invited(t *tx, by access.Actor, link access.OneTimeLink, u access.User) (access.User, error) {
	if u.ID == "" {
		return newcomer(t, by, link, u)
	}
	known, err := t.account(u.ID)
	switch {
	case err != nil:
		return known, err
	case known.Disabled():
		return known, absent("account")
	case known.Email != link.Email:
		return known, assessment.Errorf(assessment.Forbidden, "This invitation is for %s", link.Email)
	case known.Confirmed() || u.PasswordHash == "" || u.PasswordHash == known.PasswordHash:
		return known, nil
	}
	return t.startOver(by, known, access.User{PasswordHash: u.PasswordHash})
}

// newcomer returns the account of somebody who is not signed in.
func newcomer(t *tx, by access.Actor, link access.OneTimeLink, u access.User) (access.User, error) {
	known, err := scanUser(t.row("SELECT "+accountColumns+" FROM account WHERE email = $1", link.Email))
	if err = found(err, "account"); err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return u, err
	}
	if err != nil {
		u.Email, u.Admin, u.ConfirmedAt = link.Email, false, time.Time{}
		return createUser(t, by, u)
	}
	memberships, err := readMemberships(context.Background(), t.conn, known.ID)
	if err != nil {
		return u, err
	}
	if !link.StartsOver(known, memberships) {
		return u, errAddressTaken()
	}
	return t.startOver(by, known, u)
}

func join(t *tx, by access.Actor, link access.OneTimeLink) error {
	role, err := roleOf(t, by.User.ID, link.Team.ID)
	if err != nil || role.Covers(link.Role) {
		return err
	}
	return setMembership(t, by, by.User.ID, link.Team.ID, link.Role)
}

// Invitations returns the invitations to a team that still work, the newest first.
func (s *Store) Invitations(ctx context.Context, teamID string) ([]access.OneTimeLink, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+linkColumns+`
		FROM `+linkTables+`
		WHERE l.team_id = $1 AND l.used_at IS NULL AND l.expires_at > $2
		ORDER BY l.created_at DESC, l.id
	`, teamID, s.clock().UnixMicro())
	var working []access.OneTimeLink
	_, err = collect(rows, err, func(rows *sql.Rows) (access.OneTimeLink, error) {
		link, stands, err := scanLink(rows)
		if stands {
			working = append(working, link)
		}
		return link, err
	})
	return working, err
}

// RevokeInvitation takes back an invitation to a team by its id. NotFound if there is none that was not used.
func (s *Store) RevokeInvitation(ctx context.Context, actor access.Actor, teamID, id string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		link, _, err := scanLink(t.row(`
			SELECT `+linkColumns+`
			FROM `+linkTables+`
			WHERE l.id = $1 AND l.team_id = $2 AND l.used_at IS NULL
		`, id, teamID))
		if err != nil {
			return found(err, "invitation")
		}
		if _, err := t.exec("DELETE FROM one_time_link WHERE id = $1", id); err != nil {
			return fmt.Errorf("revoke invitation: %w", err)
		}
		return t.auditInvitation(actor, access.AuditInvitationRevoked, link)
	})
}
