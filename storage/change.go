package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// change is one person's change of one assessment while it is being made. It starts as what is stored; state is its
// own, the maps in it are shared with other views until they are copied by decisions or plan.
type change struct {
	tx     *tx
	actor  access.Actor
	at     time.Time
	state  assessment.State
	model  *assessment.Model
	result *assessment.Result

	detail       string // of the next line of the audit log
	events       int    // recorded so far
	rescore      bool   // answers, priorities or the questionnaire have changed
	leavesAuthor bool   // nothing that people say changes: who changed the assessment last, and when, stays
	copied       struct{ answers, decisions, plan bool }

	size    int64 // of the state, see Current.Size
	written int64 // bytes that may have been added to it since that was measured
}

// change runs a change of what is said in an assessment in the writer and returns the assessment after it. Where the
// function records no event, nothing has changed. Conflict where the workload is archived.
func (s *Store) change(ctx context.Context, actor access.Actor, assessmentID string, apply func(*change) error) (
	*assessment.Current, error) {
	if err := s.warm(ctx, assessmentID); err != nil {
		return nil, err
	}
	return answering(ctx, actor, s.writer.doOnAssessments, func(t *tx) (*assessment.Current, error) {
		return s.changeIn(t, actor, assessmentID, func(c *change) error {
			// It may have been archived after somebody asked whether this person may change it.
			if err := c.state.Workload.CheckInUse(); err != nil {
				return err
			}
			return apply(c)
		})
	})
}

func (s *Store) changeIn(t *tx, actor access.Actor, assessmentID string, apply func(*change) error) (
	*assessment.Current, error) {
	before, err := s.current(t, assessmentID)
	if err != nil {
		return nil, err
	}
	c := &change{tx: t, actor: actor, at: t.now(), state: before.State, model: before.Model, result: before.Result, size: before.Size}
	if err := apply(c); err != nil {
		return nil, err
	}
	if c.events == 0 {
		return before, nil
	}
	if err := c.checkSize(&before.State); err != nil {
		return nil, err
	}
	after, err := c.finish()
	if err != nil {
		return nil, err
	}
	t.mine[assessmentID] = after
	return after, nil
}

// record appends an event and a line of the audit log. before and after are written as JSON; nil is left out.
func (c *change) record(kind, subject string, before, after any) error {
	c.events++
	c.state.Sequence++
	e := assessment.Event{Sequence: c.state.Sequence, At: c.at, User: c.actor.User.Name, Kind: kind, Subject: subject,
		Before: raw(before), After: raw(after)}
	c.written += int64(len(e.After))
	err := c.tx.grow(c.state.Workload.Team, int64(rowsPerChange+len(e.Before)+2*len(e.After))) // after is stored itself, too
	if err != nil {
		return err
	}
	err = insertEvent(c.tx, c.state.ID, c.actor, e)
	if err != nil {
		return err
	}
	return c.tx.audit(c.actor, access.AuditEntry{
		At:          c.at,
		Team:        c.state.Workload.Team,
		Action:      kind,
		SubjectKind: access.AuditSubjectKind(kind),
		Subject:     cmp.Or(subject, c.state.ID),
		Detail:      c.detail,
		Assessment:  c.state.ID,
	})
}

func raw(value any) json.RawMessage {
	if value == nil {
		return nil
	}
	return json.RawMessage(text(value))
}

// finish scores the assessment anew where that is needed and writes its row.
func (c *change) finish() (*assessment.Current, error) {
	if c.rescore {
		c.result = c.model.ScoreState(&c.state)
	}
	if c.leavesAuthor {
		return c.view(), c.saveSequence()
	}
	c.state.UpdatedAt = c.at
	_, err := c.tx.exec(`
		UPDATE assessment
		SET sequence = $1, updated_at = $2, changed_by = $3, summary = $4
		WHERE id = $5
	`, c.state.Sequence, micros(c.at), c.actor.User.Name, text(storeSummary(c.summary())), c.state.ID)
	if err != nil {
		return nil, fmt.Errorf("save scores: %w", err)
	}
	return c.view(), nil
}

func (c *change) saveSequence() error {
	_, err := c.tx.exec("UPDATE assessment SET sequence = $1 WHERE id = $2", c.state.Sequence, c.state.ID)
	if err != nil {
		return fmt.Errorf("save sequence: %w", err)
	}
	return nil
}

func (c *change) view() *assessment.Current {
	return &assessment.Current{State: c.state, Model: c.model, Result: c.result, Size: c.size}
}

func (c *change) summary() assessment.Summary {
	return assessment.Summarise(c.model, c.result, &c.state)
}

func (c *change) answers() assessment.SavedAnswers {
	if !c.copied.answers {
		c.state.Answers, c.copied.answers = maps.Clone(c.state.Answers), true
	}
	return c.state.Answers
}

func (c *change) decisions() map[string]assessment.Decision {
	if !c.copied.decisions {
		c.state.Decisions, c.copied.decisions = maps.Clone(c.state.Decisions), true
	}
	return c.state.Decisions
}

func (c *change) plan() map[string]assessment.PlanItem {
	if !c.copied.plan {
		c.state.Plan, c.copied.plan = maps.Clone(c.state.Plan), true
	}
	return c.state.Plan
}

// requireVersion refuses a save that does not say which version it saw.
func requireVersion[N int | int64](version N) error {
	if version < 0 {
		return assessment.Errorf(assessment.VersionRequired, "The request does not include the version that it is based on")
	}
	return nil
}
