package storage

import (
	"context"
	"database/sql"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func insertEvent(t *tx, assessmentID string, actor access.Actor, e assessment.Event) error {
	_, err := t.exec(`
		INSERT INTO event (assessment_id, sequence, at, account_id, person, kind, subject, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	`, assessmentID, e.Sequence, micros(e.At), orNull(actor.User.ID), e.User, e.Kind, e.Subject,
		orNull(string(e.Before)), orNull(string(e.After)))
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Kind, err)
	}
	return nil
}

// Events returns at most limit events of an assessment with a sequence above after, in their order, which is that of
// the sequence: a clock that was set back does not change it.
func (s *Store) Events(ctx context.Context, assessmentID string, after int64, limit int) ([]assessment.Event, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT sequence, at, person, kind, subject, before, after
		FROM event
		WHERE assessment_id = $1 AND sequence > $2
		ORDER BY sequence
		LIMIT $3
	`, assessmentID, after, limit)
	return collect(rows, err, func(rows *sql.Rows) (e assessment.Event, err error) {
		var before, after sql.NullString
		err = rows.Scan(&e.Sequence, moment{&e.At}, &e.User, &e.Kind, &e.Subject, &before, &after)
		if before.Valid {
			e.Before = []byte(before.String)
		}
		if after.Valid {
			e.After = []byte(after.String)
		}
		return e, err
	})
}
