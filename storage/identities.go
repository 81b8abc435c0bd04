package storage

import (
	"context"
	"database/sql"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// UserByIdentity returns the account of somebody whom another system knows, NotFound if there is none. A barred
// account comes back as well.
func (s *Store) UserByIdentity(ctx context.Context, identity access.Identity) (access.User, error) {
	u, err := scanUser(s.readers.QueryRowContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		WHERE id = (SELECT account_id FROM identity WHERE issuer = $1 AND subject = $2)
	`, identity.Issuer, identity.Subject))
	return u, found(err, "account")
}

// Identities returns by what a person can sign in, in the order of issuers and subjects.
func (s *Store) Identities(ctx context.Context, userID string) ([]access.Identity, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT issuer, subject
		FROM identity
		WHERE account_id = $1
		ORDER BY issuer, subject
	`, userID)
	return collect(rows, err, func(rows *sql.Rows) (i access.Identity, err error) {
		err = rows.Scan(&i.Issuer, &i.Subject)
		return i, err
	})
}

// CreateUserWithIdentity stores a new account together with the identity that signs it in. Its address is confirmed, by
// the provider. An address that is taken is a Conflict on the field email: that account is somebody's who has not shown that
// it is theirs. An identity that is taken is a Conflict.
func (s *Store) CreateUserWithIdentity(ctx context.Context, actor access.Actor, u access.User,
	identity access.Identity) (access.User, error) {
	return writing(ctx, s, actor, func(t *tx) (access.User, error) {
		by := access.Actor{Address: actor.Address}
		u.ConfirmedAt = t.now()
		u, err := createUser(t, by, u)
		if err != nil {
			return u, err
		}
		by.User = u
		return u, addIdentity(t, by, identity)
	})
}

// AddIdentity lets the actor sign in with an identity from now on. One that is somebody else's is a Conflict, one that
// is their own already is no error.
func (s *Store) AddIdentity(ctx context.Context, actor access.Actor, identity access.Identity) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		var owner string
		err := found(t.row("SELECT account_id FROM identity WHERE issuer = $1 AND subject = $2", identity.Issuer,
			identity.Subject).Scan(&owner), "identity")
		if err == nil && owner == actor.User.ID {
			return nil
		}
		if err != nil && assessment.CodeOf(err) != assessment.NotFound {
			return err
		}
		return addIdentity(t, actor, identity)
	})
}

func addIdentity(t *tx, by access.Actor, identity access.Identity) error {
	if identity.Issuer == "" || identity.Subject == "" {
		return assessment.Errorf(assessment.Invalid, "An identity needs an issuer and a subject")
	}
	_, err := t.exec("INSERT INTO identity (issuer, subject, account_id, created_at) VALUES ($1, $2, $3, $4)",
		identity.Issuer, identity.Subject, by.User.ID, micros(t.now()))
	if isDuplicate(err) {
		return assessment.Wrap(assessment.Conflict, err, "This identity belongs to another account")
	}
	if isDangling(err) {
		return assessment.Wrap(assessment.NotFound, err, absence("account"))
	}
	if err != nil {
		return fmt.Errorf("add identity: %w", err)
	}
	return t.auditAccount(by, access.AuditIdentity, by.User.ID, identity.Issuer)
}
