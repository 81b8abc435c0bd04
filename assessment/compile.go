package assessment

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxWeight bounds weights and priorities, so that no sum of them can overflow.
const maxWeight = 1e9

// Always reports whether the rule holds without a condition: its text is the word default.
func (r RiskRule) Always() bool { return strings.TrimSpace(r.When.source) == "default" }

// Compile prepares a questionnaire for scoring; the questionnaire must not be changed afterwards. The error is Errors,
// with everything that would make scores meaningless: duplicate ids, references to nothing, weights that are not above
// 0 and at most maxWeight, unknown risks and efforts, conditions that ask what they may not. Field is the path of what
// is wrong.
func Compile(q *Questionnaire) (*Model, error) {
	c := compiler{model: &Model{
		questionnaire: q,
		practiceAt:    map[string]int{},
		principleAt:   map[string]int{},
		pillarAt:      map[string]int{},
		tradeoffAt:    map[string]int{},
		facetAt:       map[string]int{},
		byWeight:      q.Scoring == ScoreWeights,
	}, questionIDs: map[string]int{}}
	if !slices.Contains([]Scoring{"", ScoreLevels, ScoreWeights}, q.Scoring) {
		c.fail("scoring", "expected levels or weights, found %q", q.Scoring)
	}
	c.facets()
	c.pillars()
	c.scopes()
	c.tradeoffs()
	if err := c.errors.Err(); err != nil {
		return nil, err
	}
	return c.model, nil
}

type compiler struct {
	model       *Model
	questionIDs map[string]int
	tailored    []tailored
	errors      Errors
}

func (c *compiler) fail(path, format string, args ...any) {
	c.errors = append(c.errors, InvalidField(path, fmt.Sprintf(format, args...)))
}

// register notes the position of an id, which must be new.
func (c *compiler) register(ids map[string]int, id, path string, position int) {
	if _, ok := ids[id]; ok {
		c.fail(path+".id", "the ID %q is used twice", id)
		return
	}
	ids[id] = position
}

func (c *compiler) weight(path string, weight float64) {
	if !(weight > 0 && weight <= maxWeight) {
		c.fail(path+".weight", "expected a number above 0 and at most %g, found %g", maxWeight, weight)
	}
}

func (c *compiler) facets() {
	m := c.model
	for i, facet := range m.questionnaire.Facets {
		c.register(m.facetAt, facet.ID, fmt.Sprintf("facets[%d]", i), i)
		m.facets = append(m.facets, facet.ID)
	}
}

// tailored is a practice that does not always apply.
type tailored struct {
	path     string // of its condition
	practice int
	when     Expression
}

// scopes compiles when practices apply; the place of a facet is known when all practices are.
func (c *compiler) scopes() {
	m := c.model
	if len(c.tailored) > 0 {
		m.scopes = make([]program, len(m.practices))
	}
	for _, one := range c.tailored {
		if practices := one.when.Practices(); len(practices) > 0 {
			c.fail(one.path, "expected only facets, found %q", practices[0])
			continue
		}
		m.scopes[one.practice] = c.program(one.path, one.when, anyPractice, "")
	}
}

func (c *compiler) pillars() {
	m := c.model
	for i := range m.questionnaire.Pillars {
		pillar := &m.questionnaire.Pillars[i]
		path := fmt.Sprintf("pillars[%d]", i)
		c.register(m.pillarAt, pillar.ID, path, i)
		group := modelGroup{id: pillar.ID, first: len(m.principles)}
		for j := range pillar.Principles {
			c.principle(fmt.Sprintf("%s.principles[%d]", path, j), &pillar.Principles[j], i)
		}
		m.pillars = append(m.pillars, group.close(len(m.principles), func(k int) string { return m.principles[k].id }))
	}
	all := modelGroup{}.close(len(m.pillars), func(k int) string { return m.pillars[k].id })
	m.pillarOrder = all.order
}

func (c *compiler) principle(path string, principle *Principle, pillar int) {
	m := c.model
	at := len(m.principles)
	c.register(m.principleAt, principle.ID, path, at)
	c.weight(path, principle.Weight)
	group := modelGroup{id: principle.ID, weight: principle.Weight, parent: pillar, first: len(m.questions)}
	for i := range principle.Questions {
		c.question(fmt.Sprintf("%s.questions[%d]", path, i), &principle.Questions[i], at)
	}
	m.principles = append(m.principles, group.close(len(m.questions), func(k int) string { return m.questions[k].id }))
}

func (c *compiler) question(path string, question *Question, principle int) {
	m := c.model
	at := len(m.questions)
	c.register(c.questionIDs, question.ID, path, at)
	c.weight(path, question.Weight)
	group := modelGroup{id: question.ID, weight: question.Weight, parent: principle, first: len(m.practices)}
	for i := range question.Practices {
		c.practice(fmt.Sprintf("%s.practices[%d]", path, i), &question.Practices[i], at)
	}
	group = group.close(len(m.practices), func(k int) string { return m.ids[k] })
	m.questions = append(m.questions, group)
	m.risks = append(m.risks, c.riskRules(path, question, group))
}

