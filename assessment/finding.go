package assessment

// Severities returns the number of findings by severity.
func (r *Result) Severities() Counts {
	var counts Counts
	for i := range r.Pillars {
		counts = counts.Plus(r.Pillars[i].Findings)
	}
	return counts
}

// Worst returns the first n findings of a pillar in rank order, or as many as there are; none for a pillar that the
// questionnaire does not have.
func (c *Current) Worst(pillar string, n int) []Finding {
	m := c.Model
	i, ok := m.pillarAt[pillar]
	if !ok {
		return nil
	}
	least := Low
	switch found := c.Result.Pillars[i].Findings; {
	case found.High >= n:
		least = High
	case found.High+found.Medium >= n:
		least = Medium
	}
	first, end := m.practicesOf(i)
	all := c.Result.evaluation.findings(first, end, least)
	return all[:min(n, len(all))]
}

// severity returns the severity of the finding that a practice makes, None where it makes none.
func (e *evaluation) severity(practice int) Level {
	risk := e.model.practices[practice].risk
	switch e.statuses[practice] {
	case codeAbsent:
		return risk
	case codePartial:
		return risk.lower()
	default:
		return None
	}
}

// findings returns the findings among the practices from first to end-1 in rank order: severity, gain downwards,
// position. Those that are less severe than the least are left out.
func (e *evaluation) findings(first, end int, least Level) []Finding {
	list := make([]ranked, 0, end-first)
	for i := first; i < end; i++ {
		if severity := e.severity(i); severity.rank() <= least.rank() {
			list = append(list, newRanked(i, severity, e.gain(i), 1))
		}
	}
	rankAll(list)
	findings := make([]Finding, len(list))
	for i, r := range list {
		findings[i] = Finding{Practice: e.model.ids[r.position], Severity: r.severity, Gain: r.gain, NotRated: !e.model.practices[r.position].rated}
	}
	return findings
}

// risk returns the risk of a question: by its own rules where it has any, else the worst of its findings.
func (e *evaluation) risk(question int) Level {
	group := &e.model.questions[question]
	if rules := e.model.risks[question]; len(rules) > 0 {
		return e.ruledRisk(group, rules)
	}
	worst := None
	for i := group.first; i < group.end; i++ {
		if severity := e.severity(i); severity.rank() < worst.rank() {
			worst = severity
		}
	}
	return worst
}

// ruledRisk returns the risk of the first rule that holds. It is unknown for a question without any answer, and where
// no rule holds; none for one that is out of scope as a whole. not_applicable is an answer, out of scope is none.
func (e *evaluation) ruledRisk(group *modelGroup, rules modelRisks) Level {
	answered, out := false, true
	for i := group.first; i < group.end; i++ {
		answered = answered || e.statuses[i] != codeUnanswered && !e.isOut(i)
		out = out && e.isOut(i)
	}
	switch {
	case out && group.first < group.end:
		return None
	case !answered:
		return Unknown
	}
	for _, rule := range rules {
		if rule.always || evaluateSelection(rule.when, e.statuses) == True {
			return rule.risk
		}
	}
	return Unknown
}
