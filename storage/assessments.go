package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// StartAssessment starts one more assessment of a workload in use. Of a, Workload.ID, Questionnaire.SHA256 and Priorities
// are taken, and the ID that it is to have, which may be empty. When the same person has started one with that id before,
// the request was sent twice, and that one is returned. An archived workload is a Conflict, an unknown one NotFound, a
// questionnaire that the team is not offered Invalid on the field questionnaire.
func (s *Store) StartAssessment(ctx context.Context, actor access.Actor, a assessment.Assessment) (assessment.Assessment, error) {
	model, err := s.modelFor(ctx, a.Questionnaire.SHA256, a.Priorities)
	if err != nil {
		return assessment.Assessment{}, err
	}
	return writing(ctx, s, actor, func(t *tx) (assessment.Assessment, error) {
		w, err := readWorkload(context.Background(), t.conn, a.Workload.ID)
		if err != nil {
			return a, err
		}
		if w.Archived() {
			return a, assessment.Errorf(assessment.Conflict, "This workload is archived. Restore it to review it")
		}
		id, again, err := freeAssessment(t, actor, a)
		if err != nil {
			return a, err
		}
		if again {
			return readAssessment(context.Background(), t.conn, id)
		}
		return s.startAssessment(t, actor, id, w, a.Questionnaire.SHA256, model, a.Priorities)
	})
}

// modelFor returns the questionnaire of a new assessment, or an error about the field questionnaire or the priorities.
func (s *Store) modelFor(ctx context.Context, sha256 string, p assessment.Priorities) (*assessment.Model, error) {
	model, err := s.Model(ctx, sha256)
	if assessment.CodeOf(err) == assessment.NotFound {
		return nil, assessment.InvalidField("questionnaire", absence("questionnaire"))
	}
	if err != nil {
		return nil, err
	}
	return model, model.CheckAnswers(nil, p)
}

// freeAssessment returns the id that a new assessment gets, and whether the same person has started it already.
func freeAssessment(t *tx, actor access.Actor, a assessment.Assessment) (id string, again bool, err error) {
	if a.ID == "" {
		return ids.New(), false, nil
	}
	var workload, starter string
	err = t.row(`
		SELECT a.workload_id, coalesce(e.account_id, '')
		FROM assessment a
		JOIN event e ON e.assessment_id = a.id AND e.sequence = 1
		WHERE a.id = $1
	`, a.ID).Scan(&workload, &starter)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return a.ID, false, nil
	case err != nil:
		return "", false, fmt.Errorf("look for an earlier request: %w", err)
	case workload == a.Workload.ID && starter == actor.User.ID:
		return a.ID, true, nil
	}
	return ids.New(), false, nil
}

