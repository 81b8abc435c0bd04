package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
)

// MoveAssessment moves an assessment to another stored questionnaire and returns it as it is then. It is one transaction:
// a snapshot is taken first, then every answer, decision, plan item and priority is carried over or kept aside, as
// move.Outcome says. Nothing changes if the assessment has the questionnaire already.
//
// An assessment that changed since it was seen is a Conflict, a negative sequence VersionRequired. Invalid on the field
// questionnaire is one that is unknown, or that is neither offered to the team nor one that the assessment had before; on
// keep, a practice that cannot be kept. Errors on title and note are those of TakeSnapshot.
func (s *Store) MoveAssessment(ctx context.Context, actor access.Actor, assessmentID string, m move.Request) (
	*assessment.Current, error) {
	err := requireVersion(m.Sequence)
	if err != nil {
		return nil, err
	}
	if m.Title, m.Note, err = assessment.CheckSnapshotTexts(m.Title, m.Note); err != nil {
		return nil, err
	}
	to, err := s.Model(ctx, m.Questionnaire)
	if assessment.CodeOf(err) == assessment.NotFound {
		return nil, assessment.InvalidField("questionnaire", absence("questionnaire"))
	}
	if err != nil {
		return nil, err
	}
	if err := s.documents.wait(ctx); err != nil {
		return nil, err
	}
	defer s.documents.leave()
	view, newest, err := s.newestOf(ctx, assessmentID)
	switch {
	case err != nil:
		return nil, err
	case view.State.Questionnaire.SHA256 == m.Questionnaire:
		return view, nil
	case view.State.Sequence != m.Sequence:
		return nil, conflict("this assessment")
	}
	ready, err := s.composeMove(view, newest, to, m, actor.User.Name)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		if c.state.Sequence != m.Sequence {
			return conflict("this assessment")
		}
		if err := c.mayMoveTo(m.Questionnaire); err != nil {
			return err
		}
		return c.move(ready)
	})
}

// composedMove is a move that is ready to be stored, computed beside the writer.
type composedMove struct {
	snapshot composed
	to       *assessment.Model
	after    assessment.State
	result   *assessment.Result // of the state after it

	answers, decisions, plan edit
	from, moved              move.Record
}

// edit names what the state after a move has no more, and what it has otherwise.
type edit struct{ gone, changed []string }

// composeMove computes a move of a view, and the snapshot that is taken before it.
func (s *Store) composeMove(view *assessment.Current, newest assessment.SnapshotInfo, to *assessment.Model, m move.Request,
	by string) (composedMove, error) {
	before, outcome := &view.State, move.NewOutcome(&view.State, view.Model, to)
	if err := outcome.CheckChosen(m.Chosen); err != nil {
		return composedMove{}, err
	}
	snapshot, err := s.compose(view, newest, m.Title, m.Note, by)
	if err != nil {
		return composedMove{}, err
	}
	after := outcome.Apply(m.Chosen, by, snapshot.info.TakenAt, int(before.Sequence)+2) // the snapshot is a change too
	q := to.Questionnaire()
	after.Questionnaire = assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: m.Questionnaire}
	if !reflect.DeepEqual(after.Priorities, before.Priorities) {
		after.Version++
	}
	moved := outcome.Record(m.Chosen)
	moved.Questionnaire, moved.SHA256, moved.Snapshot = outcome.After, m.Questionnaire, snapshot.info.ID
	return composedMove{snapshot: snapshot, to: to, after: after, result: to.ScoreState(&after),
		answers: parted(before.Answers, after.Answers), decisions: parted(before.Decisions, after.Decisions), plan: parted(before.Plan, after.Plan),
		from: move.Record{Questionnaire: outcome.Before, SHA256: before.Questionnaire.SHA256}, moved: moved}, nil
}

// mayMoveTo returns nil where the team is offered the questionnaire, and where the assessment had it once: the way back
// stays open.
func (c *change) mayMoveTo(sha256 string) error {
	var before int
	err := c.tx.row("SELECT count(*) FROM snapshot WHERE assessment_id = $1 AND questionnaire = $2", c.state.ID, sha256).Scan(&before)
	if err != nil {
		return fmt.Errorf("look for snapshots of the questionnaire: %w", err)
	}
	if before > 0 {
		return nil
	}
	return offered(c.tx, sha256, c.state.Workload.Team)
}

func (c *change) move(m composedMove) error {
	if err := c.storeSnapshot(m.snapshot); err != nil {
		return err
	}
	c.leavesAuthor = false
	m.after.Sequence = c.state.Sequence
	if err := c.writeMoved(&m); err != nil {
		return err
	}
	c.state, c.model, c.result, c.written = m.after, m.to, m.result, m.after.Size()
	c.detail = m.after.Questionnaire.ID + " " + m.after.Questionnaire.Version
	return c.record(assessment.EventMoved, "", m.from, m.moved)
}

// writeMoved writes what is not the same in the state after a move.
func (c *change) writeMoved(m *composedMove) error {
	err := errors.Join(c.moveAnswers(m), c.moveDecisions(m), c.movePlan(m), c.moveEarlier(&m.after), c.moveRow(&m.after))
	if err != nil {
		return fmt.Errorf("move to another questionnaire: %w", err)
	}
	return nil
}

func (c *change) moveAnswers(m *composedMove) error {
	for _, practice := range m.answers.gone {
		if _, err := c.tx.exec("DELETE FROM answer WHERE assessment_id = $1 AND practice = $2", c.state.ID, practice); err != nil {
			return err
		}
	}
	for _, practice := range m.answers.changed {
		saved := m.after.Answer(practice)
		if err := writeAnswer(c.tx, c.state.ID, &saved); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) moveDecisions(m *composedMove) error {
	for _, tradeoff := range m.decisions.gone {
		if err := c.eraseDecision(tradeoff); err != nil {
			return err
		}
	}
	for _, tradeoff := range m.decisions.changed {
		if err := writeDecision(c.tx, c.state.ID, m.after.Decisions[tradeoff]); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) movePlan(m *composedMove) error {
	for _, practice := range m.plan.gone {
		if err := c.erasePlanItem(practice); err != nil {
			return err
		}
	}
	for _, practice := range m.plan.changed {
		if err := writePlanItem(c.tx, c.state.ID, m.after.Plan[practice]); err != nil {
			return err
		}
	}
	return nil
}

// parted returns the keys that only the earlier map has, and those that the later one has otherwise.
func parted[T any](before, after map[string]T) (e edit) {
	for key := range before {
		if _, kept := after[key]; !kept {
			e.gone = append(e.gone, key)
		}
	}
	for key := range maps.Keys(after) {
		if old, had := before[key]; !had || !reflect.DeepEqual(old, after[key]) {
			e.changed = append(e.changed, key)
		}
	}
	return e
}

func (c *change) moveRow(after *assessment.State) error {
	_, err := c.tx.exec(`
		UPDATE assessment
		SET questionnaire = $1, priorities = $2, version = $3
		WHERE id = $4
	`, after.Questionnaire.SHA256, text(clonePriorities(after.Priorities)), after.Version, c.state.ID)
	return err
}
