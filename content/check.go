package content

import (
	"fmt"
	"maps"
	"regexp"

	"plumbline/assessment"
)

// ids holds where each id of one kind was first used.
type ids map[string]position

// checker looks at what no single value shows: ids that come twice, references.
type checker struct {
	*source
	pillars, principles, questions, practices, tradeoffs, bands ids

	practiceCount int
}

// check complains about everything in q that is wrong although each value by itself is well formed.
func check(s *source, q *assessment.Questionnaire) {
	c := &checker{source: s, pillars: ids{}, principles: ids{}, questions: ids{}, practices: ids{}, tradeoffs: ids{}, bands: ids{}}
	for i, band := range q.Bands {
		c.unique("band", c.bands, band.ID, fmt.Sprintf("bands[%d]", i))
	}
	for i, pillar := range q.Pillars {
		c.checkPillar(pillar, fmt.Sprintf("pillars[%d]", i))
	}
	if c.practiceCount > maxPractices {
		c.complain("pillars", "at most %d practices expected in a questionnaire, found %d", maxPractices, c.practiceCount)
	}
	for i, t := range q.Tradeoffs {
		c.checkTradeoff(t, fmt.Sprintf("tradeoffs[%d]", i))
	}
}

// unique complains where an id of its kind was used before.
func (c *checker) unique(kind string, seen ids, id, path string) {
	if id == "" {
		return
	}
	if first, twice := seen[id]; twice {
		c.complain(path+".id", "the %s id %q is used already, on line %d column %d", kind, id, first.line, first.column)
		return
	}
	seen[id] = c.places[path+".id"]
}

func (c *checker) checkPillar(pillar assessment.Pillar, path string) {
	c.unique("pillar", c.pillars, pillar.ID, path)
	for i, principle := range pillar.Principles {
		path := fmt.Sprintf("%s.principles[%d]", path, i)
		c.unique("principle", c.principles, principle.ID, path)
		for j, question := range principle.Questions {
			c.checkQuestion(question, fmt.Sprintf("%s.questions[%d]", path, j))
		}
	}
}

func (c *checker) checkQuestion(question assessment.Question, path string) {
	c.unique("question", c.questions, question.ID, path)
	own := ids{}
	for i, practice := range question.Practices {
		path := fmt.Sprintf("%s.practices[%d]", path, i)
		c.unique("practice", c.practices, practice.ID, path)
		own[practice.ID] = c.places[path+".id"]
		c.practiceCount++
	}
	for i, rule := range question.RiskRules {
		if !rule.Always() {
			c.checkExpression(rule.When, "this question has no practice", own, fmt.Sprintf("%s.risk_rules[%d].when", path, i))
		}
	}
}

func (c *checker) checkTradeoff(t assessment.Tradeoff, path string) {
	c.unique("tradeoff", c.tradeoffs, t.ID, path)
	for i, side := range t.Sides {
		path := fmt.Sprintf("%s.sides[%d]", path, i)
		c.checkReferences("pillar", c.pillars, side.Pillars, path+".pillars")
		c.checkReferences("practice", c.practices, side.Practices, path+".practices")
	}
	for i, signal := range t.Signals {
		c.checkExpression(signal.When, "there is no practice", c.practices, fmt.Sprintf("%s.signals[%d].when", path, i))
	}
}

// checkReferences complains about ids that do not exist and about those that come twice in one list.
func (c *checker) checkReferences(kind string, known ids, list []string, path string) {
	seen := map[string]bool{}
	for i, id := range list {
		if c.full() {
			return
		}
		path := fmt.Sprintf("%s[%d]", path, i)
		if _, ok := known[id]; !ok && id != "" {
			c.complain(path, "there is no %s %s%s", kind, shorten(id), c.hint(id, maps.Keys(known)))
		}
		if seen[id] && id != "" {
			c.complain(path, "the %s %s is in this list already", kind, shorten(id))
		}
		seen[id] = true
	}
}

var idInText = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9_.-]*`)

// checkExpression complains about every unknown id in a condition, at its first appearance.
func (c *checker) checkExpression(e assessment.Expression, complaint string, known ids, path string) {
	unknown := map[string]bool{}
	for _, id := range e.Practices() {
		if _, ok := known[id]; !ok {
			unknown[id] = true
		}
	}
	for _, at := range idInText.FindAllStringIndex(e.String(), -1) {
		id := e.String()[at[0]:at[1]]
		if c.full() {
			return
		}
		if !unknown[id] {
			continue
		}
		delete(unknown, id)
		c.complainAt(c.placeOf(path, e.String(), at[0]), path, "%s %s%s", complaint, shorten(id), c.hint(id, maps.Keys(known)))
	}
}
