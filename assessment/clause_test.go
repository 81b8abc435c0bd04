package assessment

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// text writes a clause as an expression.
func (c Clause) text() string {
	if c.Practice != "" {
		if c.Negated {
			return "!" + c.Practice
		}
		return c.Practice
	}
	parts := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		parts[i] = p.text()
		if p.Practice == "" {
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
		{"a || (b || (c && d && (e || f)))", "a || b || (c && d && (e || f))"},
	}
	for _, tt := range tests {
		e, err := ParseExpression(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Clause().text(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
	if got := (Expression{}).Clause(); got.Practice != "" || got.Parts != nil {
		t.Errorf("zero value: %+v", got)
	}
}

// A clause means what its expression means.
func TestClauseKeepsTheMeaning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := rapid.StringMatching(`(!?[a-d] (&&|\|\|) ){0,6}(!\((!?[a-d] (&&|\|\|) ){0,4}[a-d]\) (&&|\|\|) )?!?[a-d]`).Draw(t, "expression")
		e, err := ParseExpression(source)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseExpression(e.Clause().text())
		if err != nil {
			t.Fatal(err)
		}
		statuses := map[string]Status{}
		for _, id := range e.Practices() {
			statuses[id] = rapid.SampledFrom([]Status{Unanswered, Absent, Partial, Adopted, NotApplicable}).Draw(t, id)
		}
		status := func(id string) Status { return statuses[id] }
		if got, want := again.Eval(status), e.Eval(status); got != want {
			t.Errorf("%s became %s: %v, want %v", source, e.Clause().text(), got, want)
		}
	})
}
