package assessment

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// node is an expression as a tree, for an evaluation that shares nothing with the parser.
type node struct {
	op       string // "id", "!", "&&" or "||"
	id       string
	children []*node
}

func drawNode(t *rapid.T, ids []string, depth int) *node {
	ops := []string{"id", "!", "&&", "||"}
	if depth == 0 {
		ops = ops[:1]
	}
	n := &node{op: rapid.SampledFrom(ops).Draw(t, "op")}
	switch n.op {
	case "id":
		n.id = rapid.SampledFrom(ids).Draw(t, "id")
	case "!":
		n.children = []*node{drawNode(t, ids, depth-1)}
	default:
		for range rapid.IntRange(2, 3).Draw(t, "operands") {
			n.children = append(n.children, drawNode(t, ids, depth-1))
		}
	}
	return n
}

var precedence = map[string]int{"||": 1, "&&": 2, "!": 3, "id": 4}

// render writes the tree with the parentheses that it needs, and others now and then.
func (n *node) render(t *rapid.T) string {
	space := rapid.SampledFrom([]string{"", " ", "\t", "\n "}).Draw(t, "space")
	if n.op == "id" {
		return space + n.id + space
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

// value evaluates the tree as the domain page says: negations first go down to the ids.
func (n *node) value(status func(string) Status, negated bool) Truth {
	switch n.op {
	case "id":
		return idValue(status(n.id), negated)
	case "!":
		return n.children[0].value(status, !negated)
	}
	all := (n.op == "&&") != negated
	anyMaybe := false
	for _, child := range n.children {
		switch child.value(status, negated) {
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

func idValue(s Status, negated bool) Truth {
	switch {
	case s == Unanswered:
		return Maybe
	case s == NotApplicable:
		return False
	case (s == Absent) == negated:
		return True
	default:
		return False
	}
}

func drawExpression(t *rapid.T, ids []string, depth int) (Expression, *node) {
	tree := drawNode(t, ids, depth)
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
	q := &Questionnaire{ID: "drawn", Version: "1.0.0", Title: "Drawn", Bands: []Band{
		{"critical", "Critical", 0}, {"moderate", "Moderate", 33}, {"excellent", "Excellent", 67}}}
	for range rapid.IntRange(1, 3).Draw(t, "pillars") {
		pillar := Pillar{ID: next(&pillars)}
		for range rapid.IntRange(1, 2).Draw(t, "principles") {
			principle := Principle{ID: next(&principles), Weight: drawWeight(t)}
			for range rapid.IntRange(1, 2).Draw(t, "questions") {
				question := Question{ID: next(&questions), Weight: drawWeight(t)}
				for range rapid.IntRange(1, 3).Draw(t, "practices") {
					question.Practices = append(question.Practices, drawPractice(t, next(&practices)))
				}
				question.RiskRules = drawRules(t, practiceIDs(question.Practices))
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	q.Tradeoffs = drawTradeoffs(t, allPractices(q))
	return q
}

func drawPractice(t *rapid.T, id string) Practice {
	return Practice{
		ID:     id,
		Title:  rapid.SampledFrom([]string{"One.", "Two."}).Draw(t, "title"),
		Risk:   rapid.SampledFrom([]Level{High, Medium, Low}).Draw(t, "risk"),
		Weight: drawWeight(t),
		Effort: rapid.SampledFrom([]Effort{EffortS, EffortM, EffortL}).Draw(t, "effort"),
	}
}

func drawRules(t *rapid.T, ids []string) []RiskRule {
	var rules []RiskRule
	for range rapid.SampledFrom([]int{0, 0, 0, 2}).Draw(t, "rules") {
		when, _ := drawExpression(t, ids, 2)
		rules = append(rules, RiskRule{when, rapid.SampledFrom([]Level{High, Medium, None}).Draw(t, "rule risk")})
	}
	if len(rules) > 0 && rapid.Bool().Draw(t, "default") {
		rules = append(rules, RiskRule{mustParse("default"), Medium})
	}
	return rules
}

func drawTradeoffs(t *rapid.T, practices []string) []Tradeoff {
	var tradeoffs []Tradeoff
	for i := range rapid.IntRange(0, 3).Draw(t, "tradeoffs") {
		tradeoff := Tradeoff{ID: fmt.Sprintf("t%d", i), Title: "Pull"}
		for j := range tradeoff.Sides {
			tradeoff.Sides[j].Practices = rapid.SliceOfNDistinct(
				rapid.SampledFrom(practices), 0, min(3, len(practices)), rapid.ID).Draw(t, "side")
		}
		for range rapid.IntRange(1, 3).Draw(t, "signals") {
			when, _ := drawExpression(t, practices, 3)
			tradeoff.Signals = append(tradeoff.Signals, Signal{when, "It pulls."})
		}
		tradeoffs = append(tradeoffs, tradeoff)
	}
	return tradeoffs
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
