package assessment

import (
	"maps"
	"slices"
)

// decisions adds what happens to every decision, recorded or kept.
func (t *Move) decisions() {
	ids := map[string]bool{}
	for id := range t.state.Decisions {
		ids[id] = true
	}
	for i := range t.state.Earlier.Decisions {
		ids[t.state.Earlier.Decisions[i].Decision.Tradeoff] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if row, ok := t.decision(id); ok {
			t.Decisions = append(t.Decisions, row)
		}
	}
}

// decision returns what happens to the decision about a tradeoff, and false if there is none to speak of: one that
// was removed since it was kept.
func (t *Move) decision(id string) (MovedDecision, bool) {
	made, ok := t.decided(id)
	now, known := t.after.Tradeoff(id)
	if ok && known && slices.Equal(conditions(made.Signals), conditions(now.Signals)) {
		return made.moved(Carried), true
	}
	if known {
		for _, earlier := range t.state.Earlier.Decisions {
			if earlier.Decision.Tradeoff == id && slices.Equal(conditions(earlier.Signals), conditions(now.Signals)) {
				return earlier.moved(Returning), true
			}
		}
	}
	if _, stood := t.before.Tradeoff(id); !ok && !stood {
		made, ok = t.state.Earlier.decision(id)
	}
	switch {
	case !ok:
		return MovedDecision{}, false
	case !known:
		return made.moved(Orphaned), true
	}
	return made.moved(AskAgain), true
}

// decided returns the decision that counts now, with the signals that it was made on.
func (t *Move) decided(id string) (EarlierDecision, bool) {
	d, ok := t.state.Decisions[id]
	tradeoff, known := t.before.Tradeoff(id)
	if !ok || !known {
		return EarlierDecision{}, false
	}
	return EarlierDecision{d, d.Version, tradeoff.Title, tradeoff.Signals, t.Before}, true
}

// decision returns the newest decision about a tradeoff.
func (e Earlier) decision(tradeoff string) (EarlierDecision, bool) {
	i := slices.IndexFunc(e.Decisions, func(d EarlierDecision) bool { return d.Decision.Tradeoff == tradeoff })
	if i < 0 {
		return EarlierDecision{}, false
	}
	return e.Decisions[i], true
}

func (e EarlierDecision) moved(class MoveClass) MovedDecision {
	return MovedDecision{e.Decision.Tradeoff, e.Title, class, e.Decision, e.Signals}
}

// LostSignal stands in a decision for the signals that it was made on and that the tradeoff does not have any more.
// It is never true, so that the decision is stale until it is made again.
const LostSignal = -1

// carriedSignals returns the places of the signals that a decision was made on in the tradeoff of another version.
func carriedSignals(made []int, then, now []Signal) []int {
	places := []int{}
	for _, i := range made {
		place := LostSignal
		if i >= 0 && i < len(then) {
			place = slices.Index(conditions(now), then[i].When.String())
		}
		places = append(places, place)
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// plan adds what happens to every item of the plan.
func (t *Move) plan() {
	for _, id := range slices.Sorted(maps.Keys(t.state.Plan)) {
		place, stood := t.before.Place(id)
		if !stood {
			continue
		}
		row := MovedPlanItem{id, place.Practice.Title, Carried, t.state.Plan[id]}
		if _, known := t.after.Place(id); !known {
			row.Class = Orphaned
		}
		t.Plan = append(t.Plan, row)
	}
	for _, earlier := range t.state.Earlier.Plan {
		id := earlier.Item.Practice
		if _, planned := t.state.Plan[id]; planned {
			continue
		}
		row := MovedPlanItem{id, earlier.Title, Orphaned, earlier.Item}
		if _, known := t.after.Place(id); known {
			row.Class = Returning
		}
		t.Plan = append(t.Plan, row)
	}
}

// facets adds what happens to what is said about every facet of either questionnaire.
func (t *Move) facets() {
	for _, facet := range t.after.questionnaire.Facets {
		row := MovedFacet{facet, Carried, t.state.Facets.Said(facet.ID)}
		if row.Said == nil {
			row.Class = NewToAsk
		}
		t.Facets = append(t.Facets, row)
	}
	for _, facet := range t.before.questionnaire.Facets {
		said := t.state.Facets.Said(facet.ID)
		if _, known := t.after.Facet(facet.ID); !known && said != nil {
			t.Facets = append(t.Facets, MovedFacet{facet, Orphaned, said})
		}
	}
}

// priorities adds what happens to every priority that was set.
func (t *Move) priorities() {
	for _, id := range slices.Sorted(maps.Keys(t.state.Priorities)) {
		pillar, stood := t.before.Pillar(id)
		if !stood {
			continue
		}
		row := MovedPriority{EarlierPriority{id, pillar.Title, t.state.Priorities[id]}, Carried}
		if _, known := t.after.Pillar(id); !known {
			row.Class = Orphaned
		}
		t.Priorities = append(t.Priorities, row)
	}
	for _, earlier := range t.state.Earlier.Priorities {
		if _, set := t.state.Priorities[earlier.Pillar]; set {
			continue
		}
		row := MovedPriority{earlier, Orphaned}
		if _, known := t.after.Pillar(earlier.Pillar); known {
			row.Class = Returning
		}
		t.Priorities = append(t.Priorities, row)
	}
}
