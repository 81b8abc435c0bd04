package move

import (
	"maps"
	"slices"

	"plumbline/assessment"
)

// decisions adds what happens to every decision, recorded or kept.
func (o *Outcome) decisions() {
	ids := map[string]bool{}
	for id := range o.state.Decisions {
		ids[id] = true
	}
	for i := range o.state.Earlier.Decisions {
		ids[o.state.Earlier.Decisions[i].Decision.Tradeoff] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if row, ok := o.decision(id); ok {
			o.Decisions = append(o.Decisions, row)
		}
	}
}

// decision returns what happens to the decision about a tradeoff, and false if there is none to speak of: one that
// was removed since it was kept.
func (o *Outcome) decision(id string) (Decision, bool) {
	made, ok := o.decided(id)
	now, known := o.after.Tradeoff(id)
	if ok && known && slices.Equal(assessment.Conditions(made.Signals), assessment.Conditions(now.Signals)) {
		return moved(made, Carried), true
	}
	if known {
		for _, earlier := range o.state.Earlier.Decisions {
			if earlier.Decision.Tradeoff == id && slices.Equal(assessment.Conditions(earlier.Signals), assessment.Conditions(now.Signals)) {
				return moved(earlier, Returning), true
			}
		}
	}
	if _, stood := o.before.Tradeoff(id); !ok && !stood {
		made, ok = newestDecision(o.state.Earlier, id)
	}
	switch {
	case !ok:
		return Decision{}, false
	case !known:
		return moved(made, Orphaned), true
	}
	return moved(made, AskAgain), true
}

// decided returns the decision that counts now, with the signals that it was made on.
func (o *Outcome) decided(id string) (assessment.EarlierDecision, bool) {
	d, ok := o.state.Decisions[id]
	tradeoff, known := o.before.Tradeoff(id)
	if !ok || !known {
		return assessment.EarlierDecision{}, false
	}
	return assessment.EarlierDecision{Decision: d, Version: d.Version, Title: tradeoff.Title, Signals: tradeoff.Signals, Edition: o.Before}, true
}

// newestDecision returns the newest decision about a tradeoff that is kept.
func newestDecision(e assessment.Earlier, tradeoff string) (assessment.EarlierDecision, bool) {
	i := slices.IndexFunc(e.Decisions, func(d assessment.EarlierDecision) bool { return d.Decision.Tradeoff == tradeoff })
	if i < 0 {
		return assessment.EarlierDecision{}, false
	}
	return e.Decisions[i], true
}

// moved says what happens to a decision.
func moved(e assessment.EarlierDecision, class Class) Decision {
	return Decision{e.Decision.Tradeoff, e.Title, class, e.Decision, e.Signals}
}

// carriedSignals returns the places of the signals that a decision was made on in the tradeoff of another version.
func carriedSignals(made []int, then, now []assessment.Signal) []int {
	places := []int{}
	for _, i := range made {
		place := assessment.LostSignal
		if i >= 0 && i < len(then) {
			place = slices.Index(assessment.Conditions(now), then[i].When.String())
		}
		places = append(places, place)
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// plan adds what happens to every item of the plan.
func (o *Outcome) plan() {
	for _, id := range slices.Sorted(maps.Keys(o.state.Plan)) {
		place, stood := o.before.Place(id)
		if !stood {
			continue
		}
		row := PlanItem{id, place.Practice.Title, Carried, o.state.Plan[id]}
		if _, known := o.after.Place(id); !known {
			row.Class = Orphaned
		}
		o.Plan = append(o.Plan, row)
	}
	for _, earlier := range o.state.Earlier.Plan {
		id := earlier.Item.Practice
		if _, planned := o.state.Plan[id]; planned {
			continue
		}
		row := PlanItem{id, earlier.Title, Orphaned, earlier.Item}
		if _, known := o.after.Place(id); known {
			row.Class = Returning
		}
		o.Plan = append(o.Plan, row)
	}
}

// priorities adds what happens to every priority that was set.
func (o *Outcome) priorities() {
	for _, id := range slices.Sorted(maps.Keys(o.state.Priorities)) {
		pillar, stood := o.before.Pillar(id)
		if !stood {
			continue
		}
		row := Priority{assessment.EarlierPriority{Pillar: id, Title: pillar.Title, Priority: o.state.Priorities[id]}, Carried}
		if _, known := o.after.Pillar(id); !known {
			row.Class = Orphaned
		}
		o.Priorities = append(o.Priorities, row)
	}
	for _, earlier := range o.state.Earlier.Priorities {
		if _, set := o.state.Priorities[earlier.Pillar]; set {
			continue
		}
		row := Priority{earlier, Orphaned}
		if _, known := o.after.Pillar(earlier.Pillar); known {
			row.Class = Returning
		}
		o.Priorities = append(o.Priorities, row)
	}
}
