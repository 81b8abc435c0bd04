package assessment

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// node is an expression as a tree, for an evaluation that shares nothing with the parser.
type node struct {
	op       string // "id", "full", "weak", "@", "!", "&&" or "||"
	id       string
	children []*node
}

// drawNode draws a tree over practices and facets; either may be none.
func drawNode(t *rapid.T, ids, facets []string, depth int) *node {
	var ops []string
	if len(ids) > 0 {
		ops = append(ops, "id", "id", "full", "weak")
	}
	if len(facets) > 0 {
		ops = append(ops, "@")
	}
	if depth > 0 {
		ops = append(ops, "!", "&&", "||", "!", "&&", "||")
	}
	n := &node{op: rapid.SampledFrom(ops).Draw(t, "op")}
	switch n.op {
	case "id", "full", "weak":
		n.id = rapid.SampledFrom(ids).Draw(t, "id")
	case "@":
		n.id = rapid.SampledFrom(facets).Draw(t, "facet")
	case "!":
		n.children = []*node{drawNode(t, ids, facets, depth-1)}
	default:
		for range rapid.IntRange(2, 3).Draw(t, "operands") {
			n.children = append(n.children, drawNode(t, ids, facets, depth-1))
		}
	}
	return n
}

var precedence = map[string]int{"||": 1, "&&": 2, "!": 3, "id": 4, "full": 4, "weak": 4, "@": 4}

// render writes the tree with the parentheses that it needs, and others now and then.
func (n *node) render(t *rapid.T) string {
	space := rapid.SampledFrom([]string{"", " ", "\t", "\n "}).Draw(t, "space")
	switch n.op {
	case "id":
		return space + n.id + space
	case "@":
		return space + "@" + n.id + space
	case "full", "weak":
		return n.op + space + "(" + space + n.id + space + ")" + space
	}
	var parts []string
	for _, child := range n.children {
		text := child.render(t)
		if precedence[child.op] < precedence[n.op] || rapid.IntRange(0, 4).Draw(t, "extra") == 0 {
			text = "(" + text + ")"
		}
		parts = append(parts, text)
	}
	if n.op == "!" {
		return "!" + space + parts[0]
	}
	return strings.Join(parts, space+n.op+space)
}

// value evaluates the tree as the domain page says: negations first go down to the leaves.
func (n *node) value(status func(string) Status, facets Facets, negated bool) Truth {
	switch n.op {
	case "id", "full", "weak", "@":
		return leafValue(n.op, n.id, negated, status, facets)
	case "!":
		return n.children[0].value(status, facets, !negated)
	}
	all := (n.op == "&&") != negated
	anyMaybe := false
	for _, child := range n.children {
		switch child.value(status, facets, negated) {
		case Maybe:
			anyMaybe = true
		case False:
			if all {
				return False
			}
		case True:
			if !all {
				return True
			}
		}
	}
	switch {
	case anyMaybe:
		return Maybe
	case all:
		return True
	default:
		return False
	}
}

func drawExpression(t *rapid.T, ids, facets []string, depth int) (Expression, *node) {
	tree := drawNode(t, ids, facets, depth)
	e, err := ParseExpression(tree.render(t))
	if err != nil {
		t.Fatalf("a rendered expression does not parse: %v", err)
	}
	return e, tree
}

var allStatuses = []Status{Unanswered, Absent, Partial, Adopted, NotApplicable}

func drawWeight(t *rapid.T) float64 {
	if rapid.Bool().Draw(t, "plain weight") {
		return rapid.SampledFrom([]float64{1, 3, 5}).Draw(t, "weight")
	}
	return rapid.SampledFrom([]float64{0.1, 1.0 / 3, 2.5, 7, 0.001, 1000}).Draw(t, "odd weight")
}

// drawNames returns n different ids whose order by text is not their position.
func drawNames(t *rapid.T, prefix string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s%02d", prefix, i)
	}
	return rapid.Permutation(names).Draw(t, prefix)
}

