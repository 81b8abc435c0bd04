package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"plumbline/assessment"
)

const accountColumns = `id, email, name, password_hash, admin, version, created_at, disabled_at`

func scanUser(row interface{ Scan(...any) error }) (assessment.User, error) {
	var u assessment.User
	err := row.Scan(&u.ID, &u.Email, &u.Name, &u.PasswordHash, &u.Admin, &u.Version,
		moment{&u.CreatedAt}, moment{&u.DisabledAt})
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
func (s *Store) CreateUser(ctx context.Context, u assessment.User) (assessment.User, error) {
	return writing(ctx, s, func(t *tx) (assessment.User, error) { return createUser(t, u) })
}

func createUser(t *tx, u assessment.User) (assessment.User, error) {
	u.ID, u.Email, u.Version, u.CreatedAt = newID(), foldEmail(u.Email), 1, t.now()
	if u.Email == "" {
		return u, assessment.InvalidField("email", "An e-mail address is needed")
	}
	_, err := t.exec(`
		INSERT INTO account (id, email, name, password_hash, admin, version, created_at, disabled_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	`, u.ID, u.Email, u.Name, u.PasswordHash, flag(u.Admin), u.Version, micros(u.CreatedAt), micros(u.DisabledAt))
	if isDuplicate(err) {
		return u, &assessment.Error{Code: assessment.Conflict, Field: "email",
			Message: "There is already an account with this address", Err: err}
	}
	if err != nil {
		return u, fmt.Errorf("create account: %w", err)
	}
	return u, nil
}

func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// User returns an account, NotFound where there is none.
func (s *Store) User(ctx context.Context, id string) (assessment.User, error) {
	u, err := scanUser(s.readers.QueryRowContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		WHERE id = $1
	`, id))
	return u, found(err, "account")
}

// UserByEmail returns the account with an address, in whatever case that is written, NotFound where there is none.
func (s *Store) UserByEmail(ctx context.Context, email string) (assessment.User, error) {
	u, err := scanUser(s.readers.QueryRowContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		WHERE email = $1
	`, foldEmail(email)))
	return u, found(err, "account")
}

// Users returns all accounts in the order of their addresses.
func (s *Store) Users(ctx context.Context) ([]assessment.User, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+accountColumns+`
		FROM account
		ORDER BY email
	`)
	return collect(rows, err, func(rows *sql.Rows) (assessment.User, error) { return scanUser(rows) })
}

// RenameUser changes the name of an account. What the person did before keeps the name of that time.
func (s *Store) RenameUser(ctx context.Context, userID, name string) error {
	return s.changeUser(ctx, userID, func(t *tx) (int64, error) {
		return t.exec("UPDATE account SET name = $1 WHERE id = $2", name, userID)
	})
}

// SetPassword stores the hash of a new password and ends all sessions of the account.
func (s *Store) SetPassword(ctx context.Context, userID, hash string) error {
	return s.changeUser(ctx, userID, func(t *tx) (int64, error) { return setPassword(t, userID, hash) })
}

func setPassword(t *tx, userID, hash string) (int64, error) {
	if _, err := t.exec("DELETE FROM session WHERE account_id = $1", userID); err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	return t.exec("UPDATE account SET password_hash = $1, version = version + 1 WHERE id = $2", hash, userID)
}

// SetUserDisabled bars an account, or lets it in again, and ends all its sessions.
func (s *Store) SetUserDisabled(ctx context.Context, userID string, disabled bool) error {
	return s.changeUser(ctx, userID, func(t *tx) (int64, error) {
		if _, err := t.exec("DELETE FROM session WHERE account_id = $1", userID); err != nil {
			return 0, fmt.Errorf("end sessions: %w", err)
		}
		var since any
		if disabled {
			since = micros(t.now())
		}
		return t.exec("UPDATE account SET disabled_at = $1, version = version + 1 WHERE id = $2", since, userID)
	})
}

// changeUser runs a change that returns how many accounts it concerned, and returns NotFound where that is none.
func (s *Store) changeUser(ctx context.Context, userID string, change func(*tx) (int64, error)) error {
	return s.writer.do(ctx, func(t *tx) error {
		n, err := change(t)
		if err != nil {
			return fmt.Errorf("change account %s: %w", userID, err)
		}
		if n == 0 {
			return assessment.Errorf(assessment.NotFound, "There is no such account")
		}
		return nil
	})
}