// startAssessment starts an assessment of a workload as it was just read or made, in a team that must be offered the
// questionnaire.
func (s *Store) startAssessment(t *tx, actor access.Actor, id string, w assessment.Workload, sha256 string,
	model *assessment.Model, p assessment.Priorities) (assessment.Assessment, error) {
	if err := offered(t, sha256, w.Team); err != nil {
		return assessment.Assessment{}, err
	}
	if err := t.checkAssessments(w); err != nil {
		return assessment.Assessment{}, err
	}
	q, at := model.Questionnaire(), t.now()
	a := assessment.Assessment{
		ID:            id,
		Workload:      w,
		Questionnaire: assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: sha256},
		Priorities:    clonePriorities(p),
		Version:       1,
		FacetsVersion: 1,
		CreatedAt:     at,
		UpdatedAt:     at,
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
// priorities are already as requested, a negative one VersionRequired.
func (s *Store) SetPriorities(ctx context.Context, actor access.Actor, assessmentID string, version int,
	p assessment.Priorities) error {
	if err := requireVersion(version); err != nil {
		return err
	}
	_, err := s.change(ctx, actor, assessmentID, func(c *change) error { return c.setPriorities(version, p) })
	return err
}

func (c *change) setPriorities(version int, p assessment.Priorities) error {
	if err := c.model.CheckAnswers(nil, p); err != nil {
		return err
	}
	before := c.state.Priorities
	if before.Equal(p) {
		return nil
	}
	if c.state.Version != version {
		return conflict("the priorities")
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
}

// SetFacets changes what is said about the workload: f holds everything that is said about the facets of the present
// questionnaire; what was said about facets of other versions stays. A version that is not the stored one is a Conflict
// unless the facets are already as requested, a negative one VersionRequired.
func (s *Store) SetFacets(ctx context.Context, actor access.Actor, assessmentID string, version int, f assessment.Facets) (
	*assessment.Current, error) {
	if err := requireVersion(version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error { return c.setFacets(version, f) })
}

func (c *change) setFacets(version int, f assessment.Facets) error {
	if err := c.model.CheckFacets(f); err != nil {
		return err
	}
	before := c.state.Facets.Of(c.model)
	if before.Equal(f) {
		return nil
	}
	if c.state.FacetsVersion != version {
		return conflict("the scope")
	}
	c.state.Facets, c.state.FacetsVersion = c.model.Restate(c.state.Facets, f), c.state.FacetsVersion+1
	_, err := c.tx.exec(`
		UPDATE assessment
		SET facets = $1, facets_version = $2
		WHERE id = $3
	`, text(c.state.Facets), c.state.FacetsVersion, c.state.ID)
	if err != nil {
		return fmt.Errorf("save facets: %w", err)
	}
	c.rescore = true
	c.detail = c.model.FacetChanges(before, f)
	return c.record(assessment.EventFacets, "", before, maps.Clone(f))
}

const assessmentColumns = `a.id, a.priorities, a.facets, a.sequence, a.version, a.facets_version, a.created_at, a.updated_at,
	q.id, q.version, q.title, q.sha256, ` + workloadColumns

// assessmentInto returns where to scan the columns of an assessment.
func assessmentInto(a *assessment.Assessment) []any {
	ref := &a.Questionnaire
	return append([]any{&a.ID, document{&a.Priorities}, document{&a.Facets}, &a.Sequence, &a.Version, &a.FacetsVersion, moment{&a.CreatedAt}, moment{&a.UpdatedAt},
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
	a.Workload.Tags = assessment.OrNil(a.Workload.Tags)
	return a, found(err, "assessment")
}

// AssessmentCount returns how many assessments a workload has. Every page of one asks it, so it only looks into an
// index, and is over before a request could go away.
func (s *Store) AssessmentCount(ctx context.Context, workloadID string) (int, error) {
	var n int
	err := s.readers.QueryRowContext(context.WithoutCancel(ctx), `
		SELECT count(*)
		FROM assessment
		WHERE workload_id = $1
	`, workloadID).Scan(&n)
	if err != nil {
		return 0, translate(fmt.Errorf("count assessments: %w", err))
	}
	return n, nil
}

// AssessmentsOf returns the assessments of a workload, the newest first.
func (s *Store) AssessmentsOf(ctx context.Context, workloadID string) ([]assessment.Assessment, error) {
	return s.assessments(ctx, "a.workload_id = $1", "a.created_at DESC, a.id", workloadID)
}

// byWorkload is the order of assessments by the names of their workloads, of each the newest first.
const byWorkload = "w.name, a.created_at DESC, a.id"

func (s *Store) assessments(ctx context.Context, where, order string, args ...any) ([]assessment.Assessment, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+assessmentColumns+`
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		JOIN questionnaire q ON q.sha256 = a.questionnaire
		WHERE `+where+`
		ORDER BY `+order, args...)
	return collect(rows, err, func(rows *sql.Rows) (a assessment.Assessment, err error) {
		err = rows.Scan(assessmentInto(&a)...)
		a.Workload.Tags = assessment.OrNil(a.Workload.Tags)
		return a, err
	})
}
