package storage

import (
	"context"
	"errors"
	"fmt"

	"plumbline/assessment/access"
)

// closeWaysIn ends everything by which somebody could get into an account without its password: sessions, links for a
// new password, API tokens, and identities.
func (t *tx) closeWaysIn(by access.Actor, userID string) error {
	if err := errors.Join(endSessions(t, userID), endResetLinks(t, userID)); err != nil {
		return err
	}
	if _, err := t.revokeTokens(by, userID); err != nil {
		return err
	}
	n, err := t.exec("DELETE FROM identity WHERE account_id = $1", userID)
	if err != nil {
		return fmt.Errorf("remove identities: %w", err)
	}
	if n == 0 {
		return nil
	}
	return t.auditAccount(by, access.AuditIdentityRemoved, userID, "")
}

// confirmAddress notes that a person has shown that the address of the account is theirs, unless it is noted already.
func (t *tx) confirmAddress(by access.Actor, userID string) error {
	n, err := t.exec("UPDATE account SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL", micros(t.now()), userID)
	if err != nil {
		return fmt.Errorf("confirm the address: %w", err)
	}
	if n == 0 {
		return nil
	}
	return t.auditAccount(by, access.AuditConfirmed, userID, "")
}

// startOver gives an account whose address nobody confirmed to somebody who came to it by another way: with a new name
// where there is one, and a new password, which is empty for people who sign in elsewhere. Nothing opens it to those who
// had it before, and what they left unfinished is gone. Memberships stay.
func (t *tx) startOver(by access.Actor, before, fresh access.User) (access.User, error) {
	after := before
	after.PasswordHash, after.Version = fresh.PasswordHash, before.Version+1
	if fresh.Name != "" {
		after.Name = fresh.Name
	}
	by.User = after
	if err := t.closeWaysIn(by, before.ID); err != nil {
		return after, err
	}
	if _, err := t.exec("DELETE FROM import_draft WHERE account_id = $1", before.ID); err != nil {
		return after, fmt.Errorf("drop imports: %w", err)
	}
	_, err := t.exec("UPDATE account SET name = $1, password_hash = $2, version = $3 WHERE id = $4", after.Name, after.PasswordHash,
		after.Version, after.ID)
	if err != nil {
		return after, fmt.Errorf("start the account over: %w", err)
	}
	return after, t.auditAccount(by, access.AuditStartedOver, after.ID, profileChange(before, after))
}

// ClaimAccount gives an account whose address nobody confirmed to somebody whom another system knows by the address, which
// it has verified. They sign in by their identity from then on, and keep the memberships: the teams gave them to the
// address. NotFound where there is no such account, or it is disabled or confirmed.
func (s *Store) ClaimAccount(ctx context.Context, actor access.Actor, person access.User, identity access.Identity) (access.User, error) {
	return writing(ctx, s, actor, func(t *tx) (access.User, error) {
		before, err := scanUser(t.row("SELECT "+accountColumns+" FROM account WHERE email = $1", access.FoldEmail(person.Email)))
		if err != nil {
			return before, found(err, "account")
		}
		if before.Confirmed() || before.Disabled() {
			return before, absent("account")
		}
		by := access.Actor{Address: actor.Address}
		after, err := t.startOver(by, before, access.User{Name: person.Name})
		if err != nil {
			return after, err
		}
		by.User = after
		if err := addIdentity(t, by, identity); err != nil {
			return after, err
		}
		return after, t.confirmAddress(by, after.ID)
	})
}
