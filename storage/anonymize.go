package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Anonymize takes the name, the address and every way to sign in from a disabled account, for good, for somebody who saw
// this version of it; 0 is any. It returns the account with the name that it has instead. In the audit log, the texts that
// name the person are blanked, and the chain holds. What was written into assessments, snapshots and reports under the
// name stays.
//
// An account that is not disabled, and one that was changed since it was seen, is a Conflict. One that is anonymous already
// is no error. NotFound for an unknown account.
func (s *Store) Anonymize(ctx context.Context, by access.Actor, userID string, seen int) (access.User, error) {
	// Who may not do it any more must not blank the log either.
	before, err := writing(ctx, s, by, func(t *tx) (access.User, error) { return readUser(context.Background(), t.conn, userID) })
	if err != nil || before.Anonymous() {
		return before, err
	}
	if err := mayAnonymize(before, seen); err != nil {
		return before, err
	}
	s.closeTalliesOf(userID)
	s.settle(ctx)
	// The log first, by the address that it holds: where that is cut, all of it can be done again.
	if err := s.blankPerson(ctx, before); err != nil {
		return before, err
	}
	after, err := writing(ctx, s, by, func(t *tx) (access.User, error) { return t.anonymize(by, userID, seen) })
	if err == nil {
		s.residue.blanked()
		s.forget(ctx)
	}
	return after, err
}

func mayAnonymize(u access.User, seen int) error {
	if !u.Disabled() {
		return assessment.Errorf(assessment.Conflict, "Disable the account first, then anonymize it")
	}
	if seen != 0 && u.Version != seen {
		return assessment.Errorf(assessment.Conflict, "Someone else changed this account. Reload the page")
	}
	return nil
}

// blankPerson blanks the texts of the audit log that name a person: as who acted, from where, and in details.
func (s *Store) blankPerson(ctx context.Context, u access.User) error {
	acted := &condition{}
	acted.add("account_id =", u.ID)
	profile := &condition{parts: []string{"subject_kind = 'account'"}} // old and new names
	profile.add("subject =", u.ID)
	profile.in("action", []string{access.AuditAccountChanged, access.AuditStartedOver})
	invited := &condition{parts: []string{"subject_kind = 'invitation'"}}
	invited.parts = append(invited.parts, "detail LIKE "+invited.mark(literal(u.Email)+" as %")+" ESCAPE '!'")
	tried := &condition{parts: []string{"account_id = ''"}} // somebody who was not signed in, at this account
	tried.add("subject =", u.ID)
	revoked := &condition{parts: []string{"action = 'token.revoked'"}} // by others, who are told whose it was
	revoked.parts = append(revoked.parts, "subject IN (SELECT id FROM api_token WHERE account_id = "+revoked.mark(u.ID)+")")
	for _, one := range []struct {
		column personal
		where  *condition
	}{{personalPerson, acted}, {personalAddress, acted}, {personalAddress, tried}, {personalDetail, profile}, {personalDetail, invited}, {personalDetail, revoked}} {
		if _, err := s.blankAudit(ctx, one.column, one.where); err != nil {
			return fmt.Errorf("blank what the audit log says of account %s: %w", u.ID, err)
		}
	}
	return nil
}

// literal returns a text as LIKE with ESCAPE '!' finds it.
func literal(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

func (t *tx) anonymize(by access.Actor, userID string, seen int) (access.User, error) {
	u, err := t.account(userID)
	if err != nil || u.Anonymous() {
		return u, err
	}
	if err := mayAnonymize(u, seen); err != nil {
		return u, err
	}
	if err := t.closeWaysIn(by, u.ID); err != nil {
		return u, err
	}
	memberships, err := readMemberships(context.Background(), t.conn, u.ID)
	if err != nil {
		return u, err
	}
	for _, m := range memberships {
		if err := setMembership(t, by, u.ID, m.Team.ID, ""); err != nil {
			return u, err
		}
	}
	var earlier int
	if err := t.row("SELECT count(*) FROM account WHERE email LIKE $1", access.AnonymousEmail+"%").Scan(&earlier); err != nil {
		return u, fmt.Errorf("count anonymous accounts: %w", err)
	}
	old := u.Email
	u = u.Anonymized(earlier + 1)
	if err := t.replacePerson(u, old); err != nil {
		return u, fmt.Errorf("anonymize account %s: %w", u.ID, err)
	}
	return u, t.auditAccount(by, access.AuditAnonymized, u.ID, "")
}

// replacePerson stores an anonymous account, and removes what else is kept of the person beside it.
func (t *tx) replacePerson(u access.User, email string) error {
	var all error
	for _, one := range []struct {
		statement string
		args      []any
	}{
		{"DELETE FROM one_time_link WHERE account_id = $1 OR email = $2", []any{u.ID, email}},
		{"DELETE FROM api_token WHERE account_id = $1", []any{u.ID}},
		{"DELETE FROM import_draft WHERE account_id = $1", []any{u.ID}},
		{"DELETE FROM position WHERE account_id = $1", []any{u.ID}},
		{"UPDATE one_time_link SET invited_by = $1 WHERE made_by = $2", []any{u.Name, u.ID}},
		{"UPDATE snapshot_approval SET person = $1 WHERE account_id = $2", []any{u.Name, u.ID}},
		{"UPDATE account SET email = $1, name = $2, password_hash = '', admin = 0, time_zone = '', version = version + 1, rights = rights + 1 WHERE id = $3",
			[]any{u.Email, u.Name, u.ID}},
	} {
		_, err := t.exec(one.statement, one.args...)
		all = errors.Join(all, err)
	}
	return all
}

// residue is whether the journal may still have text that was blanked. The database itself does not: SQLite overwrites
// what it frees there.
type residue struct{ left atomic.Bool }

// blanked notes that text was blanked or removed for good.
func (r *residue) blanked() { r.left.Store(true) }

// forget empties the journal if it may have text that was blanked. Where a reader is using it the text stays there until
// the next call, or until the server stops.
func (s *Store) forget(ctx context.Context) {
	if !s.residue.left.Load() {
		return
	}
	err := s.file.emptyJournal(ctx, s.writers)
	if err == nil {
		s.residue.left.Store(false)
		return
	}
	s.logger.WarnContext(ctx, "text that was blanked may still be in the write-ahead log; it is removed when the server stops and no other process has the database open, or the next time that text is blanked", "error", err.Error())
}
