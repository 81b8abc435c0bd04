package assessment

import "strings"

// reason is the value of a part of an expression with the operands that it rests on, by their place.
type reason struct {
	truth    Truth
	operands []int
}

// Reasons returns, in order of first appearance, the practices and the facets that make the expression true. Of an
// expression that is unknown it returns the unanswered practices and the facets not said that it still depends on, of a
// false one nothing.
func (e Expression) Reasons(status func(practice string) Status, facets Facets) (practices, said []string) {
	values, codes := plainTruth(), e.codes(status, facets)
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
	if len(stack) == 0 || stack[0].truth == False {
		return nil, nil
	}
	named := make([]bool, len(e.operands))
	for _, place := range stack[0].operands {
		named[place] = true
	}
	for i, operand := range e.operands {
		facet, is := strings.CutPrefix(operand, facetMark)
		switch {
		case !named[i]:
		case is:
			said = append(said, facet)
		default:
			practices = append(practices, operand)
		}
	}
	return practices, said
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
