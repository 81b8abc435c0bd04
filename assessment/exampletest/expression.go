package exampletest

import (
	"strings"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// Tree is an expression as a tree, for an evaluation that shares nothing with the parser.
type Tree struct {
	op       string // "id", "full", "weak", "@", "!", "&&" or "||"
	id       string
	children []*Tree
}

// drawNode draws a tree over practices and facets; either may be none.
func drawNode(t *rapid.T, ids, facets []string, depth int) *Tree {
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
	n := &Tree{op: rapid.SampledFrom(ops).Draw(t, "op")}
	switch n.op {
	case "id", "full", "weak":
		n.id = rapid.SampledFrom(ids).Draw(t, "id")
	case "@":
		n.id = rapid.SampledFrom(facets).Draw(t, "facet")
	case "!":
		n.children = []*Tree{drawNode(t, ids, facets, depth-1)}
	default:
		for range rapid.IntRange(2, 3).Draw(t, "operands") {
			n.children = append(n.children, drawNode(t, ids, facets, depth-1))
		}
	}
	return n
}

var precedence = map[string]int{"||": 1, "&&": 2, "!": 3, "id": 4, "full": 4, "weak": 4, "@": 4}

// render writes the tree with the parentheses that it needs, and others now and then.
func (n *Tree) render(t *rapid.T) string {
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

// Value evaluates the tree as the domain page says: negations first go down to the leaves.
func (n *Tree) Value(status func(string) assessment.Status, facets assessment.Facets, negated bool) assessment.Truth {
	switch n.op {
	case "id", "full", "weak", "@":
		return LeafValue(n.op, n.id, negated, status, facets)
	case "!":
		return n.children[0].Value(status, facets, !negated)
	}
	all := (n.op == "&&") != negated
	anyMaybe := false
	for _, child := range n.children {
		switch child.Value(status, facets, negated) {
		case assessment.Maybe:
			anyMaybe = true
		case assessment.False:
			if all {
				return assessment.False
			}
		case assessment.True:
			if !all {
				return assessment.True
			}
		}
	}
	switch {
	case anyMaybe:
		return assessment.Maybe
	case all:
		return assessment.True
	default:
		return assessment.False
	}
}

// LeafValue is the table of the domain page.
func LeafValue(kind, id string, negated bool, status func(string) assessment.Status, f assessment.Facets) assessment.Truth {
	yes := func(yes bool) assessment.Truth {
		if yes {
			return assessment.True
		}
		return assessment.False
	}
	if kind == "@" {
		if said, ok := f[id]; ok {
			return yes(said != negated)
		}
		return assessment.Maybe
	}
	if kind == "weak" {
		kind, negated = "full", !negated
	}
	switch s := status(id); {
	case s == assessment.Unanswered:
		return assessment.Maybe
	case s == assessment.NotApplicable:
		return assessment.False
	case kind == "full":
		return yes((s == assessment.Adopted) != negated)
	default:
		return yes((s != assessment.Absent) != negated)
	}
}

// DrawExpression draws a condition over practices and facets, as it is read and as a tree.
func DrawExpression(t *rapid.T, ids, facets []string, depth int) (assessment.Expression, *Tree) {
	tree := drawNode(t, ids, facets, depth)
	e, err := assessment.ParseExpression(tree.render(t))
	if err != nil {
		t.Fatalf("a rendered expression does not parse: %v", err)
	}
	return e, tree
}

// MustParse reads a condition that is known to be one.
func MustParse(s string) assessment.Expression {
	e, err := assessment.ParseExpression(s)
	if err != nil {
		panic(err)
	}
	return e
}
