package awslens

import (
	"strconv"
	"strings"

	"plumbline/assessment"
)

var lensRisks = map[assessment.Level]string{assessment.High: "HIGH_RISK", assessment.Medium: "MEDIUM_RISK", assessment.None: "NO_RISK"}

// rules returns the risk rules of a question: its own, else those that follow from the risks of its practices.
func (e *exporter) rules(q assessment.Question, known known, source []string) []lensRule {
	practices := practiceIDs(q.Practices)
	original := originalOf(practices, known)
	if len(q.RiskRules) == 0 {
		return e.derived(q, original)
	}
	written := map[string]string{}
	for _, reference := range references(source, refRule) {
		if index, text, ok := strings.Cut(reference, ":"); ok {
			written[index] = text
		}
	}
	rules := make([]lensRule, len(q.RiskRules))
	for i, rule := range q.RiskRules {
		text := tidyCondition(rule.When.String())
		condition := original.restore(text)
		if said, ok := written[strconv.Itoa(i)]; ok && saysTheSame(said, text, known, practices) {
			condition = said
		}
		rules[i] = lensRule{condition, lensRisks[rule.Risk]}
	}
	return rules
}

// saysTheSame reports whether a condition over choices is read as the given one over practices.
func saysTheSame(said, when string, known known, practices []string) bool {
	read, err := condition{known, practices}.read(said)
	return err == nil && read.String() == when
}

// derived gives a question the risk of its worst missing practice.
func (e *exporter) derived(q assessment.Question, original originals) []lensRule {
	missing := map[assessment.Level][]string{}
	for _, p := range q.Practices {
		missing[p.CountedRisk()] = append(missing[p.CountedRisk()], "(!"+original.choice[p.ID]+")")
	}
	e.notes.lows += len(missing[assessment.Low])
	var rules []lensRule
	for _, risk := range []assessment.Level{assessment.High, assessment.Medium} {
		if len(missing[risk]) > 0 {
			rules = append(rules, lensRule{strings.Join(missing[risk], " || "), lensRisks[risk]})
		}
	}
	return append(rules, lensRule{always, lensRisks[assessment.None]})
}
