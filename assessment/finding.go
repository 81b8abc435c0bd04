package assessment

import "slices"

// Severities returns the number of findings by severity.
func (r *Result) Severities() Counts {
	var counts Counts
	for i := range r.Findings {
		counts.Add(r.Findings[i].Severity)
	}
	return counts
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

// find returns the practices that make findings in rank order: severity, gain downwards, position.
func (e *evaluation) find() []ranked {
	list := make([]ranked, 0, len(e.statuses))
	for i := range e.statuses {
		list = e.appendFound(list, i)
	}
	rankAll(list)
	return list
}

// appendFound appends a practice if it makes a finding.
func (e *evaluation) appendFound(list []ranked, practice int) []ranked {
	if severity := e.severity(practice); severity != None {
		list = append(list, e.ranked(practice, severity, 1))
	}
	return list
}

func (e *evaluation) findings() []Finding {
	findings := make([]Finding, len(e.found))
	for i := range e.found {
		r := &e.found[i]
		findings[i] = Finding{Practice: e.model.ids[r.position], Severity: r.level(), Gain: r.gain}
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
// no rule holds. not_applicable is an answer.
func (e *evaluation) ruledRisk(group *modelGroup, rules modelRisks) Level {
	if !slices.ContainsFunc(e.statuses[group.first:group.end], func(s statusCode) bool { return s != codeUnanswered }) {
		return Unknown
	}
	for _, rule := range rules {
		if rule.always || evaluateSelection(rule.when, e.statuses) == True {
			return rule.risk
		}
	}
	return Unknown
}
