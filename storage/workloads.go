package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateWorkload stores a workload and starts its assessment with a stored questionnaire. An unknown team is Invalid
// on the field team, a questionnaire that is unknown or that the team is not offered Invalid on the field questionnaire.
//
// A workload may come with the id that it is to have. When the same person has made one with that id and name before,
// the request was sent twice, and the assessment that it started then is returned; an id that is taken otherwise is
// replaced.
func (s *Store) CreateWorkload(ctx context.Context, actor access.Actor, w assessment.Workload,
	questionnaireSHA256 string, p assessment.Priorities) (assessment.Assessment, error) {
	w, err := assessment.CheckWorkload(w)
	if err != nil {
		return assessment.Assessment{}, err
	}
	model, err := s.modelFor(ctx, questionnaireSHA256, p)
	if err != nil {
		return assessment.Assessment{}, err
	}
	return writing(ctx, s, actor, func(t *tx) (assessment.Assessment, error) {
		id, earlier, err := freeID(t, actor, w)
		if err != nil {
			return assessment.Assessment{}, err
		}
		if earlier != "" {
			return readAssessment(context.Background(), t.conn, earlier)
		}
		made, err := insertWorkload(t, id, w)
		if err != nil {
			return assessment.Assessment{}, err
		}
		return s.startAssessment(t, actor, ids.New(), made, questionnaireSHA256, model, p)
	})
}

// freeID returns the id that a new workload gets, or the assessment that the same request started earlier.
func freeID(t *tx, actor access.Actor, w assessment.Workload) (id, earlier string, err error) {
	if w.ID == "" {
		return ids.New(), "", nil
	}
	var name, maker, started string
	err = t.row(`
		SELECT w.name, coalesce(e.account_id, ''), a.id
		FROM workload w
		JOIN assessment a ON a.workload_id = w.id
		JOIN event e ON e.assessment_id = a.id AND e.sequence = 1
		WHERE w.id = $1
		ORDER BY a.created_at, a.id
		LIMIT 1
	`, w.ID).Scan(&name, &maker, &started)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w.ID, "", nil
	case err != nil:
		return "", "", fmt.Errorf("look for an earlier request: %w", err)
	case name == w.Name && maker == actor.User.ID:
		return "", started, nil
	}
	return ids.New(), "", nil
}

func insertWorkload(t *tx, id string, w assessment.Workload) (assessment.Workload, error) {
	w.ID, w.Version, w.CreatedAt, w.Tags = id, 1, t.now(), assessment.OrNil(w.Tags)
	w.UpdatedAt, w.ArchivedAt = w.CreatedAt, time.Time{}
	_, err := t.exec(`
		INSERT INTO workload (id, team_id, name, description, owner, environment, tags, version, created_at, updated_at,
			archived_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	`, w.ID, w.Team, w.Name, w.Description, w.Owner, w.Environment, jsonList(w.Tags), w.Version, micros(w.CreatedAt),
		micros(w.UpdatedAt), micros(w.ArchivedAt))
	if isDangling(err) {
		return w, &assessment.Error{Code: assessment.Invalid, Field: "team", Message: absence("team"), Err: err}
	}
	if err != nil {
		return w, fmt.Errorf("create workload: %w", err)
	}
	return w, nil
}

// UpdateWorkload changes what is known about a workload and returns it as it is then. A version that is not the
// stored one is a Conflict, a negative one VersionRequired. Its team and whether it is archived stay as they are.
func (s *Store) UpdateWorkload(ctx context.Context, actor access.Actor, w assessment.Workload) (assessment.Workload, error) {
	w, err := assessment.CheckWorkload(w)
	if err != nil {
		return w, err
	}
	return s.changeWorkload(ctx, actor, w.ID, w.Version, assessment.EventWorkloadChanged, func(now *assessment.Workload, _ time.Time) {
		now.Name, now.Description, now.Owner = w.Name, w.Description, w.Owner
		now.Environment, now.Tags = w.Environment, assessment.OrNil(w.Tags)
	})
}

// ArchiveWorkload puts a workload away, or takes it back into use. A version that is not the stored one is a
// Conflict unless the workload is already as requested.
func (s *Store) ArchiveWorkload(ctx context.Context, actor access.Actor, workloadID string, version int, archived bool) error {
	kind := assessment.EventWorkloadRestored
	if archived {
		kind = assessment.EventWorkloadArchived
	}
	_, err := s.changeWorkload(ctx, actor, workloadID, version, kind, func(now *assessment.Workload, at time.Time) {
		if archived == now.Archived() {
			return
		}
		now.ArchivedAt = time.Time{}
		if archived {
			now.ArchivedAt = at
		}
	})
	return err
}

// MoveWorkload puts a workload, with everything that was said about it, into another team; version is the one that the
// person saw. A workload that has changed since is a Conflict unless it is in that team already, an unknown team Invalid
// on the field team. The logs of both teams have it. Links to its reports end: the team that made them cannot revoke them
// any more.
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
	if err != nil {
		return fmt.Errorf("read links to end: %w", err)
	}
	for _, e := range ended {
		if _, err := t.exec("UPDATE share_link SET revoked_at = $1 WHERE id = $2", micros(t.now()), e.Subject); err != nil {
			return fmt.Errorf("end link %s: %w", e.Subject, err)
		}
		e.Team, e.Action, e.SubjectKind, e.Detail = team, access.AuditShareRevoked, "share", "report "+e.Detail
		if err := t.audit(by, e); err != nil {
			return err
		}
	}
	return nil
}

