package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// FirstTeam is the name of the team that the setup makes.
const FirstTeam = "Everyone"

// Teams returns all teams in the order of their names.
func (s *Store) Teams(ctx context.Context) ([]access.Team, error) {
	rows, err := s.readers.QueryContext(ctx, "SELECT id, name FROM team ORDER BY name, id")
	teams, err := collect(rows, err, func(rows *sql.Rows) (team access.Team, err error) {
		err = rows.Scan(&team.ID, &team.Name)
		return team, err
	})
	assessment.SortByName(teams, func(team access.Team) string { return team.Name })
	return teams, err
}

// Team returns a team, NotFound if there is none.
func (s *Store) Team(ctx context.Context, id string) (access.Team, error) {
	var team access.Team
	err := s.readers.QueryRowContext(ctx, "SELECT id, name FROM team WHERE id = $1", id).Scan(&team.ID, &team.Name)
	return team, found(err, "team")
}

// CreateTeam stores a new team. A name that is taken is a Conflict on the field name.
func (s *Store) CreateTeam(ctx context.Context, actor access.Actor, name string) (access.Team, error) {
	return writing(ctx, s, actor, func(t *tx) (access.Team, error) { return createTeam(t, actor, name) })
}

func createTeam(t *tx, by access.Actor, name string) (access.Team, error) {
	name, problem := access.CheckTeamName(name)
	if problem != nil {
		return access.Team{}, problem
	}
	team := access.Team{ID: ids.New(), Name: name}
	if err := t.refuseTeamLookalike(team.ID, name); err != nil {
		return team, err
	}
	_, err := t.exec("INSERT INTO team (id, name, created_at) VALUES ($1, $2, $3)", team.ID, team.Name, micros(t.now()))
	if err != nil {
		return team, teamFailure("create team", err)
	}
	return team, t.audit(by, access.AuditEntry{Team: team.ID, Action: access.AuditTeamCreated, SubjectKind: "team",
		Subject: team.ID, Detail: team.Name})
}

func teamFailure(what string, err error) error {
	if isDuplicate(err) {
		return &assessment.Error{Code: assessment.Conflict, Field: "name", Message: "A team with this name already exists",
			Err: err}
	}
	return fmt.Errorf("%s: %w", what, err)
}

// RenameTeam gives a team another name; seen is the one that whoever asks saw. A name that another team has is a Conflict
// on the field name, one that was changed since it was seen a Conflict on none; an unknown team is NotFound. A team that
// has the name already is no error.
func (s *Store) RenameTeam(ctx context.Context, actor access.Actor, teamID, seen, name string) error {
	name, problem := access.CheckTeamName(name)
	if problem != nil {
		return problem
	}
	return s.writer.do(ctx, actor, func(t *tx) error {
		var now string
		err := t.row("SELECT name FROM team WHERE id = $1", teamID).Scan(&now)
		switch {
		case err != nil:
			return found(err, "team")
		case now == name:
			return nil
		case now != seen:
			return errTeamRenamed()
		}
		if err := t.refuseTeamLookalike(teamID, name); err != nil {
			return err
		}
		if _, err := t.exec("UPDATE team SET name = $1 WHERE id = $2", name, teamID); err != nil {
			return teamFailure("rename team", err)
		}
		return t.audit(actor, access.AuditEntry{Team: teamID, Action: access.AuditTeamRenamed, SubjectKind: "team",
			Subject: teamID, Detail: now + " → " + name})
	})
}

// DeleteTeam removes a team, for somebody who saw this name of it; a team of another name by now is a Conflict, and so is
// one that has members or workloads, archived ones included. Its invitations go with it; what the log says stays.
func (s *Store) DeleteTeam(ctx context.Context, actor access.Actor, teamID, seen string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		var name string
		var members, workloads int
		err := t.row(`
			SELECT name,
				(SELECT count(*) FROM membership WHERE team_id = $1),
				(SELECT count(*) FROM workload WHERE team_id = $1)
			FROM team
			WHERE id = $1
		`, teamID).Scan(&name, &members, &workloads)
		switch {
		case err != nil:
			return found(err, "team")
		case name != seen:
			return errTeamRenamed()
		case workloads > 0:
			return assessment.Errorf(assessment.Conflict, "The team has workloads, possibly archived ones. Move them to another team first")
		case members > 0:
			return assessment.Errorf(assessment.Conflict, "The team has members. Remove them first")
		}
		for _, statement := range []string{
			"DELETE FROM one_time_link WHERE team_id = $1",
			"DELETE FROM team_questionnaire WHERE team_id = $1",
			"DELETE FROM team WHERE id = $1",
		} {
			_, failure := t.exec(statement, teamID)
			err = errors.Join(err, failure)
		}
		if err != nil {
			return fmt.Errorf("delete team %s: %w", teamID, err)
		}
		return t.audit(actor, access.AuditEntry{Team: teamID, Action: access.AuditTeamDeleted, SubjectKind: "team",
			Subject: teamID, Detail: name})
	})
}

