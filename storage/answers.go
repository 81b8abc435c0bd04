package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
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
			err := c.saveAnswer(save)
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

func (c *change) saveAnswer(save assessment.SaveAnswer) error {
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
	next := &assessment.SavedAnswer{Answer: answer, Practice: save.Practice, Version: stored.Version + 1,
		By: c.actor.User.Name, At: c.at}
	if err := writeAnswer(c.tx, c.state.ID, next); err != nil {
		return err
	}
	c.answers()[save.Practice] = next
	c.rescore = true
	var before any
	if stored.Version > 0 {
		before = given{stored.Answer, stored.By, stored.At}
	}
	c.detail = assessment.AnswerDetail(stored.Answer, answer)
	return c.record(assessment.EventAnswer, save.Practice, before, answer)
}

// given is an answer with who gave it and when, as the event that replaces it holds it.
type given struct {
	assessment.Answer
	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
}

// SetTogether sets every practice of a part of the questionnaire not applicable, in one change with one event, and returns
// the assessment after it with what was replaced. Where nothing is left to set, nothing changes. Errors on the field reason,
// NotFound for an unknown part, a negative sequence is VersionRequired, and Conflict says that somebody else has answered
// one of the practices since.
func (s *Store) SetTogether(ctx context.Context, actor access.Actor, assessmentID string, wish assessment.SetTogether) (
	after *assessment.Current, set assessment.Together, err error) {
	if err := requireVersion(int(wish.Sequence)); err != nil {
		return nil, set, err
	}
	wish = wish.Normal()
	if err := wish.Check(); err != nil {
		return nil, set, err
	}
	after, err = s.change(ctx, actor, assessmentID, func(c *change) error {
		answers, together, known := c.view().Replace(wish, c.actor.User.Name, c.at)
		if !known {
			return assessment.Errorf(assessment.NotFound, "This part of the questionnaire does not exist")
		}
		if err := c.othersAnswered(wish.Sequence, together); err != nil || len(answers) == 0 {
			return err
		}
		set = together
		return c.saveTogether(answers, assessment.EventTogether, together.Kind, together.ID, givenBefore(together), together)
	})
	return after, set, err
}

// othersAnswered returns Conflict where somebody else has answered one of the practices since a sequence, or many at once.
func (c *change) othersAnswered(since int64, together assessment.Together) error {
	rows, err := c.tx.conn.QueryContext(context.Background(), `
		SELECT kind, subject
		FROM event
		WHERE assessment_id = $1 AND sequence > $2 AND COALESCE(account_id, '') <> $3
	`, c.state.ID, since, c.actor.User.ID)
	events, err := collect(rows, err, func(rows *sql.Rows) (e assessment.Event, err error) {
		err = rows.Scan(&e.Kind, &e.Subject)
		return e, err
	})
	if err != nil {
		return err
	}
	concerns := func(e assessment.Event) bool {
		switch e.Kind {
		case assessment.EventAnswer:
			return slices.ContainsFunc(together.Replaced, func(r assessment.ReplacedAnswer) bool { return r.Practice == e.Subject })
		case assessment.EventTogether, assessment.EventUndone, assessment.EventFacets, assessment.EventMoved:
			return true
		}
		return false
	}
	if slices.ContainsFunc(events, concerns) {
		return conflict("answers to these practices")
	}
	return nil
}

// givenBefore returns the answers that were replaced, by practice, as the event keeps them.
func givenBefore(t assessment.Together) map[string]given {
	before := map[string]given{}
	for _, r := range t.Replaced {
		before[r.Practice] = given{r.Before, r.By, r.At}
	}
	return before
}

// saveTogether stores answers with one event about a part of the questionnaire.
func (c *change) saveTogether(answers []*assessment.SavedAnswer, event string, kind assessment.PartKind, id string, before, says any) error {
	for _, answer := range answers {
		if err := writeAnswer(c.tx, c.state.ID, answer); err != nil {
			return err
		}
		c.answers()[answer.Practice] = answer
		c.written += int64(len(answer.Reason)) // notes and evidence stay
	}
	c.rescore = true
	c.detail = fmt.Sprintf("%s %s, number of practices: %d", kind, id, len(answers))
	return c.record(event, "", before, says)
}

// UndoTogether puts back the answers that the event with a sequence replaced, but for those that somebody has changed
// since, and returns the assessment after it with how many were put back and how many were left. NotFound where the event
// is no such change.
func (s *Store) UndoTogether(ctx context.Context, actor access.Actor, assessmentID string, sequence int64) (
	after *assessment.Current, restored, left int, err error) {
	after, err = s.change(ctx, actor, assessmentID, func(c *change) error {
		undone, err := c.setTogether(sequence)
		if err != nil {
			return err
		}
		answers := undone.Restore(&c.state, c.model, c.actor.User.Name, c.at)
		restored, left = len(answers), len(undone.Replaced)-len(answers)
		if restored == 0 {
			return nil
		}
		return c.saveTogether(answers, assessment.EventUndone, undone.Kind, undone.ID, nil, map[string]int64{"sequence": sequence})
	})
	return after, restored, left, err
}

// setTogether returns what the event with a sequence set together, with the answers that it replaced.
func (c *change) setTogether(sequence int64) (set assessment.Together, err error) {
	all, err := readTogether(context.Background(), c.tx.conn, c.state.ID, sequence, sequence)
	if err != nil {
		return set, err
	}
	if len(all) == 0 {
		return set, assessment.Errorf(assessment.NotFound, "There is nothing to undo")
	}
	set = all[0]
	var before map[string]given
	err = c.tx.row("SELECT before FROM event WHERE assessment_id = $1 AND sequence = $2", c.state.ID, sequence).Scan(document{&before})
	for i := range set.Replaced {
		r := &set.Replaced[i]
		was := before[r.Practice]
		r.Before, r.By, r.At = was.Answer, was.By, was.At
	}
	return set, err
}

// Together returns what was set not applicable together in an assessment, the latest first, without the answers that were
// replaced.
func (s *Store) Together(ctx context.Context, assessmentID string) ([]assessment.Together, error) {
	return readTogether(ctx, s.readers, assessmentID, 0, math.MaxInt64)
}

// readTogether returns the events of a range that set practices not applicable together, the latest first.
func readTogether(ctx context.Context, q queryer, assessmentID string, first, last int64) ([]assessment.Together, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT sequence, at, person, after
		FROM event
		WHERE assessment_id = $1 AND sequence >= $2 AND sequence <= $3 AND kind = $4
		ORDER BY sequence DESC
		LIMIT 100
	`, assessmentID, first, last, assessment.EventTogether)
	return collect(rows, err, func(rows *sql.Rows) (t assessment.Together, err error) {
		err = rows.Scan(&t.Sequence, moment{&t.At}, &t.By, document{&t})
		return t, err
	})
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

// byKey returns the values by their key, never nil.
func byKey[T any](values []T, key func(T) string) map[string]T {
	out := make(map[string]T, len(values))
	for _, value := range values {
		out[key(value)] = value
	}
	return out
}
