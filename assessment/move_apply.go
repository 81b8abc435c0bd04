package assessment

import (
	"maps"
	"slices"
	"time"
)

// Apply returns the state after the move, in which the answers to the kept practices count as they are, and reworded ones
// are asked again where that was chosen. What is said about facets stays, also about those that only the questionnaire
// that is left has. Who moves it and when stand on the answers that are asked again; version becomes that of decisions and plan
// items that change. Nothing that was said is lost: what does not count any more is in Earlier, and the move back brings
// it back. The sequence and the name of the questionnaire stay as they are.
func (t *Move) Apply(chosen Chosen, by string, at time.Time, version int) State {
	c := mover{move: t, by: by, at: at, version: version, state: *t.state}
	c.state.Decisions = maps.Clone(t.state.Decisions)
	c.state.Plan = maps.Clone(t.state.Plan)
	c.state.Priorities = maps.Clone(t.state.Priorities)
	c.state.Earlier = t.state.Earlier.clone()
	for i := range t.Practices {
		c.practice(&t.Practices[i], chosen)
	}
	for id := range t.state.Answers {
		if _, known := t.after.Place(id); !known {
			c.setAside(id)
			c.state.Answers = c.state.Answers.without(id)
		}
	}
	for _, row := range t.Decisions {
		c.decision(row)
	}
	for _, row := range t.Plan {
		c.planItem(row)
	}
	for _, row := range t.Priorities {
		c.priority(row)
	}
	c.state.Earlier.Sort()
	return c.state
}

// mover is a state on its way.
type mover struct {
	move    *Move
	by      string
	at      time.Time
	version int
	state   State
}

func (e Earlier) clone() Earlier {
	return Earlier{slices.Clone(e.Answers), slices.Clone(e.Decisions), slices.Clone(e.Plan), slices.Clone(e.Priorities)}
}

func (c *mover) practice(p *MovedPractice, chosen Chosen) {
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
func (c *mover) again(p *MovedPractice, kept bool) {
	next := SavedAnswer{Practice: p.ID, Version: c.nextVersion(p.ID), By: c.by, At: c.at}
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
	answer, said := c.move.current(practice)
	_, touched := c.move.state.Answers[practice]
	if _, known := c.move.after.Place(practice); touched && (said || !known) {
		same := func(e EarlierAnswer) bool { return e.Practice == practice && e.Wording == answer.Wording }
		c.state.Earlier.Answers = append(slices.DeleteFunc(c.state.Earlier.Answers, same), answer)
	}
	return said
}

// bringBack makes the answer that was given to exactly this wording the one that counts, if there is one.
func (c *mover) bringBack(practice string, w Wording) {
	i := slices.IndexFunc(c.state.Earlier.Answers, func(e EarlierAnswer) bool { return e.Practice == practice && e.Wording == w })
	if i < 0 {
		return
	}
	back := c.state.Earlier.Answers[i].saved()
	back.Version = c.nextVersion(practice)
	c.state.Answers = c.state.Answers.With(&back)
	c.state.Earlier.Answers = slices.Delete(c.state.Earlier.Answers, i, i+1)
}

// nextVersion returns a version that no answer to the practice ever had.
func (c *mover) nextVersion(practice string) int {
	last := c.move.state.Answer(practice).Version
	for _, earlier := range c.move.state.Earlier.Of(practice) {
		last = max(last, earlier.Version)
	}
	return last + 1
}

func (c *mover) decision(row MovedDecision) {
	if row.Class == Carried {
		return
	}
	if made, ok := c.move.decided(row.Tradeoff); ok {
		c.forget(row.Tradeoff, made.Signals)
		c.state.Earlier.Decisions = append(c.state.Earlier.Decisions, made)
		delete(c.state.Decisions, row.Tradeoff)
	}
	now, known := c.move.after.Tradeoff(row.Tradeoff)
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
func (c *mover) forget(tradeoff string, signals []Signal) {
	c.state.Earlier.Decisions = slices.DeleteFunc(c.state.Earlier.Decisions, func(e EarlierDecision) bool {
		return e.Decision.Tradeoff == tradeoff && slices.Equal(conditions(e.Signals), conditions(signals))
	})
}

func (c *mover) planItem(row MovedPlanItem) {
	_, planned := c.move.state.Plan[row.Practice]
	switch {
	case row.Class == Orphaned && planned:
		c.state.Earlier.Plan = append(c.state.Earlier.Plan, EarlierPlanItem{row.Item, row.Item.Version, row.Title, c.move.Before})
		delete(c.state.Plan, row.Practice)
	case row.Class == Returning:
		row.Item.Version = c.version
		c.state.Plan[row.Practice] = row.Item
		c.state.Earlier.Plan = slices.DeleteFunc(c.state.Earlier.Plan, func(e EarlierPlanItem) bool { return e.Item.Practice == row.Practice })
	}
}

func (c *mover) priority(row MovedPriority) {
	_, set := c.move.state.Priorities[row.Pillar]
	switch {
	case row.Class == Orphaned && set:
		c.state.Earlier.Priorities = append(c.state.Earlier.Priorities, row.EarlierPriority)
		delete(c.state.Priorities, row.Pillar)
	case row.Class == Returning:
		c.state.Priorities[row.Pillar] = row.Priority
		c.state.Earlier.Priorities = slices.DeleteFunc(c.state.Earlier.Priorities, func(e EarlierPriority) bool { return e.Pillar == row.Pillar })
	}
}
