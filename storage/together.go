package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SetTogether sets every practice of a part of the questionnaire not applicable, in one change with one event, and returns
// the assessment after it with what was replaced. Where nothing is left to set, nothing changes. Errors on the field reason,
// NotFound for an unknown part, a negative sequence is VersionRequired, and Conflict says that somebody else has answered
// one of the practices since.
func (s *Store) SetTogether(ctx context.Context, actor access.Actor, assessmentID string, wish assessment.SetTogether) (
	after *assessment.Current, set assessment.Together, err error) {
	if err := requireVersion(wish.Sequence); err != nil {
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
		return c.saveTogether(assessment.EventTogether, answers, together)
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
			_, _, changes := together.Of(e.Subject)
			return changes
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

// saveTogether stores answers with one event about a part of the questionnaire.
func (c *change) saveTogether(kind string, answers []*assessment.SavedAnswer, together assessment.Together) error {
	for _, answer := range answers {
		if err := writeAnswer(c.tx, c.state.ID, answer); err != nil {
			return err
		}
		c.answers()[answer.Practice] = answer
		c.written += int64(len(answer.Reason) + len(answer.Note))
	}
	c.rescore = true
	c.detail = fmt.Sprintf("%s %s, number of practices: %d", together.Kind, together.ID, len(answers))
	return c.record(kind, "", together.Replaced, together.Brief())
}

// togetherOf returns what an event changed together, with the answers as they were and became.
func togetherOf(e *assessment.Event) (assessment.Together, error) {
	together, err := assessment.ValueOf[assessment.Together](e.After)
	if err != nil || len(e.Before) == 0 {
		return together, err
	}
	together.Replaced, err = assessment.ValueOf[[]assessment.ReplacedAnswer](e.Before)
	return together, err
}

// Together returns what was set not applicable together in an assessment, the latest first, at most the last hundred.
func (s *Store) Together(ctx context.Context, assessmentID string) ([]assessment.Together, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT sequence, at, person, after
		FROM event
		WHERE assessment_id = $1 AND kind = $2
		ORDER BY sequence DESC
		LIMIT 100
	`, assessmentID, assessment.EventTogether)
	return collect(rows, err, func(rows *sql.Rows) (t assessment.Together, err error) {
		err = rows.Scan(&t.Sequence, moment{&t.At}, &t.By, document{&t})
		return t, err
	})
}
