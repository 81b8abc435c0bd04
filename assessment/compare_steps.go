package assessment

import "slices"

// explain takes the five steps from the earlier score to the later one.
func (c *Comparison) explain(a, b *side) {
	m := b.model
	carried := carriedInputs(a, b)
	prioritised := m.prioritiesOf(b.priorities())
	stepwise := m.tallies(carried.clone(), prioritised)

	s0 := a.evaluation.overall.certain()
	s1 := m.tallies(carried, m.prioritiesOf(a.priorities())).overall.certain()
	s2 := stepwise.overall.certain()
	scoped := scopedStatuses(a, b)
	c.Applicability = applicabilityChanges(a, b, stepwise, scoped)
	s3 := stepwise.overall.certain()
	s4 := b.evaluation.overall.certain()
	c.Delta = s4 - s0
	c.Scope = Scope{Questionnaire: s1 - s0, Priorities: s2 - s1, Applicability: s3 - s2}
	c.Practices = practiceChanges(a, b, scoped)
}

func (in inputs) clone() inputs { return inputs{slices.Clone(in.operands), slices.Clone(in.outside)} }

// stored returns the earlier answer to a practice of the later questionnaire, whether it counted or not; new practices
// are unanswered.
func stored(a, b *side, practice int) statusCode {
	id := b.model.ids[practice]
	if _, known := a.model.practiceAt[id]; !known {
		return codeUnanswered
	}
	return codeOf(a.snapshot.Answers[id].Status)
}

// carriedInputs returns the earlier answers and facets on the later questionnaire, whose conditions say what applies.
func carriedInputs(a, b *side) inputs {
	return b.model.inputs(func(i int) statusCode { return stored(a, b, i) }, a.snapshot.Facets.Of(a.model))
}

// scopedStatuses returns the earlier answers with the later applicability.
func scopedStatuses(a, b *side) []statusCode {
	scoped := make([]statusCode, len(b.model.practices))
	for i := range scoped {
		switch said := stored(a, b, i); {
		case b.evaluation.statuses[i] == codeNotApplicable:
			scoped[i] = codeNotApplicable
		case said != codeNotApplicable:
			scoped[i] = said
		}
	}
	return scoped
}

// applicabilityChanges takes over the later applicability practice by practice, in the order of the questionnaire, and
// returns what each one makes of the overall score. The evaluation ends with the scoped statuses.
func applicabilityChanges(a, b *side, e *evaluation, scoped []statusCode) []PracticeChange {
	changes := []PracticeChange{}
	for i, status := range scoped {
		if (e.statuses[i] == codeNotApplicable) == (status == codeNotApplicable) {
			continue
		}
		change := newPracticeChange(a, b, i)
		before := e.overall.certain()
		e.set(i, status)
		change.Part = e.overall.certain() - before
		changes = append(changes, change)
	}
	return changes
}

// set gives a practice another status, and adds the levels above it up again as tallies does.
func (e *evaluation) set(practice int, status statusCode) {
	m := e.model
	question, principle, pillar := m.above(practice)
	e.statuses[practice] = status
	if e.outside != nil {
		e.outside[practice] = false
	}
	e.questions[question] = e.practices(m.questions[question].order)
	e.principles[principle] = m.level(&m.principles[principle], m.questions, e.questions)
	e.pillars[pillar] = m.level(&m.pillars[pillar], m.principles, e.principles)
	e.overall = e.total()
}

func newPracticeChange(a, b *side, practice int) PracticeChange {
	place, _ := b.model.Place(b.model.ids[practice])
	change := PracticeChange{ID: place.Practice.ID, Title: place.Practice.Title, Pillar: place.Pillar.ID}
	change.After = b.status(change.ID)
	old, known := a.model.Place(change.ID)
	if change.Added = !known; known {
		change.Before = a.status(change.ID)
		change.Stated = old.Practice.Wording() != place.Practice.Wording()
	}
	switch OutOfScope {
	case change.After:
		change.Facet = deciding(place.Practice, b, a)
	case change.Before:
		change.Facet = deciding(old.Practice, a, b)
	}
	return change
}

// deciding returns the facet that leaves a practice out on one side, rather one about which the other side says something
// else.
func deciding(p *Practice, out, in *side) string {
	denying := p.AppliesWhen.Denying(out.snapshot.Facets)
	for _, facet := range denying {
		if out.snapshot.Facets.code(facet) != in.snapshot.Facets.code(facet) {
			return facet
		}
	}
	return append(denying, "")[0]
}

// practiceChanges returns the practices with a part or another status, largest part first.
func practiceChanges(a, b *side, scoped []statusCode) []PracticeChange {
	changes := []PracticeChange{}
	for i := range b.model.practices {
		change := newPracticeChange(a, b, i)
		change.Part = b.evaluation.share(i) * (b.evaluation.statuses[i].lowest() - scoped[i].lowest())
		if change.changed() || change.Part != 0 {
			changes = append(changes, change)
		}
	}
	sortSettled(changes, func(c PracticeChange) float64 { return -c.Part })
	return changes
}

// certain returns the overall low on 0–100, 0 where nothing is applicable.
func (t *tally) certain() float64 { return 100 * t.low }

// share returns by how many points the overall low rises when the value of the practice goes from 0 to 1.
func (e *evaluation) share(practice int) float64 {
	m := e.model
	question, principle, pillar := m.above(practice)
	if e.statuses[practice] == codeNotApplicable || e.priorities[pillar] == 0 {
		return 0
	}
	share := m.weights[practice] / e.questions[question].weight
	share *= m.weightOf(&m.questions[question], &e.questions[question]) / e.principles[principle].weight
	share *= m.weightOf(&m.principles[principle], &e.principles[principle]) / e.pillars[pillar].weight
	share *= e.priorities[pillar] / e.overall.weight
	return 100 * share
}

// facetChanges returns the facets of either side about which something else is said.
func facetChanges(a, b *side) []FacetChange {
	changes := []FacetChange{}
	before, after := a.snapshot.Facets.Of(a.model), b.snapshot.Facets.Of(b.model)
	add := func(facet Facet) {
		if before.code(facet.ID) != after.code(facet.ID) {
			changes = append(changes, FacetChange{facet.ID, facet.Title, before.Said(facet.ID), after.Said(facet.ID)})
		}
	}
	for _, facet := range b.model.questionnaire.Facets {
		add(facet)
	}
	for _, facet := range a.model.questionnaire.Facets {
		if _, kept := b.model.facetAt[facet.ID]; !kept {
			add(facet)
		}
	}
	return changes
}
