package assessment

// Evaluate returns everything that follows from answers, priorities and facets. What the questionnaire does not know is
// ignored.
func (m *Model) Evaluate(a Answers, p Priorities, f Facets) *Result {
	e := m.evaluate(m.inputsOf(a, f), m.prioritiesOf(p))
	result := e.result()
	result.Recommendations = e.recommendations()
	return result
}

// result returns the scores with the findings.
func (e *evaluation) result() *Result {
	r := e.scores()
	r.Findings = e.findings(0, len(e.statuses), Low)
	return r
}

// scores lays out the tallies as a Result without findings and recommendations. Each kind of row lives in one array.
func (e *evaluation) scores() *Result {
	m := e.model
	r := &Result{
		Questionnaire: m.questionnaire.Edition(),
		Overall:       m.score(&e.overall),
		Pillars:       make([]PillarResult, len(m.pillars)),
		OutOfScope:    m.outsideIDs(e.outside),
		Tradeoffs:     e.tradeoffs(),
	}
	principles := make([]PrincipleResult, len(m.principles))
	questions := make([]QuestionResult, len(m.questions))
	for i := range questions {
		questions[i] = QuestionResult{ID: m.questions[i].id, Score: m.score(&e.questions[i]), Risk: e.risk(i)}
	}
	for i := range principles {
		group := &m.principles[i]
		principles[i] = PrincipleResult{ID: group.id, Score: m.score(&e.principles[i])}
		principles[i].Questions = questions[group.first:group.end:group.end]
	}
	for i := range r.Pillars {
		group := &m.pillars[i]
		r.Pillars[i] = PillarResult{ID: group.id, Score: m.score(&e.pillars[i])}
		r.Pillars[i].Principles = principles[group.first:group.end:group.end]
	}
	e.count(r)
	return r
}

// count fills in the counts of findings and of unanswered practices.
func (e *evaluation) count(r *Result) {
	for i := range e.model.practices {
		_, _, at := e.model.above(i)
		pillar := &r.Pillars[at]
		if e.statuses[i] == codeUnanswered {
			risk := e.model.practices[i].risk
			pillar.Unknown.Add(risk)
			r.Unknown.Add(risk)
		}
		pillar.Findings.Add(e.severity(i))
	}
}
