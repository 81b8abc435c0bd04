package assessment

import "slices"

// fewChanges is up to how many changed answers it is cheaper to go on from the result before.
const fewChanges = 8

// ScoreAfter returns the ScoreState of an assessment in which nothing but the answers to these practices has changed
// since the result before. It computes what rests on them and shares the rest with that result, which stays as it is.
func (m *Model) ScoreAfter(before *Result, s *State, practices []string) *Result {
	old := before.evaluation
	if old == nil || old.model != m || len(practices) > fewChanges {
		return m.ScoreState(s)
	}
	changed := old.changed(s, practices)
	if len(changed) == 0 {
		return before
	}
	e, r := old.clone(), *before
	r.evaluation = e
	r.Pillars = slices.Clone(r.Pillars)
	for _, practice := range changed {
		e.countOne(&r, practice, -1)
		e.statuses[practice] = codeOf(s.Answer(m.ids[practice]).Status)
		e.countOne(&r, practice, 1)
		e.levelsAgain(&r, practice)
		e.tradeoffsAgain(&r, practice)
	}
	e.overall = e.total()
	r.Overall = m.score(&e.overall)
	return &r
}

// changed returns those of the practices, each once, whose status in s is another one.
func (e *evaluation) changed(s *State, practices []string) []int {
	var changed []int
	for _, id := range practices {
		i, ok := e.model.practiceAt[id]
		if ok && e.statuses[i] != codeOf(s.Answer(id).Status) && !slices.Contains(changed, i) {
			changed = append(changed, i)
		}
	}
	return changed
}

// clone returns a copy in which statuses may be changed, and all that is computed for each position.
func (e *evaluation) clone() *evaluation {
	c := *e
	c.statuses, c.signals = slices.Clone(e.statuses), slices.Clone(e.signals)
	c.hold(slices.Clone(e.tallies))
	return &c
}

// levelsAgain scores the levels above a practice, from the question up to the pillar.
func (e *evaluation) levelsAgain(r *Result, practice int) {
	m := e.model
	question, principle, pillar := m.above(practice)
	e.questions[question] = e.question(question)
	e.principles[principle] = level(&m.principles[principle], m.questions, e.questions)
	e.pillars[pillar] = level(&m.pillars[pillar], m.principles, e.principles)

	top := &r.Pillars[pillar]
	top.Score = m.score(&e.pillars[pillar])
	top.Principles = slices.Clone(top.Principles)
	middle := &top.Principles[principle-m.pillars[pillar].first]
	middle.Score = m.score(&e.principles[principle])
	middle.Questions = slices.Clone(middle.Questions)
	middle.Questions[question-m.principles[principle].first] = e.questionResult(question)
}

// tradeoffsAgain computes the tradeoffs that name a practice.
func (e *evaluation) tradeoffsAgain(r *Result, practice int) {
	m := e.model
	named := m.practices[practice].named
	if len(named) > 0 {
		r.Tradeoffs = slices.Clone(r.Tradeoffs)
	}
	for _, i := range named {
		tradeoff := &m.tradeoffs[i]
		for j := tradeoff.first; j < tradeoff.end; j++ {
			e.signals[j] = evaluate(m.signals[j], e.statuses)
		}
		r.Tradeoffs[i] = e.tradeoff(tradeoff, make([]int, 0, tradeoff.end-tradeoff.first))
	}
}
