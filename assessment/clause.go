package assessment

// Clause is a part of an expression as people would say it: one practice, or several clauses joined.
type Clause struct {
	Practice string   // empty where Parts are joined
	Negated  bool     // the practice is missing
	Any      bool     // one of Parts is enough; otherwise all must hold
	Parts    []Clause // never joined in the same way as the clause itself
}

// Clause returns the expression as a tree in its order. The zero value gives a clause without practice and parts.
func (e Expression) Clause() Clause {
	var stack []Clause
	for _, s := range e.program {
		if s >= 0 {
			stack = append(stack, Clause{Practice: e.ids[s>>1], Negated: s&1 == 1})
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

// join joins two clauses; parts of those that are joined alike become its own.
func join(alternatives bool, clauses ...Clause) Clause {
	joined := Clause{Any: alternatives}
	for _, c := range clauses {
		if c.Practice == "" && c.Any == alternatives {
			joined.Parts = append(joined.Parts, c.Parts...)
			continue
		}
		joined.Parts = append(joined.Parts, c)
	}
	return joined
}
