package storage

import (
	"context"
	"encoding/json"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Undo takes changes back, all or none: what each of them set is again what it was before, in the name of whom it was from
// then. Of answers that were changed together, those that somebody has changed since stay. It returns the assessment after
// it, and how much was taken back.
//
// Conflict where nothing holds any more of what one of the changes set, NotFound where there is no such change, Invalid
// where it is of a kind that cannot be taken back.
func (s *Store) Undo(ctx context.Context, actor access.Actor, assessmentID string, sequences []int64) (
	after *assessment.Current, all assessment.Undoing, err error) {
	after, err = s.change(ctx, actor, assessmentID, func(c *change) error {
		for _, sequence := range sequences {
			undoing, err := c.undoOne(sequence)
			if err != nil {
				return err
			}
			all.Restored, all.Left = all.Restored+undoing.Restored, all.Left+undoing.Left
		}
		return nil
	})
	return after, all, err
}

func (c *change) undoOne(sequence int64) (assessment.Undoing, error) {
	e, err := c.reversible(sequence)
	if err != nil {
		return assessment.Undoing{}, err
	}
	holds, err := c.view().Holds(e)
	if err != nil {
		return assessment.Undoing{}, err
	}
	if !holds {
		return assessment.Undoing{}, assessment.Errorf(assessment.Conflict, "This was changed again since. The history shows what it is now")
	}
	return c.undo(e)
}

// Restore sets again what a change had set, whatever came after it, and returns the assessment after it. The errors are
// those of Undo, without the Conflict.
func (s *Store) Restore(ctx context.Context, actor access.Actor, assessmentID string, sequence int64) (*assessment.Current, error) {
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		e, err := c.reversible(sequence)
		if err != nil {
			return err
		}
		if e.Kind == assessment.EventTogether || e.Kind == assessment.EventUndone {
			return c.restoreTogether(e)
		}
		return c.put(e, e.After)
	})
}

func (c *change) reversible(sequence int64) (*assessment.Event, error) {
	events, err := readEvents(context.Background(), c.tx.conn, "assessment_id = $1 AND sequence = $2", c.state.ID, sequence)
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

func (c *change) undo(e *assessment.Event) (assessment.Undoing, error) {
	one := assessment.Undoing{Restored: 1}
	switch e.Kind {
	case assessment.EventTogether, assessment.EventUndone:
		return c.undoTogether(e)
	case assessment.EventAnswer:
		return one, c.undoAnswer(e)
	case assessment.EventDecision, assessment.EventDecisionRemoved:
		return one, c.undoDecision(e)
	}
	return one, c.put(e, e.Before)
}

func (c *change) undoAnswer(e *assessment.Event) error {
	before, err := assessment.ValueOf[assessment.GivenAnswer](e.Before)
	if err != nil {
		return err
	}
	if before.By == "" { // nobody had answered
		before.By, before.At = c.actor.User.Name, c.at
	}
	return c.saveAnswer(c.save(e.Subject, before.Answer), before.By, before.At)
}

// undoDecision records a decision as it was, on the answers of that time, or withdraws one that was recorded first.
func (c *change) undoDecision(e *assessment.Event) error {
	if len(e.Before) == 0 {
		return c.put(e, nil)
	}
	before, err := assessment.ValueOf[assessment.Decision](e.Before)
	if err != nil {
		return err
	}
	if _, err := c.checkDecision(before); err != nil {
		return err
	}
	return c.recordDecision(before)
}

func (c *change) undoTogether(e *assessment.Event) (assessment.Undoing, error) {
	together, err := assessment.ValueOf[assessment.Together](e.After)
	if err != nil {
		return assessment.Undoing{}, err
	}
	answers, undone := together.Undone(c.view(), c.actor.User.Name, c.at)
	undoing := assessment.Undoing{Restored: len(answers), Left: len(together.Replaced) - len(answers)}
	return undoing, c.saveTogether(assessment.EventUndone, answers, undone)
}

func (c *change) restoreTogether(e *assessment.Event) error {
	together, err := assessment.ValueOf[assessment.Together](e.After)
	if err != nil {
		return err
	}
	there := func(r assessment.ReplacedAnswer) bool { _, known := c.model.Place(r.Practice); return known }
	if !slices.ContainsFunc(together.Replaced, there) {
		return assessment.Errorf(assessment.NotFound, "The questionnaire has none of these practices")
	}
	answers, again := together.Again(c.view(), c.actor.User.Name, c.at)
	if len(answers) == 0 {
		return nil
	}
	again.Reason = together.Reason
	return c.saveTogether(e.Kind, answers, again)
}

// put gives what an event changed one of the values that the event holds, in the name of the actor.
func (c *change) put(e *assessment.Event, held json.RawMessage) error {
	switch e.Kind {
	case assessment.EventAnswer:
		answer, err := assessment.ValueOf[assessment.Answer](held)
		if err != nil {
			return err
		}
		return c.saveAnswer(c.save(e.Subject, answer), c.actor.User.Name, c.at)
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

// save returns the wish to answer a practice, whatever is stored.
func (c *change) save(practice string, answer assessment.Answer) assessment.SaveAnswer {
	return assessment.SaveAnswer{Practice: practice, Version: c.state.Answer(practice).Version, Answer: answer}
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
