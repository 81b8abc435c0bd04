package assessment

import (
	"slices"
	"strings"
)

// reason is the value of a part of an expression with the operands that it rests on, by their place.
type reason struct {
	truth    Truth
	operands []int
}

// Reasons returns, in order of first appearance, the practices and the facets that make the expression true. Of an
// expression that is unknown it returns the unanswered practices and the facets not said that it still depends on, of a
// false one nothing.
func (e Expression) Reasons(status func(practice string) Status, facets Facets) (practices, said []string) {
	truth, operands := e.basis(e.codes(status, facets))
	if truth == False {
		return nil, nil
	}
	for _, operand := range operands {
		if facet, is := strings.CutPrefix(operand, facetMark); is {
			said = append(said, facet)
		} else {
			practices = append(practices, operand)
		}
	}
	return practices, said
}

// Denying returns, in order of first appearance, the facets that make an expression over facets alone false; nothing
// where it is not false.
func (e Expression) Denying(facets Facets) (said []string) {
	truth, operands := e.basis(e.codes(func(string) Status { return Unanswered }, facets))
	if truth != False {
		return nil
	}
	for _, operand := range operands {
		said = append(said, strings.TrimPrefix(operand, facetMark))
	}
	return said
}

// basis returns the value of the expression and the operands that it rests on, in order of first appearance.
func (e Expression) basis(codes []statusCode) (Truth, []string) {
	values := plainTruth()
	var stack []reason
	for _, s := range e.program {
		if s >= 0 {
			stack = append(stack, reason{values[codes[s.place()]][s.asks()], []int{s.place()}})
			continue
		}
		top := len(stack) - 1
		stack[top-1] = stack[top-1].join(stack[top], s)
		stack = stack[:top]
	}
	if len(stack) == 0 {
		return False, nil
	}
	var operands []string
	for i, operand := range e.operands {
		if slices.Contains(stack[0].operands, i) {
			operands = append(operands, operand)
		}
	}
	return stack[0].truth, operands
}

// join returns the value of both parts under an operator, which rests on those of its parts that have this value.
func (r reason) join(other reason, operator step) reason {
	joined := reason{truth: max(r.truth, other.truth)}
	if operator == stepAnd {
		joined.truth = min(r.truth, other.truth)
	}
	for _, part := range []reason{r, other} {
		if part.truth == joined.truth {
			joined.operands = append(joined.operands, part.operands...)
		}
	}
	return joined
}
