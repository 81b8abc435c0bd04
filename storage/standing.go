package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// stands returns an error unless whoever acts may still do all that they might when they were let in: a request can be
// on its way for half a minute. Strangers have nothing to lose. It is asked before each write, so that nothing is
// stored for somebody who was barred, demoted or taken out of a team, or whose token was revoked.
func (t *tx) stands(by access.Actor) error {
	if by.User.ID == "" {
		return nil
	}
	if err := t.tokenStands(by); err != nil {
		return err
	}
	now := access.Actor{User: access.User{ID: by.User.ID}}
	err := t.row("SELECT rights, admin, disabled_at FROM account WHERE id = $1", by.User.ID).
		Scan(&now.Rights, &now.User.Admin, moment{&now.User.DisabledAt})
	if errors.Is(err, sql.ErrNoRows) {
		return absent("account")
	}
	if err != nil {
		return fmt.Errorf("read the rights of account %s: %w", by.User.ID, err)
	}
	if now.Rights == by.Rights {
		return nil // counted with each change of them
	}
	if by.Rights == 0 {
		return access.CheckEnabled(now.User) // no door let them in: the program acts in their name
	}
	if now.Memberships, err = readMemberships(context.Background(), t.conn, by.User.ID); err != nil {
		return fmt.Errorf("read the roles of account %s: %w", by.User.ID, err)
	}
	return by.CheckStanding(now)
}

func (t *tx) tokenStands(by access.Actor) error {
	if by.TokenID == "" {
		return nil
	}
	var working int
	err := t.row(`
		SELECT count(*)
		FROM api_token
		WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2
	`, by.TokenID, t.now().UnixMicro()).Scan(&working)
	if err != nil {
		return fmt.Errorf("read token %s: %w", by.TokenID, err)
	}
	if working == 0 {
		return assessment.Errorf(assessment.Unauthenticated, "The token no longer works, so nothing was saved")
	}
	return nil
}
