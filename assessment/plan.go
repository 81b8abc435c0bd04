package assessment

// recommendations returns the improvement plan in rank order: severity, gain by effort downwards, position.
func (e *evaluation) recommendations() []Recommendation {
	list := make([]ranked, 0, len(e.statuses))
	for i, status := range e.statuses {
		if status.improvable() {
			list = append(list, newRanked(i, e.urgency(i), e.gain(i), e.model.practices[i].effort.days()))
		}
	}
	rankAll(list)
	rows := make([]Recommendation, len(list))
	names := make([]string, 0, len(list))
	for i, r := range list {
		start := len(names)
		names = e.appendShifted(names, r.position)
		rows[i] = Recommendation{
			Practice:  e.model.ids[r.position],
			Gain:      r.gain,
			Severity:  r.severity,
			Effort:    e.model.practices[r.position].effort,
			NotRated:  !e.model.practices[r.position].rated,
			Tradeoffs: names[start:len(names):len(names)],
		}
	}
	return rows
}

// urgency is the severity of the finding of a practice, or its risk where it is unanswered.
func (e *evaluation) urgency(practice int) Level {
	if e.statuses[practice] == codeUnanswered {
		return e.model.practices[practice].risk
	}
	return e.severity(practice)
}

// gain returns by how many points the overall low would rise if the practice were adopted. Only the levels above the
// practice are added up again, in the same order as in full: the difference is that of two complete scores.
func (e *evaluation) gain(practice int) float64 {
	m := e.model
	question, principle, pillar := m.above(practice)
	if !e.statuses[practice].improvable() || e.priorities[pillar] == 0 {
		return 0
	}
	questionLow := e.adoptedLow(question, practice)
	principleLow := m.changedSum(m.principles[principle].order, m.questions, e.questions, question, questionLow) /
		e.principles[principle].weight
	pillarLow := m.changedSum(m.pillars[pillar].order, m.principles, e.principles, principle, principleLow) /
		e.pillars[pillar].weight
	sum := 0.0
	for _, i := range m.pillarOrder {
		if i == pillar {
			sum += e.priorities[i] * pillarLow
		} else {
			sum += e.priorities[i] * e.pillars[i].low
		}
	}
	return 100*(sum/e.overall.weight) - 100*e.overall.low
}

// adoptedLow returns the low of a question with one practice adopted.
func (e *evaluation) adoptedLow(question, practice int) float64 {
	sum := 0.0
	for _, i := range e.model.questions[question].order {
		if i == practice {
			sum += e.model.weights[i]
		} else {
			sum += e.model.weights[i] * e.statuses[i].lowest()
		}
	}
	return sum / e.questions[question].weight
}

// changedSum returns the weighted sum of the lows of a level's children with another low for one of them. Children
// with nothing applicable have a low of 0.
func (m *Model) changedSum(order []int, children []modelGroup, tallies []tally, child int, low float64) float64 {
	sum := 0.0
	for _, i := range order {
		if i == child {
			sum += m.weightOf(&children[i], &tallies[i]) * low
		} else {
			sum += m.weightOf(&children[i], &tallies[i]) * tallies[i].low
		}
	}
	return sum
}

// appendShifted appends the ids of the tradeoffs whose state or true signals would change if the practice were adopted.
func (e *evaluation) appendShifted(names []string, practice int) []string {
	before := e.statuses[practice]
	e.statuses[practice] = codeAdopted
	for _, i := range e.model.practices[practice].signalled {
		if e.shifted(&e.model.tradeoffs[i]) {
			names = append(names, e.model.tradeoffs[i].id)
		}
	}
	e.statuses[practice] = before
	return names
}

// shifted reports whether the state or the true signals of a tradeoff differ from those first computed.
func (e *evaluation) shifted(tradeoff *modelTradeoff) bool {
	if e.notApplicable(tradeoff) {
		return false
	}
	before, after := False, False
	for i := tradeoff.first; i < tradeoff.end; i++ {
		truth := evaluate(e.model.signals[i], e.operands)
		if (truth == True) != (e.signals[i] == True) {
			return true
		}
		before, after = max(before, e.signals[i]), max(after, truth)
	}
	return before != after
}
