package assessment_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// textOf writes a clause as an expression.
func textOf(c assessment.Clause) string {
	joins := func(c assessment.Clause) bool { return c.Practice == "" && c.Facet == "" }
	if !joins(c) {
		text := c.Practice
		switch {
		case c.Facet != "":
			text = "@" + c.Facet
		case c.Full:
			text = "full(" + c.Practice + ")"
		}
		if c.Negated {
			text = "!" + text
		}
		return text
	}
	parts := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		parts[i] = textOf(p)
		if joins(p) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	if c.Any {
		return strings.Join(parts, " || ")
	}
	return strings.Join(parts, " && ")
}

func TestClause(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a", "a"},
		{"!a", "!a"},
		{"a && b && !c", "a && b && !c"},
		{"(a || b) && (c || d) && e", "(a || b) && (c || d) && e"},
		{"!(a && b || c)", "(!a || !b) && !c"},
		{"!(full(a) && weak(b) || @f && !@g)", "(!full(a) || full(b)) && (!@f || @g)"},
		{"a || (b || (c && d && (e || f)))", "a || b || (c && d && (e || f))"},
	}
	for _, tt := range tests {
		e, err := assessment.ParseExpression(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(e.Clause()); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
	if got := (assessment.Expression{}).Clause(); got.Practice != "" || got.Parts != nil {
		t.Errorf("zero value: %+v", got)
	}
}

// A clause means what its expression means.
func TestClauseKeepsTheMeaning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facets := drawFewFacets(t)
		e, _ := exampletest.DrawExpression(t, fewIDs, fewFacets, 4)
		again, err := assessment.ParseExpression(textOf(e.Clause()))
		if err != nil {
			t.Fatal(err)
		}
		status := drawStatuses(t, fewIDs)
		if got, want := again.Eval(status, facets), e.Eval(status, facets); got != want {
			t.Errorf("%s became %s: %v, want %v", e, textOf(e.Clause()), got, want)
		}
	})
}
