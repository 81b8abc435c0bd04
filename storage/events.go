package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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
	shownValues = "CASE kind WHEN '" + assessment.EventTogether + "' THEN NULL ELSE before END, after"
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
		where.add("subject =", f.Subject)
	}
	if f.Before > 0 {
		where.add("sequence <", f.Before)
	}
	return readEvents(ctx, s.readers, shownValues, where.String()+" ORDER BY sequence DESC LIMIT "+where.mark(f.Limit), where.args...)
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

// Undo takes changes back: what each of them set is again what it was before, and the assessment after it is returned.
// All or none are taken back: Conflict where one of them does not hold any more, NotFound where there is no such change,
// Invalid where it is of a kind that cannot be taken back.
func (s *Store) Undo(ctx context.Context, actor access.Actor, assessmentID string, sequences []int64) (*assessment.Current, error) {
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		for _, sequence := range sequences {
			e, err := c.reversible(sequence)
			if err != nil {
				return err
			}
			holds, err := c.view().Holds(e)
			if err != nil {
				return err
			}
			if !holds {
				return assessment.Errorf(assessment.Conflict, "This was changed again since. The history shows what it is now")
			}
			if err := errors.Join(c.put(e, e.Before), c.credit(e)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Restore sets again what a change had set, whatever came after it, and returns the assessment after it. The errors are
// those of Undo, without the Conflict.
func (s *Store) Restore(ctx context.Context, actor access.Actor, assessmentID string, sequence int64) (*assessment.Current, error) {
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		e, err := c.reversible(sequence)
		if err != nil {
			return err
		}
		return c.put(e, e.After)
	})
}

func (c *change) reversible(sequence int64) (*assessment.Event, error) {
	events, err := readEvents(context.Background(), c.tx.conn, bothValues, "assessment_id = $1 AND sequence = $2", c.state.ID, sequence)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, assessment.Errorf(assessment.NotFound, "This change does not exist")
	}
	if !events[0].Reversible() {
		return nil, assessment.Errorf(assessment.Invalid, "A change of this kind cannot be undone")
	}
	return &events[0], nil
}

// put gives what an event changed one of the values that the event holds.
func (c *change) put(e *assessment.Event, held json.RawMessage) error {
	switch e.Kind {
	case assessment.EventAnswer:
		answer, err := assessment.ValueOf[assessment.Answer](held)
		if err != nil {
			return err
		}
		return c.saveAnswer(assessment.SaveAnswer{Practice: e.Subject, Version: c.state.Answer(e.Subject).Version, Answer: answer})
	case assessment.EventDecision, assessment.EventDecisionRemoved:
		return c.putDecision(e.Subject, held)
	case assessment.EventPlan, assessment.EventPlanRemoved:
		return c.putPlanItem(e.Subject, held)
	case assessment.EventPriorities:
		priorities, err := assessment.ValueOf[assessment.Priorities](held)
		if err != nil {
			return err
		}
		return c.setPriorities(c.state.Version, priorities)
	}
	facets, err := assessment.ValueOf[assessment.Facets](held)
	if err != nil {
		return err
	}
	return c.setFacets(c.state.FacetsVersion, facets)
}

// credit gives what was taken back to the person who had said it, with the moment when they did.
func (c *change) credit(e *assessment.Event) error {
	switch e.Kind {
	case assessment.EventAnswer:
		return c.creditAnswer(e)
	case assessment.EventDecision, assessment.EventDecisionRemoved:
		said, err := assessment.ValueOf[assessment.Decision](e.Before)
		if err != nil || len(e.Before) == 0 {
			return err
		}
		said.Version = c.state.Decisions[e.Subject].Version
		c.decisions()[e.Subject] = said
		return writeDecision(c.tx, c.state.ID, said)
	}
	return nil
}

func (c *change) creditAnswer(e *assessment.Event) error {
	said, err := assessment.ValueOf[given](e.Before)
	if err != nil || said.By == "" {
		return err
	}
	stored := c.state.Answer(e.Subject)
	stored.By, stored.At = said.By, said.At
	c.answers()[e.Subject] = &stored
	return writeAnswer(c.tx, c.state.ID, &stored)
}

func (c *change) putDecision(tradeoff string, held json.RawMessage) error {
	version := c.state.Decisions[tradeoff].Version
	if len(held) == 0 {
		return c.removeDecision(tradeoff, version)
	}
	d, err := assessment.ValueOf[assessment.Decision](held)
	if err != nil {
		return err
	}
	d.Version = version
	return c.saveDecision(d)
}

func (c *change) putPlanItem(practice string, held json.RawMessage) error {
	version := c.state.Plan[practice].Version
	if len(held) == 0 {
		return c.removePlanItem(practice, version)
	}
	item, err := assessment.ValueOf[assessment.PlanItem](held)
	if err != nil {
		return err
	}
	item.Version = version
	return c.savePlanItem(item)
}