// SetMembership gives a person a role in a team, or takes it away where the role is empty. It holds from the person's
// next request on.
func (s *Store) SetMembership(ctx context.Context, actor access.Actor, userID, teamID string, role access.Role) error {
	return s.SetMemberships(ctx, actor, userID, map[string]access.Role{teamID: role})
}

// SetMemberships gives a person roles in teams, by the teams' ids, and takes those away that are empty; in other teams
// nothing changes. All or none of it happens. What is already as requested is not logged.
func (s *Store) SetMemberships(ctx context.Context, actor access.Actor, userID string, roles map[string]access.Role) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		for _, team := range slices.Sorted(maps.Keys(roles)) {
			if err := setMembership(t, actor, userID, team, roles[team]); err != nil {
				return err
			}
		}
		return nil
	})
}

func setMembership(t *tx, by access.Actor, userID, teamID string, role access.Role) error {
	if problem := access.CheckRole(role); role != "" && problem != nil {
		return problem
	}
	before, err := roleOf(t, userID, teamID)
	if err != nil || before == role {
		return err
	}
	if err := writeMembership(t, userID, teamID, role); err != nil {
		return err
	}
	return t.audit(by, access.AuditEntry{Team: teamID, Action: access.AuditMember, SubjectKind: "account",
		Subject: userID, Detail: roleName(before) + " → " + roleName(role)})
}

func writeMembership(t *tx, userID, teamID string, role access.Role) error {
	var err error
	if role == "" {
		_, err = t.exec("DELETE FROM membership WHERE account_id = $1 AND team_id = $2", userID, teamID)
	} else {
		_, err = t.exec(`
			INSERT INTO membership (account_id, team_id, role)
			VALUES ($1, $2, $3)
			ON CONFLICT (account_id, team_id) DO UPDATE SET role = excluded.role
		`, userID, teamID, string(role))
	}
	if isDangling(err) {
		return assessment.Wrap(assessment.NotFound, err, absence("account or team"))
	}
	if err != nil {
		return fmt.Errorf("set membership: %w", err)
	}
	return changedRights(t, userID)
}

// roleOf returns what a person is in a team as it is in this transaction, "" if they are not a member.
func roleOf(t *tx, userID, teamID string) (role access.Role, err error) {
	err = t.row("SELECT role FROM membership WHERE account_id = $1 AND team_id = $2", userID, teamID).Scan(&role)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read membership: %w", err)
	}
	return role, nil
}

// roleName names a role in the log.
func roleName(role access.Role) string {
	if role == "" {
		return "none"
	}
	return string(role)
}

// Memberships returns the roles of a person in the order of the teams' names.
func (s *Store) Memberships(ctx context.Context, userID string) ([]access.Membership, error) {
	return readMemberships(ctx, s.readers, userID)
}

func readMemberships(ctx context.Context, q queryer, userID string) ([]access.Membership, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT t.id, t.name, m.role
		FROM membership m
		JOIN team t ON t.id = m.team_id
		WHERE m.account_id = $1
		ORDER BY t.name, t.id
	`, userID)
	list, err := collect(rows, err, func(rows *sql.Rows) (m access.Membership, err error) {
		err = rows.Scan(&m.Team.ID, &m.Team.Name, &m.Role)
		return m, err
	})
	assessment.SortByName(list, func(m access.Membership) string { return m.Team.Name })
	return list, err
}

// Members returns the people of a team in the order of their names, without their passwords.
func (s *Store) Members(ctx context.Context, teamID string) ([]access.Member, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT a.id, a.email, a.name, a.admin, a.version, a.time_zone, a.created_at, a.confirmed_at, a.disabled_at, m.role
		FROM membership m
		JOIN account a ON a.id = m.account_id
		WHERE m.team_id = $1
		ORDER BY a.name, a.email
	`, teamID)
	list, err := collect(rows, err, func(rows *sql.Rows) (m access.Member, err error) {
		u := &m.User
		err = rows.Scan(&u.ID, &u.Email, &u.Name, &u.Admin, &u.Version, &u.TimeZone, moment{&u.CreatedAt},
			moment{&u.ConfirmedAt}, moment{&u.DisabledAt}, &m.Role)
		return m, err
	})
	assessment.SortByName(list, func(m access.Member) string { return m.User.Name })
	return list, err
}

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
			return assessment.Errorf(assessment.Conflict, "Someone else changed this role first")
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
		return assessment.Errorf(assessment.Conflict, "A team needs at least one lead. Make someone else a lead first")
	}
	return nil
}

func errTeamRenamed() error {
	return assessment.Errorf(assessment.Conflict, "Someone else renamed this team first")
}
