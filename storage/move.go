package storage

import (
	"context"
	"fmt"
	"maps"
	"reflect"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// MoveAssessment moves an assessment to another stored questionnaire and returns it as it is then. It is one transaction:
// a snapshot is taken first, then every answer, decision, plan item and priority is carried over or kept aside, as
// assessment.Move says. Nothing changes if the assessment has the questionnaire already.
//
// An assessment that changed since it was seen is a Conflict, a negative sequence VersionRequired. Invalid on the field
// questionnaire is one that is unknown, or that is neither offered to the team nor one that the assessment had before; on
// keep, a practice that cannot be kept. Errors on title and note are those of TakeSnapshot.
func (s *Store) MoveAssessment(ctx context.Context, actor access.Actor, assessmentID string, m assessment.MoveRequest) (
	*assessment.Current, error) {
	if m.Sequence < 0 {
		return nil, requireVersion(-1)
	}
	var err error
	if m.Title, m.Note, err = assessment.CheckSnapshotTexts(m.Title, m.Note); err != nil {
		return nil, err
	}
	to, err := s.Model(ctx, m.Questionnaire)
	if assessment.CodeOf(err) == assessment.NotFound {
		return nil, assessment.InvalidField("questionnaire", "There is no such questionnaire")
	}
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		switch {
		case c.state.Questionnaire.SHA256 == m.Questionnaire:
			return nil
		case c.state.Sequence != m.Sequence:
			return conflict("this assessment")
		}
		if err := c.mayMoveTo(m.Questionnaire); err != nil {
			return err
		}
		return c.move(to, m)
	})
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

func (c *change) move(to *assessment.Model, m assessment.MoveRequest) error {
	move := assessment.NewMove(&c.state, c.model, to)
	if err := move.CheckKept(m.Kept); err != nil {
		return err
	}
	snapshot, err := c.takeSnapshot(m.Title, m.Note)
	if err != nil {
		return err
	}
	c.leavesAuthor = false
	before := assessment.Moved{Questionnaire: move.Before, SHA256: c.state.Questionnaire.SHA256}
	after := move.Apply(m.Kept, c.actor.User.Name, c.at, int(c.state.Sequence)+1)
	after.Sequence = c.state.Sequence
	q := to.Questionnaire()
	after.Questionnaire = assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: m.Questionnaire}
	if !reflect.DeepEqual(after.Priorities, c.state.Priorities) {
		after.Version++
	}
	if err := c.writeMoved(&after); err != nil {
		return err
	}
	c.state, c.model, c.rescore = after, to, true
	moved := move.Moved(m.Kept)
	moved.Questionnaire, moved.SHA256, moved.Snapshot = move.After, m.Questionnaire, snapshot.ID
	c.detail = q.ID + " " + q.Version
	return c.record(assessment.EventMoved, "", before, moved)
}

// writeMoved writes what is not the same in the state after a move.
func (c *change) writeMoved(after *assessment.State) error {
	for _, step := range []func(*assessment.State) error{c.moveAnswers, c.moveDecisions, c.movePlan, c.moveEarlier, c.moveRow} {
		if err := step(after); err != nil {
			return fmt.Errorf("move to another questionnaire: %w", err)
		}
	}
	return nil
}

func (c *change) moveAnswers(after *assessment.State) error {
	gone, changed := parted(c.state.Answers, after.Answers)
	for _, practice := range gone {
		if _, err := c.tx.exec("DELETE FROM answer WHERE assessment_id = $1 AND practice = $2", c.state.ID, practice); err != nil {
			return err
		}
	}
	for _, practice := range changed {
		saved := after.Answer(practice)
		if err := writeAnswer(c.tx, c.state.ID, &saved); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) moveDecisions(after *assessment.State) error {
	gone, changed := parted(c.state.Decisions, after.Decisions)
	for _, tradeoff := range gone {
		if err := c.eraseDecision(tradeoff); err != nil {
			return err
		}
	}
	for _, tradeoff := range changed {
		if err := writeDecision(c.tx, c.state.ID, after.Decisions[tradeoff]); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) movePlan(after *assessment.State) error {
	gone, changed := parted(c.state.Plan, after.Plan)
	for _, practice := range gone {
		if err := c.erasePlanItem(practice); err != nil {
			return err
		}
	}
	for _, practice := range changed {
		if err := writePlanItem(c.tx, c.state.ID, after.Plan[practice]); err != nil {
			return err
		}
	}
	return nil
}

// parted returns the keys that only the earlier map has, and those that the later one has otherwise.
func parted[T any](before, after map[string]T) (gone, changed []string) {
	for key := range before {
		if _, kept := after[key]; !kept {
			gone = append(gone, key)
		}
	}
	for key := range maps.Keys(after) {
		if old, had := before[key]; !had || !reflect.DeepEqual(old, after[key]) {
			changed = append(changed, key)
		}
	}
	return gone, changed
}

func (c *change) moveRow(after *assessment.State) error {
	_, err := c.tx.exec(`
		UPDATE assessment
		SET questionnaire = $1, priorities = $2, version = $3
		WHERE id = $4
	`, after.Questionnaire.SHA256, text(clonePriorities(after.Priorities)), after.Version, c.state.ID)
	return err
}
