package storage

import (
	"context"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SetUserDisabled bars an account, or lets it in again, whatever else was changed about it.
func (s *Store) SetUserDisabled(ctx context.Context, actor access.Actor, userID string, disabled bool) error {
	change := access.AccountEnable
	if disabled {
		change = access.AccountDisable
	}
	return s.changeAccount(ctx, actor, userID, 0, change)
}

// SetAdmin makes a person an administrator, or takes that from them, whatever else was changed about the account.
func (s *Store) SetAdmin(ctx context.Context, actor access.Actor, userID string, admin bool) error {
	change := access.AccountTakeAdmin
	if admin {
		change = access.AccountMakeAdmin
	}
	return s.changeAccount(ctx, actor, userID, 0, change)
}

// ChangeAccount changes what an account may do, for somebody who saw this version of it. One that was changed since is a
// *assessment.AccountConflict, unless the account is already as requested, which is not an error. Nobody bars themselves
// or takes the administration from themselves, and somebody is left who administers: all else is a Conflict. NotFound for
// an unknown account.
//
// An account that is barred, or let in again, loses its sessions; one that is barred loses the links for a new password
// and its tokens, for good. What an administrator may do holds from the person's next request on, which gives
// their session a new id.
func (s *Store) ChangeAccount(ctx context.Context, actor access.Actor, userID string, seen int, change access.AccountChange) error {
	if seen <= 0 {
		return assessment.Errorf(assessment.VersionRequired, "The request does not include the version of the account")
	}
	return s.changeAccount(ctx, actor, userID, seen, change)
}

// changeAccount does what ChangeAccount does; seen 0 is any version.
func (s *Store) changeAccount(ctx context.Context, by access.Actor, userID string, seen int, change access.AccountChange) error {
	if by.User.ID == userID {
		if err := refuseOwn(change); err != nil {
			return err
		}
	}
	action, known := accountActions[change]
	if !known {
		return assessment.Errorf(assessment.Invalid, "This account action does not exist")
	}
	return s.writer.do(ctx, by, func(t *tx) error {
		user, err := t.account(userID)
		if err != nil || change.Done(user) {
			return err
		}
		if user.Anonymous() {
			return assessment.Errorf(assessment.Conflict, "This account was anonymized, which cannot be undone. Create a new account for the person")
		}
		if seen != 0 && user.Version != seen {
			return &access.AccountConflict{Saved: user, Wish: change}
		}
		if seen != 0 && change == access.AccountMakeAdmin && !user.Confirmed() {
			return assessment.Errorf(assessment.Conflict, "%s is not confirmed as the address of %s. Create a password link "+
				"for them first", user.Email, user.Name)
		}
		if err := t.setRights(userID, change); err != nil {
			return err
		}
		if change == access.AccountDisable {
			if _, err := t.revokeTokens(orSelf(by, user), userID); err != nil {
				return err
			}
		}
		if user.Admin && (change == access.AccountDisable || change == access.AccountTakeAdmin) {
			if err := t.keepAdmin(by); err != nil {
				return err
			}
		}
		return t.auditAccount(orSelf(by, user), action, userID, "")
	})
}

// refuseOwn returns a Conflict for what nobody may do to themselves.
func refuseOwn(change access.AccountChange) error {
	switch change {
	case access.AccountDisable:
		return assessment.Errorf(assessment.Conflict, "You cannot disable your own account")
	case access.AccountTakeAdmin:
		return assessment.Errorf(assessment.Conflict, "You cannot revoke your own administration. Ask another administrator")
	}
	return nil
}

// accountActions is what the audit log calls each change.
var accountActions = map[access.AccountChange]string{
	access.AccountDisable:   access.AuditAccountDisabled,
	access.AccountEnable:    access.AuditAccountEnabled,
	access.AccountMakeAdmin: access.AuditAdminGranted,
	access.AccountTakeAdmin: access.AuditAdminTaken,
}

// account returns an account as it is in this transaction.
func (t *tx) account(id string) (access.User, error) {
	user, err := scanUser(t.row("SELECT "+accountColumns+" FROM account WHERE id = $1", id))
	return user, found(err, "account")
}

// setRights writes a change of an account.
func (t *tx) setRights(userID string, change access.AccountChange) error {
	column, value := "admin", any(flag(change == access.AccountMakeAdmin))
	switch change {
	case access.AccountDisable:
		column, value = "disabled_at", micros(t.now())
	case access.AccountEnable:
		column, value = "disabled_at", nil
	}
	if column == "disabled_at" {
		if err := endSessions(t, userID); err != nil {
			return err
		}
	}
	if change == access.AccountDisable {
		if err := endResetLinks(t, userID); err != nil {
			return err
		}
	}
	_, err := t.exec("UPDATE account SET "+column+" = $1, version = version + 1, rights = rights + 1 WHERE id = $2", value, userID)
	if err != nil {
		return fmt.Errorf("change account %s: %w", userID, err)
	}
	return nil
}

// keepAdmin returns a Conflict where nobody is left who administers.
func (t *tx) keepAdmin(by access.Actor) error {
	if nobody(by) {
		return nil // nobody asks: the data folder is being prepared
	}
	var left int
	err := t.row(`
		SELECT count(*)
		FROM account
		WHERE admin = 1 AND disabled_at IS NULL
	`).Scan(&left)
	if err != nil {
		return fmt.Errorf("count administrators: %w", err)
	}
	if left == 0 {
		return assessment.Errorf(assessment.Conflict, "This is the last administrator. Make someone else an administrator first")
	}
	return nil
}

// CreateResetLink stores a link by which a person chooses a new password, for somebody who saw this version of the
// account; errors are those of ChangeAccount, and a Conflict where the person signs in elsewhere. It replaces the unused ones.
func (s *Store) CreateResetLink(ctx context.Context, actor access.Actor, link access.OneTimeLink, seen int) error {
	link.Kind = access.LinkReset
	return s.writer.do(ctx, actor, func(t *tx) error {
		user, err := t.account(link.User)
		if err != nil {
			return err
		}
		if user.Version != seen {
			return &access.AccountConflict{Saved: user, Wish: access.AccountReset}
		}
		if user.PasswordHash == "" {
			return assessment.Errorf(assessment.Conflict, "%s uses single sign-on and has no password here", user.Name)
		}
		return createLink(t, actor, link)
	})
}
