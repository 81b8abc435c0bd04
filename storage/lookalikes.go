package storage

import (
	"context"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// texts returns the values of a query with one column.
func (t *tx) texts(query string, args ...any) ([]string, error) {
	rows, err := t.conn.QueryContext(context.Background(), query, args...)
	return collect(rows, err, scanText)
}

// refuseLookalike returns a Conflict on the field email where an address looks like that of another account.
func (t *tx) refuseLookalike(email string) error {
	known, err := t.texts("SELECT email FROM account WHERE email <> $1", email)
	if err != nil {
		return fmt.Errorf("read addresses: %w", err)
	}
	for _, other := range known {
		if access.EmailsLookAlike(other, email) {
			return &assessment.Error{Code: assessment.Conflict, Field: "email",
				Message: "This address looks like the address of another account, but contains letters of another script. Type it again"}
		}
	}
	return nil
}

// refuseTeamLookalike returns a Conflict on the field name where another team's name looks the same.
func (t *tx) refuseTeamLookalike(teamID, name string) error {
	known, err := t.texts("SELECT name FROM team WHERE id <> $1", teamID)
	if err != nil {
		return fmt.Errorf("read names of teams: %w", err)
	}
	for _, other := range known {
		if access.LooksLike(other, name) {
			return &assessment.Error{Code: assessment.Conflict, Field: "name", Message: "A team with this name, or one that looks the same, already exists"}
		}
	}
	return nil
}

// refuseNamesake returns a Conflict on the field name where somebody else in a team of the person has a name that looks
// the same. It is asked when people change their names; two who join with the same name are told apart by their addresses.
func (t *tx) refuseNamesake(userID, name string) error {
	known, err := t.texts(`
		SELECT a.name
		FROM account a
		WHERE a.id <> $1 AND a.id IN (
			SELECT other.account_id
			FROM membership mine
			JOIN membership other ON other.team_id = mine.team_id
			WHERE mine.account_id = $1
		)
	`, userID)
	if err != nil {
		return fmt.Errorf("read names of people: %w", err)
	}
	for _, other := range known {
		if access.LooksLike(other, name) {
			return &assessment.Error{Code: assessment.Conflict, Field: "name",
				Message: "Someone in your team has this name, or one that looks the same. Add something that tells you apart"}
		}
	}
	return nil
}
