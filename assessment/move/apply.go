package move

import (
	"maps"
	"slices"
	"time"

	"plumbline/assessment"
)

// Apply returns the state after the move, in which the answers to the kept practices count as they are, and reworded
// ones are asked again where that was chosen. What is said about facets stays, also about those that only the
// questionnaire that is left has. Who moves it and when stand on the answers that are asked again; version becomes that
// of decisions and plan items that change. Nothing that was said is lost: what does not count any more is in Earlier,
// and the move back brings it back. The sequence and the name of the questionnaire stay as they are.
func (o *Outcome) Apply(chosen Chosen, by string, at time.Time, version int) assessment.State {
	c := mover{outcome: o, by: by, at: at, version: version, state: *o.state}
	c.state.Decisions = maps.Clone(o.state.Decisions)
	c.state.Plan = maps.Clone(o.state.Plan)
	c.state.Priorities = maps.Clone(o.state.Priorities)
	c.state.Earlier = cloned(o.state.Earlier)
	for i := range o.Practices {
		c.practice(&o.Practices[i], chosen)
	}
	for id := range o.state.Answers {
		if _, known := o.after.Place(id); !known {
			c.setAside(id)
			c.state.Answers = c.state.Answers.Without(id)
		}
	}
	for _, row := range o.Decisions {
		c.decision(row)
	}
	for _, row := range o.Plan {
		c.planItem(row)
	}
	for _, row := range o.Priorities {
		c.priority(row)
	}
	c.state.Earlier.Sort()
	return c.state
}

// mover is a state on its way.
type mover struct {
	outcome *Outcome
	by      string
	at      time.Time
	version int
	state   assessment.State
}

func cloned(e assessment.Earlier) assessment.Earlier {
	return assessment.Earlier{Answers: slices.Clone(e.Answers), Decisions: slices.Clone(e.Decisions), Plan: slices.Clone(e.Plan),
		Priorities: slices.Clone(e.Priorities)}
}

func (c *mover) practice(p *Practice, chosen Chosen) {
	switch p.Class {
	case Returning:
		c.setAside(p.ID)
		c.bringBack(p.ID, p.New)
	case AskAgain:
		c.again(p, slices.Contains(chosen.Kept, p.ID))
	case Reworded:
		if slices.Contains(chosen.Again, p.ID) {
			c.again(p, false)
		}
	case NewToAsk:
		c.bringBack(p.ID, p.New)
	}
}

// again keeps the answer to the earlier wording beside, and leaves the practice unanswered unless it is kept. One that
// comes back with its practice counts only then.
func (c *mover) again(p *Practice, kept bool) {
	next := assessment.SavedAnswer{Practice: p.ID, Version: c.nextVersion(p.ID), By: c.by, At: c.at}
	if c.setAside(p.ID) && kept {
		return
	}
	if kept {
		next.Answer, next.By, next.At = p.Answer.Answer, p.Answer.By, p.Answer.At
	}
	c.state.Answers = c.state.Answers.With(&next)
}

// setAside keeps the answer to a practice beside, with the wording that it was given to, and reports whether it says
// anything. One that says nothing is kept only where the practice is gone.
func (c *mover) setAside(practice string) (said bool) {
	answer, said := c.outcome.current(practice)
	_, touched := c.outcome.state.Answers[practice]
	if _, known := c.outcome.after.Place(practice); touched && (said || !known) {
		same := func(e assessment.EarlierAnswer) bool { return e.Practice == practice && e.Wording == answer.Wording }
		c.state.Earlier.Answers = append(slices.DeleteFunc(c.state.Earlier.Answers, same), answer)
	}
	return said
}

// bringBack makes the answer that was given to exactly this wording the one that counts, if there is one.
func (c *mover) bringBack(practice string, w assessment.Wording) {
	i := slices.IndexFunc(c.state.Earlier.Answers, func(e assessment.EarlierAnswer) bool { return e.Practice == practice && e.Wording == w })
	if i < 0 {
		return
	}
	back := c.state.Earlier.Answers[i].Saved()
	back.Version = c.nextVersion(practice)
	c.state.Answers = c.state.Answers.With(&back)
	c.state.Earlier.Answers = slices.Delete(c.state.Earlier.Answers, i, i+1)
}

// nextVersion returns a version that no answer to the practice ever had.
func (c *mover) nextVersion(practice string) int {
	last := c.outcome.state.Answer(practice).Version
	for _, earlier := range c.outcome.state.Earlier.Of(practice) {
		last = max(last, earlier.Version)
	}
	return last + 1
}

func (c *mover) decision(row Decision) {
	if row.Class == Carried {
		return
	}
	if made, ok := c.outcome.decided(row.Tradeoff); ok {
		c.forget(row.Tradeoff, made.Signals)
		c.state.Earlier.Decisions = append(c.state.Earlier.Decisions, made)
		delete(c.state.Decisions, row.Tradeoff)
	}
	now, known := c.outcome.after.Tradeoff(row.Tradeoff)
	if !known {
		return
	}
	next := row.Decision
	next.Version = c.version
	if row.Class == Returning {
		c.forget(row.Tradeoff, now.Signals)
	} else {
		next.Signals = carriedSignals(next.Signals, row.Signals, now.Signals)
	}
	c.state.Decisions[row.Tradeoff] = next
}

// forget takes the decision about these signals of a tradeoff out of what is kept beside.
func (c *mover) forget(tradeoff string, signals []assessment.Signal) {
	c.state.Earlier.Decisions = slices.DeleteFunc(c.state.Earlier.Decisions, func(e assessment.EarlierDecision) bool {
		return e.Decision.Tradeoff == tradeoff && slices.Equal(assessment.Conditions(e.Signals), assessment.Conditions(signals))
	})
}

func (c *mover) planItem(row PlanItem) {
	_, planned := c.outcome.state.Plan[row.Practice]
	switch {
	case row.Class == Orphaned && planned:
		kept := assessment.EarlierPlanItem{Item: row.Item, Version: row.Item.Version, Title: row.Title, Edition: c.outcome.Before}
		c.state.Earlier.Plan = append(c.state.Earlier.Plan, kept)
		delete(c.state.Plan, row.Practice)
	case row.Class == Returning:
		row.Item.Version = c.version
		c.state.Plan[row.Practice] = row.Item
		c.state.Earlier.Plan = slices.DeleteFunc(c.state.Earlier.Plan, func(e assessment.EarlierPlanItem) bool { return e.Item.Practice == row.Practice })
	}
}

func (c *mover) priority(row Priority) {
	_, set := c.outcome.state.Priorities[row.Pillar]
	switch {
	case row.Class == Orphaned && set:
		c.state.Earlier.Priorities = append(c.state.Earlier.Priorities, row.EarlierPriority)
		delete(c.state.Priorities, row.Pillar)
	case row.Class == Returning:
		c.state.Priorities[row.Pillar] = row.Priority
		same := func(e assessment.EarlierPriority) bool { return e.Pillar == row.Pillar }
		c.state.Earlier.Priorities = slices.DeleteFunc(c.state.Earlier.Priorities, same)
	}
}