// changeWorkload applies a change to a workload and records it in each of its assessments.
func (s *Store) changeWorkload(ctx context.Context, actor access.Actor, id string, version int, kind string,
	apply func(now *assessment.Workload, at time.Time)) (assessment.Workload, error) {
	return s.changeWorkloadAnd(ctx, actor, id, version, kind, apply, func(*tx, assessment.Workload) error { return nil })
}

// changeWorkloadAnd does the same, and more in the same transaction where something has changed.
func (s *Store) changeWorkloadAnd(ctx context.Context, actor access.Actor, id string, version int, kind string,
	apply func(now *assessment.Workload, at time.Time), more func(t *tx, after assessment.Workload) error) (assessment.Workload, error) {
	if err := requireVersion(version); err != nil {
		return assessment.Workload{}, err
	}
	assessments, err := assessmentsOf(ctx, s.readers, id)
	if err == nil {
		err = s.warm(ctx, assessments...)
	}
	if err != nil {
		return assessment.Workload{}, err
	}
	return writing(ctx, s, actor, func(t *tx) (assessment.Workload, error) {
		before, err := readWorkload(context.Background(), t.conn, id)
		if err != nil {
			return before, err
		}
		after, at := before, t.now()
		apply(&after, at)
		if sameWorkload(before, after) {
			return before, nil
		}
		if before.Version != version {
			return before, conflict("this workload")
		}
		after.Version, after.UpdatedAt = before.Version+1, at
		if err := updateWorkload(t, after); err != nil {
			return before, err
		}
		if err := s.recordWorkload(t, actor, kind, before, after); err != nil {
			return before, err
		}
		return after, more(t, after)
	})
}

func (s *Store) recordWorkload(t *tx, actor access.Actor, kind string, before, after assessment.Workload) error {
	assessments, err := assessmentsOf(context.Background(), t.conn, after.ID)
	if err != nil {
		return fmt.Errorf("read assessments: %w", err)
	}
	for _, id := range assessments {
		_, err := s.changeIn(t, actor, id, func(c *change) error {
			c.state.Workload = after
			return c.record(kind, after.ID, plainWorkload(before), plainWorkload(after))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func assessmentsOf(ctx context.Context, q queryer, workloadID string) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT id FROM assessment WHERE workload_id = $1", workloadID)
	return collect(rows, err, scanText)
}

// Workload returns a workload, NotFound if there is none.
func (s *Store) Workload(ctx context.Context, id string) (assessment.Workload, error) {
	return readWorkload(ctx, s.readers, id)
}

const workloadColumns = `w.id, w.team_id, w.name, w.description, w.owner, w.environment, w.tags, w.version,
	w.created_at, w.updated_at, w.archived_at`

// workloadInto returns where to scan the columns of a workload.
func workloadInto(w *assessment.Workload) []any {
	return []any{&w.ID, &w.Team, &w.Name, &w.Description, &w.Owner, &w.Environment, document{&w.Tags}, &w.Version,
		moment{&w.CreatedAt}, moment{&w.UpdatedAt}, moment{&w.ArchivedAt}}
}

func readWorkload(ctx context.Context, q queryer, id string) (assessment.Workload, error) {
	var w assessment.Workload
	err := q.QueryRowContext(ctx, `
		SELECT `+workloadColumns+`
		FROM workload w
		WHERE w.id = $1
	`, id).Scan(workloadInto(&w)...)
	w.Tags = assessment.OrNil(w.Tags)
	return w, found(err, "workload")
}

func updateWorkload(t *tx, w assessment.Workload) error {
	_, err := t.exec(`
		UPDATE workload
		SET name = $1, description = $2, owner = $3, environment = $4, tags = $5, version = $6, updated_at = $7,
			archived_at = $8, team_id = $9
		WHERE id = $10
	`, w.Name, w.Description, w.Owner, w.Environment, jsonList(w.Tags), w.Version, micros(w.UpdatedAt),
		micros(w.ArchivedAt), w.Team, w.ID)
	if isDangling(err) {
		return &assessment.Error{Code: assessment.Invalid, Field: "team", Message: absence("team"), Err: err}
	}
	if err != nil {
		return fmt.Errorf("save workload: %w", err)
	}
	return nil
}

func sameWorkload(a, b assessment.Workload) bool {
	return a.Team == b.Team && a.Name == b.Name && a.Description == b.Description && a.Owner == b.Owner && a.Environment == b.Environment &&
		slices.Equal(a.Tags, b.Tags) && a.ArchivedAt.Equal(b.ArchivedAt)
}

// plainWorkload is what an event says of a workload.
func plainWorkload(w assessment.Workload) any {
	return struct {
		Name        string    `json:"name"`
		Description string    `json:"description,omitempty"`
		Owner       string    `json:"owner,omitempty"`
		Environment string    `json:"environment,omitempty"`
		Tags        []string  `json:"tags,omitempty"`
		ArchivedAt  time.Time `json:"archived_at,omitzero"`
	}{w.Name, w.Description, w.Owner, w.Environment, w.Tags, w.ArchivedAt}
}
