package assessment

// reason is the value of a part of an expression with the ids that it rests on, by their index.
type reason struct {
	truth Truth
	ids   []int
}

// Reasons returns, in order of first appearance, the practices whose statuses make the expression true. Of an
// expression that is unknown it returns the unanswered practices that it still depends on, of a false one nothing.
func (e Expression) Reasons(status func(practice string) Status) []string {
	values := plainTruth()
	var stack []reason
	for _, s := range e.program {
		if s >= 0 {
			id := int(s >> 1)
			stack = append(stack, reason{values[codeOf(status(e.ids[id]))][s&1], []int{id}})
			continue
		}
		top := len(stack) - 1
		stack[top-1] = stack[top-1].join(stack[top], s)
		stack = stack[:top]
	}
	if len(stack) == 0 || stack[0].truth == False {
		return nil
	}
	named := make([]bool, len(e.ids))
	for _, id := range stack[0].ids {
		named[id] = true
	}
	var practices []string
	for i, id := range e.ids {
		if named[i] {
			practices = append(practices, id)
		}
	}
	return practices
}

// join returns the value of both parts under an operator, which rests on those of its parts that have this value.
func (r reason) join(other reason, operator step) reason {
	joined := reason{truth: max(r.truth, other.truth)}
	if operator == stepAnd {
		joined.truth = min(r.truth, other.truth)
	}
	for _, part := range []reason{r, other} {
		if part.truth == joined.truth {
			joined.ids = append(joined.ids, part.ids...)
		}
	}
	return joined
}
