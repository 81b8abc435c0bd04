package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

const libraryColumns = `q.id, q.version, q.title, q.sha256, q.kind, q.file_name, q.added_by, q.created_at, q.source, q.counts,
	q.everywhere,
	(SELECT count(*) FROM assessment a WHERE a.questionnaire = q.sha256),
	(SELECT count(*) FROM snapshot s WHERE s.questionnaire = q.sha256)`

func scanLibrary(row interface{ Scan(...any) error }) (e assessment.LibraryEntry, err error) {
	e.Teams, e.Additions, e.UsedBy = map[string]bool{}, map[string]assessment.Addition{}, map[string]assessment.Uses{}
	err = row.Scan(&e.ID, &e.Version, &e.Title, &e.SHA256, &e.Kind, &e.FileName, &e.AddedBy, moment{&e.AddedAt},
		document{&e.Source}, document{&e.Counts}, &e.Everywhere, &e.Assessments, &e.Snapshots)
	return e, err
}

// Library returns every stored questionnaire in the order of their ids, of each the newest first.
func (s *Store) Library(ctx context.Context) ([]assessment.LibraryEntry, error) {
	return reading(ctx, s, func(q queryer) ([]assessment.LibraryEntry, error) {
		rows, err := q.QueryContext(ctx, `
			SELECT `+libraryColumns+`
			FROM questionnaire q
			ORDER BY q.id, q.created_at DESC, q.sha256
		`)
		all, err := collect(rows, err, func(rows *sql.Rows) (assessment.LibraryEntry, error) { return scanLibrary(rows) })
		if err != nil {
			return nil, err
		}
		return all, addTeams(ctx, q, all)
	})
}

// LibraryEntry returns one stored questionnaire, NotFound if there is none.
func (s *Store) LibraryEntry(ctx context.Context, sha256 string) (assessment.LibraryEntry, error) {
	return reading(ctx, s, func(q queryer) (assessment.LibraryEntry, error) { return readEntry(ctx, q, sha256) })
}

func readEntry(ctx context.Context, q queryer, sha256 string) (assessment.LibraryEntry, error) {
	e, err := scanLibrary(q.QueryRowContext(ctx, `
		SELECT `+libraryColumns+`
		FROM questionnaire q
		WHERE q.sha256 = $1
	`, sha256))
	if err != nil {
		return e, found(err, "questionnaire")
	}
	one := []assessment.LibraryEntry{e}
	err = addTeams(ctx, q, one)
	return one[0], err
}

// addTeams fills in which teams say themselves whether they are offered a questionnaire, which added it, and which use it.
func addTeams(ctx context.Context, q queryer, entries []assessment.LibraryEntry) error {
	by := map[string]*assessment.LibraryEntry{}
	for i := range entries {
		by[entries[i].SHA256] = &entries[i]
	}
	if err := addOffers(ctx, q, by); err != nil {
		return err
	}
	return addUses(ctx, q, by)
}

func addOffers(ctx context.Context, q queryer, by map[string]*assessment.LibraryEntry) error {
	rows, err := q.QueryContext(ctx, "SELECT team_id, questionnaire, enabled, file_name, added_by, added_at FROM team_questionnaire")
	_, err = collect(rows, err, func(rows *sql.Rows) (sha256 string, err error) {
		var team string
		var enabled bool
		var added assessment.Addition
		err = rows.Scan(&team, &sha256, &enabled, &added.FileName, &added.AddedBy, moment{&added.AddedAt})
		if e := by[sha256]; e != nil && err == nil {
			e.Teams[team] = enabled
			if !added.AddedAt.IsZero() {
				e.Additions[team] = added
			}
		}
		return sha256, err
	})
	return err
}

func addUses(ctx context.Context, q queryer, by map[string]*assessment.LibraryEntry) error {
	rows, err := q.QueryContext(ctx, `
		SELECT u.questionnaire, w.team_id, sum(u.assessments), sum(u.snapshots)
		FROM (
			SELECT questionnaire, workload_id, 1 AS assessments, 0 AS snapshots
			FROM assessment
			UNION ALL
			SELECT s.questionnaire, a.workload_id, 0, 1
			FROM snapshot s
			JOIN assessment a ON a.id = s.assessment_id
		) u
		JOIN workload w ON w.id = u.workload_id
		GROUP BY u.questionnaire, w.team_id
	`)
	_, err = collect(rows, err, func(rows *sql.Rows) (sha256 string, err error) {
		var team string
		var uses assessment.Uses
		err = rows.Scan(&sha256, &team, &uses.Assessments, &uses.Snapshots)
		if e := by[sha256]; e != nil && err == nil {
			e.UsedBy[team] = uses
		}
		return sha256, err
	})
	return err
}

