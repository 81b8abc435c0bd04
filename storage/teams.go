package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"plumbline/assessment"
)

// FirstTeam is the name of the team that the setup makes.
const FirstTeam = "Everyone"

// Teams returns all teams in the order of their names.
func (s *Store) Teams(ctx context.Context) ([]assessment.Team, error) {
	rows, err := s.readers.QueryContext(ctx, "SELECT id, name FROM team ORDER BY name, id")
	return collect(rows, err, func(rows *sql.Rows) (team assessment.Team, err error) {
		err = rows.Scan(&team.ID, &team.Name)
		return team, err
	})
}

// CreateTeam stores a new team. A name that is taken is a Conflict on the field name.
func (s *Store) CreateTeam(ctx context.Context, name string) (assessment.Team, error) {
	return writing(ctx, s, func(t *tx) (assessment.Team, error) { return createTeam(t, name) })
}

func createTeam(t *tx, name string) (assessment.Team, error) {
	team := assessment.Team{ID: newID(), Name: strings.TrimSpace(name)}
	if team.Name == "" {
		return team, assessment.InvalidField("name", "A team needs a name")
	}
	_, err := t.exec("INSERT INTO team (id, name, created_at) VALUES ($1, $2, $3)", team.ID, team.Name, micros(t.now()))
	if isDuplicate(err) {
		return team, &assessment.Error{Code: assessment.Conflict, Field: "name",
			Message: "There is already a team with this name", Err: err}
	}
	if err != nil {
		return team, fmt.Errorf("create team: %w", err)
	}
	return team, nil
}

// SetMembership gives a person a role in a team, or takes it away where the role is empty. It holds from the person's
// next request on.
func (s *Store) SetMembership(ctx context.Context, userID, teamID string, role assessment.Role) error {
	return s.writer.do(ctx, func(t *tx) error { return setMembership(t, userID, teamID, role) })
}

func setMembership(t *tx, userID, teamID string, role assessment.Role) error {
	var err error
	switch role {
	case "":
		_, err = t.exec("DELETE FROM membership WHERE account_id = $1 AND team_id = $2", userID, teamID)
	case assessment.Viewer, assessment.Architect, assessment.Lead:
		_, err = t.exec(`
			INSERT INTO membership (account_id, team_id, role)
			VALUES ($1, $2, $3)
			ON CONFLICT (account_id, team_id) DO UPDATE SET role = excluded.role
		`, userID, teamID, string(role))
	default:
		return assessment.InvalidField("role", "There is no such role")
	}
	if isDangling(err) {
		return assessment.Wrap(assessment.NotFound, err, "There is no such account or team")
	}
	if err != nil {
		return fmt.Errorf("set membership: %w", err)
	}
	return nil
}

// Memberships returns the roles of a person in the order of the teams' names.
func (s *Store) Memberships(ctx context.Context, userID string) ([]assessment.Membership, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT t.id, t.name, m.role
		FROM membership m
		JOIN team t ON t.id = m.team_id
		WHERE m.account_id = $1
		ORDER BY t.name, t.id
	`, userID)
	return collect(rows, err, func(rows *sql.Rows) (m assessment.Membership, err error) {
		err = rows.Scan(&m.Team.ID, &m.Team.Name, &m.Role)
		return m, err
	})
}
