package storage

import (
	"context"
	"database/sql"
	"fmt"

	"plumbline/assessment"
)

func (s *Store) startAssessment(t *tx, actor assessment.Actor, w assessment.Workload, sha256 string,
	model *assessment.Model, p assessment.Priorities) (assessment.Assessment, error) {
	q := model.Questionnaire()
	a := assessment.Assessment{
		ID:            newID(),
		Workload:      w,
		Questionnaire: assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: sha256},
		Priorities:    clonePriorities(p),
		Version:       1,
		CreatedAt:     w.CreatedAt,
		UpdatedAt:     w.CreatedAt,
	}
	_, err := t.exec(`
		INSERT INTO assessment (id, workload_id, questionnaire, priorities, sequence, version, created_at, updated_at,
			changed_by, summary)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	`, a.ID, w.ID, sha256, text(a.Priorities), a.Sequence, a.Version, micros(a.CreatedAt), micros(a.UpdatedAt),
		actor.User.Name, "{}")
	if err != nil {
		return a, fmt.Errorf("start assessment: %w", err)
	}
	after, err := s.changeIn(t, actor, a.ID, func(c *change) error {
		return c.record(assessment.EventAssessmentStarted, a.ID, nil, plainWorkload(w))
	})
	if err != nil {
		return a, err
	}
	return after.State.Assessment, nil
}

// SetPriorities changes how much the pillars count. A version that is not the stored one is a Conflict unless the
// priorities are as wished already, a negative one VersionRequired.
func (s *Store) SetPriorities(ctx context.Context, actor assessment.Actor, assessmentID string, version int,
	p assessment.Priorities) error {
	if err := requireVersion(version); err != nil {
		return err
	}
	_, err := s.change(ctx, actor, assessmentID, func(c *change) error {
		if err := c.model.CheckAnswers(nil, p); err != nil {
			return err
		}
		before := c.state.Priorities
		if before.Equal(p) {
			return nil
		}
		if c.state.Version != version {
			return conflict("The set of priorities")
		}
		c.state.Priorities, c.state.Version = clonePriorities(p), c.state.Version+1
		_, err := c.tx.exec(`
			UPDATE assessment
			SET priorities = $1, version = $2
			WHERE id = $3
		`, text(c.state.Priorities), c.state.Version, c.state.ID)
		if err != nil {
			return fmt.Errorf("save priorities: %w", err)
		}
		c.rescore = true
		return c.record(assessment.EventPriorities, "", before, c.state.Priorities)
	})
	return err
}

const assessmentColumns = `a.id, a.priorities, a.sequence, a.version, a.created_at, a.updated_at,
	q.id, q.version, q.title, q.sha256, ` + workloadColumns

// assessmentInto returns where to scan the columns of an assessment.
func assessmentInto(a *assessment.Assessment) []any {
	ref := &a.Questionnaire
	return append([]any{&a.ID, document{&a.Priorities}, &a.Sequence, &a.Version, moment{&a.CreatedAt}, moment{&a.UpdatedAt},
		&ref.ID, &ref.Version, &ref.Title, &ref.SHA256}, workloadInto(&a.Workload)...)
}

func readAssessment(ctx context.Context, q queryer, id string) (assessment.Assessment, error) {
	var a assessment.Assessment
	err := q.QueryRowContext(ctx, `
		SELECT `+assessmentColumns+`
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		JOIN questionnaire q ON q.sha256 = a.questionnaire
		WHERE a.id = $1
	`, id).Scan(assessmentInto(&a)...)
	a.Workload.Tags = orNil(a.Workload.Tags)
	return a, found(err, "assessment")
}

// AssessmentsOf returns the assessments of a workload, the newest first.
func (s *Store) AssessmentsOf(ctx context.Context, workloadID string) ([]assessment.Assessment, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+assessmentColumns+`
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		JOIN questionnaire q ON q.sha256 = a.questionnaire
		WHERE a.workload_id = $1
		ORDER BY a.created_at DESC, a.id
	`, workloadID)
	return collect(rows, err, func(rows *sql.Rows) (a assessment.Assessment, err error) {
		err = rows.Scan(assessmentInto(&a)...)
		a.Workload.Tags = orNil(a.Workload.Tags)
		return a, err
	})
}
