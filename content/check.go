package content

import (
	"fmt"
	"maps"
	"slices"

	"plumbline/assessment"
)

// ids holds where each id of one kind was first used.
type ids map[string]position

// checker looks at what no single value shows: ids that come twice, references.
type checker struct {
	*source
	facets, pillars, principles, questions, practices, tradeoffs, bands ids

	version       string // of the questionnaire
	practiceCount int
}

// check complains about everything in q that is wrong although each value by itself is well formed.
func check(s *source, q *assessment.Questionnaire) {
	c := &checker{source: s, version: q.Version, facets: ids{}, pillars: ids{}, principles: ids{}, questions: ids{}, practices: ids{}, tradeoffs: ids{}, bands: ids{}}
	for i, band := range q.Bands {
		c.unique("band", c.bands, band.ID, fmt.Sprintf("bands[%d]", i))
	}
	for i, facet := range q.Facets {
		c.unique("facet", c.facets, facet.ID, fmt.Sprintf("facets[%d]", i))
	}
	for i, pillar := range q.Pillars {
		c.checkPillar(pillar, fmt.Sprintf("pillars[%d]", i))
	}
	c.checkRelated(q)
	if c.practiceCount > MaxPractices {
		c.complain("pillars", "expected at most %d practices in a questionnaire, found %d", MaxPractices, c.practiceCount)
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
		c.complain(path+".id", "the %s ID %q is already used, on line %d column %d", kind, id, first.line, first.column)
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
		c.checkPractice(practice, path)
	}
	for i, rule := range question.RiskRules {
		path := fmt.Sprintf("%s.risk_rules[%d].when", path, i)
		switch {
		case rule.Always():
		case !rule.When.Plain():
			c.complain(path, "wrong condition: a risk rule can only have practices with !, && and ||")
		default:
			c.checkExpression(rule.When, named{"this question has no practice", own, nil}, path)
		}
	}
}

func (c *checker) checkPractice(practice assessment.Practice, path string) {
	c.checkExpression(practice.AppliesWhen, named{"expected only facets (@id), found the practice", nil, c.facets}, path+".applies_when")
	since := practice.SameSince
	if assessment.IsVersion(since) && assessment.IsVersion(c.version) && assessment.CompareVersions(since, c.version) > 0 {
		c.complain(path+".same_since", "expected a version up to %s, the version of the questionnaire, found %s", c.version, since)
	}
}

// checkRelated needs every practice to be known.
func (c *checker) checkRelated(q *assessment.Questionnaire) {
	for i, pillar := range q.Pillars {
		for j, principle := range pillar.Principles {
			for k, question := range principle.Questions {
				for l, practice := range question.Practices {
					path := fmt.Sprintf("pillars[%d].principles[%d].questions[%d].practices[%d].related", i, j, k, l)
					c.checkReferences("practice", c.practices, practice.Related, path)
					if at := slices.Index(practice.Related, practice.ID); at >= 0 {
						c.complain(fmt.Sprintf("%s[%d]", path, at), "the practice is related to itself")
					}
				}
			}
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
		c.checkExpression(signal.When, named{"unknown practice", c.practices, c.facets}, fmt.Sprintf("%s.signals[%d].when", path, i))
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
			c.complain(path, "unknown %s %s%s", kind, shorten(id), c.hint(id, maps.Keys(known)))
		}
		if seen[id] && id != "" {
			c.complain(path, "the %s %s is already in this list", kind, shorten(id))
		}
		seen[id] = true
	}
}