func (c *compiler) practice(path string, practice *Practice, question int) {
	m := c.model
	c.register(m.practiceAt, practice.ID, path, len(m.practices))
	c.weight(path, practice.Weight)
	if !slices.Contains([]Level{High, Medium, Low, ""}, practice.Risk) {
		c.fail(path+".risk", "expected high, medium or low, found %q", practice.Risk)
	}
	if !slices.Contains([]Effort{EffortS, EffortM, EffortL, ""}, practice.Effort) {
		c.fail(path+".effort", "expected S, M or L, found %q", practice.Effort)
	}
	if !practice.AppliesWhen.IsZero() {
		c.tailored = append(c.tailored, tailored{path + ".applies_when", len(m.practices), practice.AppliesWhen})
	}
	m.ids, m.weights = append(m.ids, practice.ID), append(m.weights, practice.Weight)
	m.practices = append(m.practices, modelPractice{
		risk:     practice.CountedRisk(),
		effort:   practice.Effort,
		rated:    practice.Rated(),
		question: question,
	})
}

func (c *compiler) riskRules(path string, question *Question, group modelGroup) modelRisks {
	var rules modelRisks
	for i, rule := range question.RiskRules {
		path := fmt.Sprintf("%s.risk_rules[%d]", path, i)
		if !slices.Contains([]Level{High, Medium, None}, rule.Risk) {
			c.fail(path+".risk", "expected high, medium or none, found %q", rule.Risk)
		}
		if rule.Always() {
			rules = append(rules, modelRisk{always: true, risk: rule.Risk})
			continue
		}
		if !rule.When.Plain() {
			c.fail(path+".when", "expected only practice IDs with !, && and ||")
			continue
		}
		when := c.program(path+".when", rule.When, func(position int) bool {
			return position >= group.first && position < group.end
		}, "a practice of the question")
		rules = append(rules, modelRisk{when: when, risk: rule.Risk})
	}
	return rules
}

func anyPractice(int) bool { return true }

// program compiles an expression whose facets must be known, and whose practices must be known and pass the filter.
func (c *compiler) program(path string, e Expression, allowed func(position int) bool, expected string) program {
	if e.IsZero() {
		c.fail(path, "expected a condition")
		return nil
	}
	positions := make([]int, len(e.operands))
	for i, operand := range e.operands {
		if facet, is := strings.CutPrefix(operand, facetMark); is {
			position, ok := c.model.facetAt[facet]
			if !ok {
				c.fail(path, "expected a facet, found %q", facet)
			}
			positions[i] = len(c.model.practices) + position
			continue
		}
		position, ok := c.model.practiceAt[operand]
		if !ok || !allowed(position) {
			c.fail(path, "expected %s, found %q", expected, operand)
		}
		positions[i] = position
	}
	return relocate(e.program, func(place int) int { return positions[place] })
}

func (c *compiler) tradeoffs() {
	m := c.model
	for i := range m.questionnaire.Tradeoffs {
		tradeoff := &m.questionnaire.Tradeoffs[i]
		path := fmt.Sprintf("tradeoffs[%d]", i)
		c.register(m.tradeoffAt, tradeoff.ID, path, i)
		compiled := modelTradeoff{id: tradeoff.ID, first: len(m.signals)}
		for j, signal := range tradeoff.Signals {
			c.signal(fmt.Sprintf("%s.signals[%d].when", path, j), signal.When, i)
		}
		compiled.end = len(m.signals)
		for j := range tradeoff.Sides {
			compiled.sides[j] = c.side(fmt.Sprintf("%s.sides[%d]", path, j), &tradeoff.Sides[j], i)
		}
		m.tradeoffs = append(m.tradeoffs, compiled)
	}
}

func (c *compiler) signal(path string, when Expression, tradeoff int) {
	m := c.model
	m.signals = append(m.signals, c.program(path, when, anyPractice, "a practice"))
	for _, id := range when.Practices() {
		if position, ok := m.practiceAt[id]; ok {
			practice := &m.practices[position]
			practice.signalled = appendNew(practice.signalled, tradeoff)
			practice.named = appendNew(practice.named, tradeoff)
		}
	}
}

func (c *compiler) side(path string, side *Side, tradeoff int) []int {
	m := c.model
	for i, id := range side.Pillars {
		if _, ok := m.pillarAt[id]; !ok {
			c.fail(fmt.Sprintf("%s.pillars[%d]", path, i), "expected a pillar, found %q", id)
		}
	}
	var positions []int
	for i, id := range side.Practices {
		position, ok := m.practiceAt[id]
		if !ok {
			c.fail(fmt.Sprintf("%s.practices[%d]", path, i), "expected a practice, found %q", id)
			continue
		}
		positions = append(positions, position)
		m.practices[position].named = appendNew(m.practices[position].named, tradeoff)
	}
	slices.SortFunc(positions, func(a, b int) int { return strings.Compare(m.ids[a], m.ids[b]) })
	return positions
}

// appendNew appends a position that is not smaller than the last, unless it is the last.
func appendNew(positions []int, position int) []int {
	if n := len(positions); n > 0 && positions[n-1] == position {
		return positions
	}
	return append(positions, position)
}

// close ends the group before the position end, and orders its children by id.
func (g modelGroup) close(end int, id func(position int) string) modelGroup {
	g.end = end
	for i := g.first; i < end; i++ {
		g.order = append(g.order, i)
	}
	slices.SortFunc(g.order, func(a, b int) int { return cmp.Compare(id(a), id(b)) })
	return g
}
