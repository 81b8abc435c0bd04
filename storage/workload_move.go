package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// MoveWorkload puts a workload, with everything that was said about it, into another team; version is the one that the
// person saw. A workload that has changed since is a Conflict unless it is in that team already, an unknown team Invalid
// on the field team. The logs of both teams have it. Links to its reports end: the team that
// made them cannot revoke them any more.
func (s *Store) MoveWorkload(ctx context.Context, actor access.Actor, workloadID string, version int, teamID string) (
	assessment.Workload, error) {
	var from string
	return s.changeWorkloadAnd(ctx, actor, workloadID, version, assessment.EventWorkloadMoved, func(now *assessment.Workload, _ time.Time) {
		from, now.Team = now.Team, teamID
	}, func(t *tx, after assessment.Workload) error {
		if err := t.endShares(actor, after.ID, from); err != nil {
			return err
		}
		return t.audit(actor, access.AuditEntry{Team: from, Action: assessment.EventWorkloadMoved, SubjectKind: "workload", Subject: after.ID,
			Detail: "to another team"})
	})
}

// endShares ends the links to all reports of a workload, in the log of the team that made them.
func (t *tx) endShares(by access.Actor, workloadID, team string) error {
	rows, err := t.conn.QueryContext(context.Background(), `
		SELECT l.id, r.id, r.assessment_id
		FROM share_link l
		JOIN report r ON r.id = l.report_id
		JOIN assessment a ON a.id = r.assessment_id
		WHERE a.workload_id = $1 AND l.revoked_at IS NULL AND l.expires_at > $2
		ORDER BY l.created_at, l.id
	`, workloadID, t.now().UnixMicro())
	ended, err := collect(rows, err, func(rows *sql.Rows) (e access.AuditEntry, err error) {
		err = rows.Scan(&e.Subject, &e.Detail, &e.Assessment)
		return e, err
	})
	for _, e := range ended {
		if _, err := t.exec("UPDATE share_link SET revoked_at = $1 WHERE id = $2", micros(t.now()), e.Subject); err != nil {
			return fmt.Errorf("end link %s: %w", e.Subject, err)
		}
		e.Team, e.Action, e.SubjectKind, e.Detail = team, access.AuditShareRevoked, "share", "report "+e.Detail
		if err := t.audit(by, e); err != nil {
			return err
		}
	}
	return err
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
