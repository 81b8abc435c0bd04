package assessment

import "strings"

// Clause is a part of an expression as people would say it: one practice, one facet, or several clauses joined.
type Clause struct {
	Practice string   // empty where it is a facet, or Parts are joined
	Facet    string   // empty where it is a practice, or Parts are joined
	Full     bool     // of a practice: more than a part of it is asked for
	Negated  bool     // the practice is missing, or with Full not done in full; the facet is no
	Any      bool     // one of Parts is enough; otherwise all must hold
	Parts    []Clause // never joined in the same way as the clause itself
}

// Clause returns the expression as a tree in its order. The zero value gives a clause without anything in it.
func (e Expression) Clause() Clause {
	var stack []Clause
	for _, s := range e.program {
		if s >= 0 {
			stack = append(stack, e.leafClause(s))
			continue
		}
		last := len(stack) - 2
		stack = append(stack[:last], join(s == stepOr, stack[last], stack[last+1]))
	}
	if len(stack) == 0 {
		return Clause{}
	}
	return stack[0]
}

func (e Expression) leafClause(s step) Clause {
	operand, negated := e.operands[s.place()], s&stepNegated != 0
	if id, ok := strings.CutPrefix(operand, facetMark); ok {
		return Clause{Facet: id, Negated: negated}
	}
	return Clause{Practice: operand, Full: s&stepFull != 0, Negated: negated}
}

// joined reports whether the clause joins others.
func (c Clause) joined() bool { return c.Practice == "" && c.Facet == "" }

// join joins two clauses; parts of those that are joined alike become its own.
func join(alternatives bool, clauses ...Clause) Clause {
	joined := Clause{Any: alternatives}
	for _, c := range clauses {
		if c.joined() && c.Any == alternatives {
			joined.Parts = append(joined.Parts, c.Parts...)
			continue
		}
		joined.Parts = append(joined.Parts, c)
	}
	return joined
}
