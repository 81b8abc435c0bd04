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

// Values of an event that are read, each a kilobyte, or megabytes where many answers were replaced together.
const (
	noValues   = "NULL, NULL"
	bothValues = "before, after"
	// What many answers were before is only for those who put them back.
	shownValues = "CASE WHEN kind IN ('" + assessment.EventTogether + "', '" + assessment.EventUndone + "') THEN NULL ELSE before END, after"
)

// Events returns at most limit events of an assessment with a sequence above after, in their order, which is that of
// the sequence: a clock that was set back does not change it. What was before and after is left out.
func (s *Store) Events(ctx context.Context, assessmentID string, after int64, limit int) ([]assessment.Event, error) {
	return readEvents(ctx, s.readers, noValues, "assessment_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3", assessmentID, after, limit)
}

// History returns events of an assessment, the newest first. Reports are left out: they change nothing, and their titles
// may name a workload that the reader may not know of. So is what answers were that were replaced together.
func (s *Store) History(ctx context.Context, assessmentID string, f assessment.EventFilter) ([]assessment.Event, error) {
	var where condition
	where.add("assessment_id =", assessmentID)
	where.add("kind <>", assessment.EventReport)
	if f.Subject != "" {
		where.concerning(f.Subject)
	}
	if f.Before > 0 {
		where.add("sequence <", f.Before)
	}
	return readEvents(ctx, s.readers, shownValues, where.String()+" ORDER BY sequence DESC LIMIT "+where.mark(f.Limit), where.args...)
}

// concerning demands that an event is about a subject, or has it among the answers that it changed together. What a person
// typed cannot pass for one: there, JSON writes another quotation mark.
func (c *condition) concerning(subject string) {
	c.parts = append(c.parts, "(subject = "+c.mark(subject)+
		" OR kind IN ("+c.mark(assessment.EventTogether)+", "+c.mark(assessment.EventUndone)+")"+
		" AND replace(after, "+c.mark(`"practice":`+text(subject))+", '') <> after)")
}

func readEvents(ctx context.Context, q queryer, values, which string, args ...any) ([]assessment.Event, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT sequence, at, person, kind, subject, `+values+`
		FROM event
		WHERE `+which, args...)
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