// drawQuestionnaire returns a questionnaire of up to 3 × 2 × 2 × 3 practices with tradeoffs and risk rules. The same
// ids appear in any two of them.
func drawQuestionnaire(t *rapid.T) *Questionnaire {
	practices := drawNames(t, "p", 36)
	questions := drawNames(t, "q", 12)
	principles := drawNames(t, "c", 6)
	pillars := drawNames(t, "a", 3)
	next := func(names *[]string) string {
		name := (*names)[0]
		*names = (*names)[1:]
		return name
	}
	q := &Questionnaire{ID: "drawn", Version: rapid.SampledFrom([]string{"1.1.0", "1.2.0", "1.3.0"}).Draw(t, "version"), Title: "Drawn", Bands: []Band{
		{"critical", "Critical", 0}, {"moderate", "Moderate", 33}, {"excellent", "Excellent", 67}},
		Scoring: rapid.SampledFrom([]Scoring{"", ScoreLevels, ScoreWeights, ScoreWeights}).Draw(t, "scoring")}
	for _, id := range drawNames(t, "f", 3)[:rapid.IntRange(0, 3).Draw(t, "facets")] {
		q.Facets = append(q.Facets, Facet{ID: id, Title: "Is it " + id + "?"})
	}
	for range rapid.IntRange(1, 3).Draw(t, "pillars") {
		pillar := Pillar{ID: next(&pillars)}
		for range rapid.IntRange(1, 2).Draw(t, "principles") {
			principle := Principle{ID: next(&principles), Weight: drawWeight(t)}
			for range rapid.IntRange(1, 2).Draw(t, "questions") {
				question := Question{ID: next(&questions), Weight: drawWeight(t)}
				for range rapid.IntRange(1, 3).Draw(t, "practices") {
					question.Practices = append(question.Practices, drawPractice(t, next(&practices), facetIDs(q)))
				}
				question.RiskRules = drawRules(t, practiceIDs(question.Practices))
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	q.Tradeoffs = drawTradeoffs(t, allPractices(q), facetIDs(q))
	return q
}

func drawPractice(t *rapid.T, id string, facets []string) Practice {
	p := Practice{
		ID:     id,
		Title:  rapid.SampledFrom([]string{"One.", "Two."}).Draw(t, "title"),
		Risk:   rapid.SampledFrom([]Level{High, Medium, Low, ""}).Draw(t, "risk"),
		Weight: drawWeight(t),
		Effort: rapid.SampledFrom([]Effort{EffortS, EffortM, EffortL, ""}).Draw(t, "effort"),

		SameSince: rapid.SampledFrom([]string{"", "", "1.0.0", "1.1.0"}).Draw(t, "since"),
	}
	if len(facets) > 0 && rapid.Bool().Draw(t, "tailored") {
		p.AppliesWhen, _ = drawExpression(t, nil, facets, 2)
	}
	return p
}

func facetIDs(q *Questionnaire) []string {
	return converted(q.Facets, func(f Facet) string { return f.ID })
}

// plainNode draws a tree as risk rules have it.
func plainNode(t *rapid.T, ids []string) Expression {
	for {
		if e, _ := drawExpression(t, ids, nil, 2); e.Plain() {
			return e
		}
	}
}

func drawRules(t *rapid.T, ids []string) []RiskRule {
	var rules []RiskRule
	for range rapid.SampledFrom([]int{0, 0, 0, 2}).Draw(t, "rules") {
		rules = append(rules, RiskRule{plainNode(t, ids), rapid.SampledFrom([]Level{High, Medium, None}).Draw(t, "rule risk")})
	}
	if len(rules) > 0 && rapid.Bool().Draw(t, "default") {
		rules = append(rules, RiskRule{mustParse("default"), Medium})
	}
	return rules
}

func drawTradeoffs(t *rapid.T, practices, facets []string) []Tradeoff {
	var tradeoffs []Tradeoff
	for i := range rapid.IntRange(0, 3).Draw(t, "tradeoffs") {
		tradeoff := Tradeoff{ID: fmt.Sprintf("t%d", i), Title: "Pull"}
		for j := range tradeoff.Sides {
			tradeoff.Sides[j].Practices = rapid.SliceOfNDistinct(
				rapid.SampledFrom(practices), 0, min(3, len(practices)), rapid.ID).Draw(t, "side")
		}
		for range rapid.IntRange(1, 3).Draw(t, "signals") {
			when, _ := drawExpression(t, practices, facets, 3)
			tradeoff.Signals = append(tradeoff.Signals, Signal{When: when, Says: "It pulls."})
		}
		tradeoffs = append(tradeoffs, tradeoff)
	}
	return tradeoffs
}

func drawFacets(t *rapid.T, q *Questionnaire) Facets {
	facets := Facets{}
	for _, id := range facetIDs(q) {
		if rapid.IntRange(0, 2).Draw(t, "said") > 0 {
			facets[id] = rapid.Bool().Draw(t, "yes")
		}
	}
	return facets
}

func drawAnswers(t *rapid.T, q *Questionnaire) Answers {
	answers := Answers{}
	for _, id := range allPractices(q) {
		answer := Answer{Status: rapid.SampledFrom(allStatuses).Draw(t, "status")}
		if answer.Status == NotApplicable {
			answer.Reason = "A hosted service."
		}
		answers[id] = answer
	}
	return answers
}

func drawPriorities(t *rapid.T, q *Questionnaire) Priorities {
	priorities := Priorities{}
	for i := range q.Pillars {
		if rapid.Bool().Draw(t, "prioritised") {
			priorities[q.Pillars[i].ID] = rapid.SampledFrom([]float64{0, 1.0 / 3, 0.7, 1, 2}).Draw(t, "priority")
		}
	}
	return priorities
}

// eachQuestion calls f for every question with its principle and pillar.
func eachQuestion(q *Questionnaire, f func(*Pillar, *Principle, *Question)) {
	for i := range q.Pillars {
		for j := range q.Pillars[i].Principles {
			principle := &q.Pillars[i].Principles[j]
			for k := range principle.Questions {
				f(&q.Pillars[i], principle, &principle.Questions[k])
			}
		}
	}
}

func allPractices(q *Questionnaire) []string {
	var all []string
	eachQuestion(q, func(_ *Pillar, _ *Principle, question *Question) {
		all = append(all, practiceIDs(question.Practices)...)
	})
	return all
}

func practiceIDs(practices []Practice) []string {
	var list []string
	for i := range practices {
		list = append(list, practices[i].ID)
	}
	return list
}

// clone returns a deep copy as far as tests change it.
func clone(q *Questionnaire) *Questionnaire {
	copied := *q
	copied.Pillars = slices.Clone(q.Pillars)
	for i := range copied.Pillars {
		pillar := &copied.Pillars[i]
		pillar.Principles = slices.Clone(pillar.Principles)
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			principle.Questions = slices.Clone(principle.Questions)
			for k := range principle.Questions {
				principle.Questions[k].Practices = slices.Clone(principle.Questions[k].Practices)
			}
		}
	}
	copied.Tradeoffs = slices.Clone(q.Tradeoffs)
	return &copied
}

func mustParse(s string) Expression {
	e, err := ParseExpression(s)
	if err != nil {
		panic(err)
	}
	return e
}

type failer interface {
	Helper()
	Fatal(args ...any)
}

func compiled(t failer, q *Questionnaire) *Model {
	t.Helper()
	m, err := Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
