package storage

import (
	"context"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// ChangeMember gives a member of a team another role, or takes them out of it where the role is empty; seen is the role
// that whoever asks saw. One that was changed since is a Conflict, and so is taking the last lead from a team, which
// only an administrator may do; leads whose account is disabled do not count. Somebody who is no member is NotFound.
// What is already as requested is no error.
func (s *Store) ChangeMember(ctx context.Context, actor access.Actor, teamID, userID string, seen, role access.Role) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		now, err := roleOf(t, userID, teamID)
		switch {
		case err != nil:
			return err
		case now == role && now != "":
			return nil
		case now == "":
			return assessment.Errorf(assessment.NotFound, "This person is not in the team")
		case now != seen:
			return assessment.Errorf(assessment.Conflict, "Somebody changed this role in the meantime")
		}
		if now == access.Lead && !actor.User.Admin {
			if err := refuseLastLead(t, teamID, userID); err != nil {
				return err
			}
		}
		return setMembership(t, actor, userID, teamID, role)
	})
}

// refuseLastLead returns a Conflict where a team has no other lead than this one.
func refuseLastLead(t *tx, teamID, userID string) error {
	var others int
	err := t.row(`
		SELECT count(*)
		FROM membership m
		JOIN account a ON a.id = m.account_id
		WHERE m.team_id = $1 AND m.role = 'lead' AND m.account_id <> $2 AND a.disabled_at IS NULL
	`, teamID, userID).Scan(&others)
	if err != nil {
		return fmt.Errorf("count leads: %w", err)
	}
	if others == 0 {
		return assessment.Errorf(assessment.Conflict, "A team keeps at least one lead. Make somebody else a lead first")
	}
	return nil
}