// AssessmentsUsing returns the assessments that answer a questionnaire, archived ones included, by the names of their
// workloads.
func (s *Store) AssessmentsUsing(ctx context.Context, sha256 string) ([]assessment.Assessment, error) {
	return s.assessments(ctx, "a.questionnaire = $1", byWorkload, sha256)
}

// EnableQuestionnaire offers a questionnaire to a team for new assessments, or no longer does; running assessments go on.
// Without a team it holds for every team, later ones included, whatever was set before. A call that changes nothing is
// not logged. An unknown questionnaire or team is NotFound.
func (s *Store) EnableQuestionnaire(ctx context.Context, actor access.Actor, sha256, team string, enabled bool) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		e, err := readEntry(context.Background(), t.conn, sha256)
		if err != nil {
			return err
		}
		if team != "" && e.EnabledFor(team) == enabled || team == "" && e.Everywhere == enabled && len(e.Teams) == 0 {
			return nil
		}
		if err := enable(t, sha256, team, enabled); err != nil {
			return err
		}
		return t.auditLibrary(actor, enabledAction(enabled), team, e.QuestionnaireRef)
	})
}

func enabledAction(enabled bool) string {
	if enabled {
		return access.AuditQuestionnaireOn
	}
	return access.AuditQuestionnaireOff
}

func enable(t *tx, sha256, team string, enabled bool) error {
	if team == "" {
		_, err := t.exec("DELETE FROM team_questionnaire WHERE questionnaire = $1", sha256)
		if err == nil {
			_, err = t.exec("UPDATE questionnaire SET everywhere = $1 WHERE sha256 = $2", flag(enabled), sha256)
		}
		if err != nil {
			return fmt.Errorf("offer questionnaire: %w", err)
		}
		return nil
	}
	_, err := t.exec(`
		INSERT INTO team_questionnaire (team_id, questionnaire, enabled)
		VALUES ($1, $2, $3)
		ON CONFLICT (team_id, questionnaire) DO UPDATE SET enabled = excluded.enabled
	`, team, sha256, flag(enabled))
	if isDangling(err) {
		return assessment.Wrap(assessment.NotFound, err, absence("team"))
	}
	if err != nil {
		return fmt.Errorf("offer questionnaire: %w", err)
	}
	return nil
}

func (t *tx) auditLibrary(by access.Actor, action, team string, ref assessment.QuestionnaireRef) error {
	return t.audit(by, access.AuditEntry{Team: team, Action: action, SubjectKind: "questionnaire", Subject: ref.SHA256,
		Detail: ref.ID + " " + ref.Version})
}

// DeleteQuestionnaire removes a questionnaire that no assessment and no snapshot needs. One that is needed is a
// Conflict, and so is one that came with the program.
func (s *Store) DeleteQuestionnaire(ctx context.Context, actor access.Actor, sha256 string) error {
	err := s.writer.do(ctx, actor, func(t *tx) error {
		e, err := readEntry(context.Background(), t.conn, sha256)
		switch {
		case err != nil:
			return err
		case e.Builtin():
			return assessment.Errorf(assessment.Conflict, "This questionnaire is built in. You can retire it, but not delete it")
		case e.Used():
			return assessment.Errorf(assessment.Conflict, "This questionnaire is in use. You can retire it, but not delete it")
		}
		if _, err := t.exec("DELETE FROM team_questionnaire WHERE questionnaire = $1", sha256); err != nil {
			return fmt.Errorf("delete questionnaire: %w", err)
		}
		if _, err := t.exec("DELETE FROM questionnaire WHERE sha256 = $1", sha256); err != nil {
			return fmt.Errorf("delete questionnaire: %w", err)
		}
		return t.auditLibrary(actor, access.AuditQuestionnaireGone, "", e.QuestionnaireRef)
	})
	if err == nil {
		s.models.remove(sha256)
	}
	return err
}

// offered returns nil where a team is offered a questionnaire, and Invalid on the field questionnaire where not.
func offered(t *tx, sha256, team string) error {
	var enabled bool
	err := t.row(`
		SELECT coalesce(o.enabled, q.everywhere)
		FROM questionnaire q
		LEFT JOIN team_questionnaire o ON o.questionnaire = q.sha256 AND o.team_id = $1
		WHERE q.sha256 = $2
	`, team, sha256).Scan(&enabled)
	if errors.Is(err, sql.ErrNoRows) {
		return assessment.InvalidField("questionnaire", absence("questionnaire"))
	}
	if err != nil {
		return fmt.Errorf("read questionnaire: %w", err)
	}
	if !enabled {
		return assessment.InvalidField("questionnaire", "This questionnaire is not available to the team. A lead can enable it in the library")
	}
	return nil
}
