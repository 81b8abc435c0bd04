package assessment

import "iter"

// inputs is what a result is computed from, by position.
type inputs struct {
	operands []statusCode // of practices as they count, and after them of facets
	outside  []bool       // of practices, whether they are out of scope; nil where none is
}

// inputs returns the statuses that count: a practice whose condition is false is out of scope and counts as not
// applicable, whatever is said about it.
func (m *Model) inputs(said func(practice int) statusCode, f Facets) inputs {
	in := inputs{operands: make([]statusCode, len(m.practices)+len(m.facets))}
	for i := range m.practices {
		in.operands[i] = said(i)
	}
	for i, id := range m.facets {
		in.operands[len(m.practices)+i] = f.code(id)
	}
	if in.outside = m.outside(in.operands); in.outside == nil {
		return in
	}
	for i, out := range in.outside {
		if out {
			in.operands[i] = codeNotApplicable
		}
	}
	return in
}

// outside returns which practices are out of scope, nil where none is. Conditions look at facets alone.
func (m *Model) outside(operands []statusCode) []bool {
	var outside []bool
	for i, scope := range m.scopes {
		if scope == nil || evaluate(scope, operands) != False {
			continue
		}
		if outside == nil {
			outside = make([]bool, len(m.practices))
		}
		outside[i] = true
	}
	return outside
}

// OutOfScope returns the ids of the practices that facets leave out, in the questionnaire's order; never nil.
func (m *Model) OutOfScope(f Facets) []string {
	return m.outsideIDs(m.inputs(func(int) statusCode { return codeUnanswered }, f).outside)
}

func (m *Model) outsideIDs(outside []bool) []string {
	ids := []string{}
	for i, out := range outside {
		if out {
			ids = append(ids, m.ids[i])
		}
	}
	return ids
}

// Exclusion is the practices that one answer about the workload leaves out.
type Exclusion struct {
	Facet     Facet
	Said      bool
	Practices []*Practice // in the questionnaire's order
}

// Exclusions returns why practices are out of scope, by the answer that decides, in the order of the facets. A practice
// that several answers leave out is with the first of them in its condition.
func (q *Questionnaire) Exclusions(f Facets) []Exclusion {
	left := map[string][]*Practice{}
	for practice := range q.Practices() {
		if denying := practice.AppliesWhen.Denying(f); len(denying) > 0 {
			left[denying[0]] = append(left[denying[0]], practice)
		}
	}
	var all []Exclusion
	for _, facet := range q.Facets {
		if practices := left[facet.ID]; practices != nil {
			all = append(all, Exclusion{facet, f[facet.ID], practices})
		}
	}
	return all
}

// inputsOf returns the inputs of plain answers.
func (m *Model) inputsOf(a Answers, f Facets) inputs {
	return m.inputs(func(i int) statusCode { return codeOf(a[m.ids[i]].Status) }, f)
}

// isOut reports whether a practice is out of scope.
func (e *evaluation) isOut(practice int) bool { return e.outside != nil && e.outside[practice] }

// allOut reports whether there are practices, and all of them are out of scope.
func (e *evaluation) allOut(practices []int) bool {
	for _, i := range practices {
		if !e.isOut(i) {
			return false
		}
	}
	return len(practices) > 0
}

// OutOfScope reports whether a practice is out of scope now.
func (c *Current) OutOfScope(practice string) bool {
	i, ok := c.Model.practiceAt[practice]
	return ok && c.Result.evaluation.isOut(i)
}

// InScope goes through the practices of a principle that are asked now, in the questionnaire's order. The number is the
// one that people see, from 1.
func (c *Current) InScope(principle *Principle) iter.Seq2[int, *Practice] {
	return func(yield func(int, *Practice) bool) {
		number := 0
		for practice := range principle.Practices() {
			if c.OutOfScope(practice.ID) {
				continue
			}
			if number++; !yield(number, practice) {
				return
			}
		}
	}
}

// Counted returns the status that a practice counts with: NotApplicable where it is out of scope.
func (c *Current) Counted(practice string) Status {
	if c.OutOfScope(practice) {
		return NotApplicable
	}
	return c.State.Answer(practice).Status
}

// Eval returns the value of a condition of the questionnaire now.
func (c *Current) Eval(e Expression) Truth { return e.Eval(c.Counted, c.State.Facets) }

// Reasons returns what a condition of the questionnaire rests on now, see Expression.Reasons.
func (c *Current) Reasons(e Expression) (practices, facets []string) {
	return e.Reasons(c.Counted, c.State.Facets)
}
