package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

const accountColumns = `id, email, name, password_hash, admin, version, time_zone, created_at, confirmed_at, disabled_at`

func scanUser(row interface{ Scan(...any) error }) (access.User, error) {
	var u access.User
	err := row.Scan(&u.ID, &u.Email, &u.Name, &u.PasswordHash, &u.Admin, &u.Version, &u.TimeZone,
		moment{&u.CreatedAt}, moment{&u.ConfirmedAt}, moment{&u.DisabledAt})
	return u, err
}

// UserCount returns the number of accounts, disabled ones included.
func (s *Store) UserCount(ctx context.Context) (int, error) {
	var n int
	if err := s.readers.QueryRowContext(ctx, "SELECT count(*) FROM account").Scan(&n); err != nil {
		return 0, translate(fmt.Errorf("count accounts: %w", err))
	}
	return n, nil
}

// CreateUser stores a new account and returns it with its id, its address in lower case, version 1 and the time. An
// address that is taken is a Conflict on the field email.
func (s *Store) CreateUser(ctx context.Context, actor access.Actor, u access.User) (access.User, error) {
	return writing(ctx, s, actor, func(t *tx) (access.User, error) {
		return createUser(t, actor, u)
	})
}

// createUser stores an account; where by is nobody, the person did it themselves.
func createUser(t *tx, by access.Actor, u access.User) (access.User, error) {
	u.ID, u.Email, u.Version, u.CreatedAt = ids.New(), access.FoldEmail(u.Email), 1, t.now()
	if u.Email == "" {
		return u, assessment.InvalidField("email", "Enter an email address")
	}
	if err := t.refuseLookalike(u.Email); err != nil {
		return u, err
	}
	_, err := t.exec(`
		INSERT INTO account (id, email, name, password_hash, admin, version, time_zone, created_at, confirmed_at, disabled_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	`, u.ID, u.Email, u.Name, u.PasswordHash, flag(u.Admin), u.Version, u.TimeZone, micros(u.CreatedAt), micros(u.ConfirmedAt),
		micros(u.DisabledAt))
	if isDuplicate(err) {
		return u, errAddressTaken()
	}
	if err != nil {
		return u, fmt.Errorf("create account: %w", err)
	}
	return u, t.auditAccount(orSelf(by, u), access.AuditAccountCreated, u.ID, "")
}

// orSelf returns who acts: the person themselves where by names nobody.
func orSelf(by access.Actor, u access.User) access.Actor {
	if nobody(by) {
		by.User = u
	}
	return by
}

// User returns an account, NotFound if there is none.
func (s *Store) User(ctx context.Context, id string) (access.User, error) {
	return readUser(ctx, s.readers, id)
}

func readUser(ctx context.Context, q queryer, id string) (access.User, error) {
	u, err := scanUser(q.QueryRowContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		WHERE id = $1
	`, id))
	return u, found(err, "account")
}

// UserByEmail returns the account with an address, in whatever case that is written, NotFound if there is none.
func (s *Store) UserByEmail(ctx context.Context, email string) (access.User, error) {
	u, err := scanUser(s.readers.QueryRowContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		WHERE email IN ($1, $2)
		ORDER BY CASE WHEN email = $1 THEN 0 ELSE 1 END
		LIMIT 1
	`, access.FoldEmail(email), access.TypedEmail(email)))
	return u, found(err, "account")
}

// Users returns all accounts in the order of their addresses.
func (s *Store) Users(ctx context.Context) ([]access.User, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		ORDER BY email
	`)
	return collect(rows, err, func(rows *sql.Rows) (access.User, error) { return scanUser(rows) })
}

// SetProfile changes the name and the time zone of an account; an empty zone is UTC. What the person did before keeps the
// name of that time. Errors are on the fields name and time_zone.
func (s *Store) SetProfile(ctx context.Context, actor access.Actor, userID, name, zone string) error {
	var errs assessment.Errors
	name, err := access.CheckPersonName(name)
	if err != nil {
		errs = append(errs, err)
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		errs = append(errs, assessment.InvalidField("time_zone", absence("time zone")))
	}
	if err := errs.Err(); err != nil {
		return err
	}
	return s.writer.do(ctx, actor, func(t *tx) error {
		before, err := t.account(userID)
		if err != nil {
			return err
		}
		if before.Name != name {
			if err := t.refuseNamesake(userID, name); err != nil {
				return err
			}
		}
		if _, err := t.exec("UPDATE account SET name = $1, time_zone = $2 WHERE id = $3", name, zone, userID); err != nil {
			return fmt.Errorf("change account %s: %w", userID, err)
		}
		after := before
		after.Name, after.TimeZone = name, zone
		return t.auditAccount(orSelf(actor, before), access.AuditAccountChanged, userID, profileChange(before, after))
	})
}

// profileChange says what the log keeps of a profile: each value that is another one now, as it was and as it is.
func profileChange(before, after access.User) string {
	var changes []string
	if before.Name != after.Name {
		changes = append(changes, "name "+before.Name+" → "+after.Name)
	}
	if before.TimeZone != after.TimeZone {
		changes = append(changes, "time zone "+cmp.Or(before.TimeZone, "UTC")+" → "+cmp.Or(after.TimeZone, "UTC"))
	}
	return strings.Join(changes, ", ")
}

// RenewHash replaces the hash of a password that itself stays as it is; sessions go on. Where the hash is not the one
// that was seen, the password has changed meanwhile, and nothing happens.
func (s *Store) RenewHash(ctx context.Context, userID, seen, hash string) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		_, err := t.exec("UPDATE account SET password_hash = $1 WHERE id = $2 AND password_hash = $3", hash, userID, seen)
		if err != nil {
			return fmt.Errorf("renew the hash of account %s: %w", userID, err)
		}
		return nil
	})
}

// SetPassword stores the hash of a new password, and ends all sessions of the account and the links that would set
// another one.
func (s *Store) SetPassword(ctx context.Context, actor access.Actor, userID, hash string) error {
	return s.changeUser(ctx, actor, userID, access.AuditPassword, func(t *tx) (int64, error) {
		return setPassword(t, userID, hash)
	})
}

func setPassword(t *tx, userID, hash string) (int64, error) {
	if err := errors.Join(endSessions(t, userID), endResetLinks(t, userID)); err != nil {
		return 0, err
	}
	return t.exec("UPDATE account SET password_hash = $1, version = version + 1 WHERE id = $2", hash, userID)
}

func endSessions(t *tx, userID string) error {
	if _, err := t.exec("DELETE FROM session WHERE account_id = $1", userID); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

func endResetLinks(t *tx, userID string) error {
	_, err := t.exec("DELETE FROM one_time_link WHERE kind = 'reset' AND account_id = $1 AND used_at IS NULL", userID)
	if err != nil {
		return fmt.Errorf("end links: %w", err)
	}
	return nil
}

// changeUser runs a change that returns how many accounts it concerned, and returns NotFound if that is 0.
func (s *Store) changeUser(ctx context.Context, actor access.Actor, userID, action string, change func(*tx) (int64, error)) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		by, err := t.person(actor, userID)
		if err != nil {
			return err
		}
		n, err := change(t)
		if err != nil {
			return fmt.Errorf("change account %s: %w", userID, err)
		}
		if n == 0 {
			return absent("account")
		}
		return t.auditAccount(by, action, userID, "")
	})
}

func errAddressTaken() error {
	return &assessment.Error{Code: assessment.Conflict, Field: "email", Message: "An account with this address already exists"}
}
