package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plumbline/assessment"
)

// maxTried bounds the practices and facets of a condition whose combinations are all tried.
const maxTried = 7

// warn complains about what is allowed in a questionnaire but hardly meant.
func warn(s *source, q *assessment.Questionnaire) {
	if slices.Contains(q.SharesIDsWith, q.ID) {
		s.complain("shares_ids_with", "the questionnaire always shares its IDs with itself")
	}
	warnFacets(s, q)
	for i, pillar := range q.Pillars {
		for j, principle := range pillar.Principles {
			for k, question := range principle.Questions {
				warnQuestion(s, question, fmt.Sprintf("pillars[%d].principles[%d].questions[%d]", i, j, k))
			}
		}
	}
	for i, t := range q.Tradeoffs {
		warnTradeoff(s, t, fmt.Sprintf("tradeoffs[%d]", i))
	}
}

func warnQuestion(s *source, question assessment.Question, path string) {
	titles := map[string]string{}
	for i, p := range question.Practices {
		path := fmt.Sprintf("%s.practices[%d]", path, i)
		if missing := missingTexts(p); missing != "" {
			s.complain(path, "the practice %q has no %s", p.ID, missing)
		}
		title := strings.ToLower(strings.TrimSpace(p.Title))
		if other, twice := titles[title]; twice {
			s.complain(path+".title", "the practice %q of the same question has the same title", other)
		}
		titles[title] = p.ID
		warnScope(s, p, path+".applies_when")
	}
	warnRiskRules(s, question, path)
}

func missingTexts(p assessment.Practice) string {
	var missing []string
	if p.Help == "" {
		missing = append(missing, "help")
	}
	if p.Advice == "" {
		missing = append(missing, "advice")
	}
	if len(p.Links) == 0 {
		missing = append(missing, "links")
	}
	return strings.Join(missing, ", ")
}

// warnRiskRules looks for rules that no answers reach, and for answers that no rule covers.
func warnRiskRules(s *source, question assessment.Question, path string) {
	rules := question.RiskRules
	if len(rules) == 0 {
		return
	}
	if !rules[len(rules)-1].Always() {
		s.complain(path+".risk_rules", "the last rule is not \"default\": some answers may have no risk")
	}
	ids := map[string]bool{}
	for i, rule := range rules {
		if i > 0 && rules[i-1].Always() {
			s.complain(fmt.Sprintf("%s.risk_rules[%d]", path, i), "the rule is never reached: it follows \"default\"")
			return
		}
		if !rule.Always() {
			for _, id := range rule.When.Practices() {
				ids[id] = true
			}
		}
	}
	reached, tried := reachedRules(rules, ids)
	for i := range rules {
		if tried && !reached[i] {
			s.complain(fmt.Sprintf("%s.risk_rules[%d]", path, i), "no answers reach the rule: another one always comes first, or it contradicts itself")
		}
	}
}

// reachedRules returns which rules are the first that holds for some answers; false where there are too many to try.
func reachedRules(rules []assessment.RiskRule, ids map[string]bool) ([]bool, bool) {
	reached := make([]bool, len(rules))
	statuses := []assessment.Status{assessment.Absent, assessment.Adopted, assessment.NotApplicable}
	tried := combinations(slices.Sorted(maps.Keys(ids)), nil, statuses, func(status func(string) assessment.Status, _ assessment.Facets) {
		for i, rule := range rules {
			if rule.Always() || rule.When.Eval(status, nil) == assessment.True {
				reached[i] = true
				return
			}
		}
	})
	return reached, tried
}

// combinations calls yield with every combination of statuses of the practices and of yes and no for the facets; false
// where there are too many.
func combinations(practices, facets []string, statuses []assessment.Status, yield func(func(string) assessment.Status, assessment.Facets)) bool {
	if len(practices)+len(facets) > maxTried {
		return false
	}
	total := 1
	for range practices {
		total *= len(statuses)
	}
	total <<= len(facets)
	now, said := make(map[string]assessment.Status, len(practices)), assessment.Facets{}
	for n := range total {
		for _, id := range facets {
			said[id] = n&1 == 1
			n >>= 1
		}
		for _, id := range practices {
			now[id] = statuses[n%len(statuses)]
			n /= len(statuses)
		}
		yield(func(id string) assessment.Status { return now[id] }, said)
	}
	return true
}

func warnTradeoff(s *source, t assessment.Tradeoff, path string) {
	if len(t.Signals) == 0 {
		s.complain(path, "the tradeoff %q has no signals: it can never be active", t.ID)
	}
	for i, side := range t.Sides {
		if len(side.Practices) == 0 {
			s.complain(fmt.Sprintf("%s.sides[%d]", path, i), "the side has no practices: it never shows a pull")
		}
	}
	seen := map[string]int{}
	for i, signal := range t.Signals {
		path := fmt.Sprintf("%s.signals[%d].when", path, i)
		condition := strings.Join(strings.Fields(signal.When.String()), "")
		if first, twice := seen[condition]; twice {
			s.complain(path, "signal %d of this tradeoff has the same condition", first)
			continue
		}
		seen[condition] = i
		if neverTrue(signal.When) {
			s.complain(path, "no answers make the condition true: it contradicts itself")
		}
	}
}

// neverTrue reports whether nothing makes a condition true. Not applicable need not be tried: it makes every condition on
// a practice false.
func neverTrue(e assessment.Expression) bool {
	possible, tried := outcomes(e)
	return tried && !possible[assessment.True]
}

// outcomes returns which values a condition can have once everything is said; false where there is too much to try.
func outcomes(e assessment.Expression) (possible map[assessment.Truth]bool, tried bool) {
	possible = map[assessment.Truth]bool{}
	statuses := []assessment.Status{assessment.Absent, assessment.Partial, assessment.Adopted}
	tried = combinations(e.Practices(), e.Facets(), statuses, func(status func(string) assessment.Status, facets assessment.Facets) {
		possible[e.Eval(status, facets)] = true
	})
	return possible, tried
}
