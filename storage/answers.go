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

// SaveAnswer stores the answer to one practice and returns the assessment after it. An answer equal to the stored one
// changes nothing, whatever version it saw: a repeated submit counts once. Otherwise a version that is not the stored
// one gives an *assessment.AnswerConflict, a negative one VersionRequired, an unknown practice NotFound.
func (s *Store) SaveAnswer(ctx context.Context, actor access.Actor, assessmentID string, save assessment.SaveAnswer) (
	*assessment.Current, error) {
	return s.SaveAnswers(ctx, actor, assessmentID, []assessment.SaveAnswer{save})
}

// SaveAnswers stores several answers, all or none of them. Conflicts are reported together: the error holds one
// *assessment.AnswerConflict for each.
func (s *Store) SaveAnswers(ctx context.Context, actor access.Actor, assessmentID string, saves []assessment.SaveAnswer) (
	*assessment.Current, error) {
	for i := range saves {
		if err := requireVersion(saves[i].Version); err != nil {
			return nil, err
		}
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		var conflicts []error
		for _, save := range saves {
			err := c.saveAnswer(save, c.actor.User.Name, c.at)
			if _, ok := errors.AsType[*assessment.AnswerConflict](err); ok {
				conflicts = append(conflicts, err)
			} else if err != nil {
				return err
			}
		}
		if len(conflicts) == 1 {
			return conflicts[0]
		}
		return errors.Join(conflicts...)
	})
}

// saveAnswer stores an answer as given by somebody at a moment.
func (c *change) saveAnswer(save assessment.SaveAnswer, by string, at time.Time) error {
	if _, ok := c.model.Place(save.Practice); !ok {
		return absentPractice(save.Practice)
	}
	answer := save.Answer.Normal()
	if err := assessment.CheckAnswer(answer); err != nil {
		return err
	}
	stored := c.state.Answer(save.Practice)
	if stored.Answer.Equal(answer) {
		return nil
	}
	if stored.Version != save.Version {
		stored.Practice = save.Practice
		return &assessment.AnswerConflict{Practice: save.Practice, Saved: stored, Yours: answer}
	}
	next := &assessment.SavedAnswer{Answer: answer, Practice: save.Practice, Version: stored.Version + 1, By: by, At: at}
	if err := writeAnswer(c.tx, c.state.ID, next); err != nil {
		return err
	}
	c.answers()[save.Practice] = next
	c.rescore = true
	var before any
	if stored.Version > 0 {
		before = stored.Given()
	}
	c.detail = assessment.AnswerDetail(stored.Answer, answer)
	return c.record(assessment.EventAnswer, save.Practice, before, answer)
}

func writeAnswer(t *tx, assessmentID string, a *assessment.SavedAnswer) error {
	_, err := t.exec(`
		INSERT INTO answer (assessment_id, practice, status, reason, note, evidence, version, saved_by, saved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (assessment_id, practice) DO UPDATE
		SET status = excluded.status, reason = excluded.reason, note = excluded.note, evidence = excluded.evidence,
			version = excluded.version, saved_by = excluded.saved_by, saved_at = excluded.saved_at
	`, assessmentID, a.Practice, string(a.Status), a.Reason, a.Note, jsonList(a.Evidence), a.Version, a.By, micros(a.At))
	if err != nil {
		return fmt.Errorf("save answer to %s: %w", a.Practice, err)
	}
	return nil
}

func readAnswers(ctx context.Context, q queryer, assessmentID string) (assessment.SavedAnswers, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT practice, status, reason, note, evidence, version, saved_by, saved_at
		FROM answer
		WHERE assessment_id = $1
	`, assessmentID)
	all, err := collect(rows, err, func(rows *sql.Rows) (*assessment.SavedAnswer, error) {
		var a assessment.SavedAnswer
		err := rows.Scan(&a.Practice, &a.Status, &a.Reason, &a.Note, document{&a.Evidence}, &a.Version, &a.By, moment{&a.At})
		a.Evidence = assessment.OrNil(a.Evidence)
		return &a, err
	})
	return byKey(all, func(a *assessment.SavedAnswer) string { return a.Practice }), err
}
