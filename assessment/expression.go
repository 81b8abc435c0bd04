package assessment

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of an expression.
const (
	maxExpression = 10_000 // bytes
	maxNesting    = 100    // parentheses inside each other
	MaxID         = 128    // bytes of an id
)

// Truth is a value of three-valued logic. And is the minimum, or the maximum.
type Truth int8

// The three values.
const (
	False Truth = iota
	Maybe       // unknown: it depends on practices that are not answered yet
	True
)

// Expression is a boolean condition over practices, as id, full(id) and weak(id), and facets, as @id: ! && || and
// parentheses, with the precedence ! > && > ||. Negations stand on the leaves alone: reading pushes them down. The zero
// value has no condition and is false.
type Expression struct {
	source   string
	operands []string // in order of first appearance: ids of practices, and of facets behind facetMark
	program  []step
}

// facetMark precedes the ID of a facet.
const facetMark = "@"

// step is one instruction in postfix order: a leaf, which is the place of its operand with two bits for what it asks of
// it, or an operator.
type step int32

const (
	stepAnd step = -1
	stepOr  step = -2

	stepNegated step = 1 << 0
	stepFull    step = 1 << 1
	stepPlace        = 2 // bits below the place
)

// maxStack bounds the values waiting at once: two for each open parenthesis and one more for the innermost operator.
const maxStack = 2*maxNesting + 3

// leaf returns the step that asks the operand at a place what the two bits say.
func leaf(place int, asks step) step { return step(place)<<stepPlace | asks }

// place returns the operand of a leaf.
func (s step) place() int { return int(s >> stepPlace) }

// asks returns the two bits of a leaf: stepNegated, stepFull.
func (s step) asks() step { return s & (stepNegated | stepFull) }

// String returns the text that the expression was read from.
func (e Expression) String() string { return e.source }

// IsZero reports whether there is no condition.
func (e Expression) IsZero() bool { return len(e.program) == 0 }

// MarshalText returns the text of the expression.
func (e Expression) MarshalText() ([]byte, error) { return []byte(e.source), nil }

// UnmarshalText reads an expression; the error is an *ExpressionError.
func (e *Expression) UnmarshalText(text []byte) error {
	parsed, err := ParseExpression(string(text))
	if err != nil {
		return err
	}
	*e = parsed
	return nil
}

// Practices returns the ids of the practices in order of first appearance.
func (e Expression) Practices() []string {
	var ids []string
	for _, operand := range e.operands {
		if !strings.HasPrefix(operand, facetMark) {
			ids = append(ids, operand)
		}
	}
	return ids
}

// Facets returns the ids of the facets in order of first appearance.
func (e Expression) Facets() []string {
	var ids []string
	for _, operand := range e.operands {
		if id, ok := strings.CutPrefix(operand, facetMark); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Plain reports whether the expression has ids of practices and operators alone: no full, no weak and no facets.
func (e Expression) Plain() bool {
	full := slices.ContainsFunc(e.program, func(s step) bool { return s >= 0 && s&stepFull != 0 })
	return !full && len(e.Facets()) == 0
}

// Eval returns the value of the expression for the statuses of its practices and for facets. A practice that is not
// applicable makes all its leaves false; an unanswered one, and a facet that is not said, makes them unknown.
func (e Expression) Eval(status func(practice string) Status, facets Facets) Truth {
	return evaluate(e.program, e.codes(status, facets))
}

// codes returns the status of each operand.
func (e Expression) codes(status func(practice string) Status, facets Facets) []statusCode {
	codes := make([]statusCode, len(e.operands))
	for i, operand := range e.operands {
		if id, ok := strings.CutPrefix(operand, facetMark); ok {
			codes[i] = facets.code(id)
		} else {
			codes[i] = codeOf(status(operand))
		}
	}
	return codes
}

// evaluate returns the value of a program over the statuses that its leaves index.
func evaluate(program []step, statuses []statusCode) Truth {
	return run(program, statuses, plainTruth())
}

// evaluateSelection counts an unanswered practice as not selected.
func evaluateSelection(program []step, statuses []statusCode) Truth {
	values := plainTruth()
	values[codeUnanswered] = values[codeAbsent]
	return run(program, statuses, values)
}

// truthTable gives the value of each kind of leaf by the status of the practice: id, !id, full(id) and !full(id), which
// is weak(id). A facet has the status adopted for yes, absent for no, and unanswered where it is not said.
type truthTable [5][4]Truth

func plainTruth() truthTable {
	return truthTable{
		codeUnanswered:    {Maybe, Maybe, Maybe, Maybe},
		codeAbsent:        {False, True, False, True},
		codePartial:       {True, False, False, True},
		codeAdopted:       {True, False, True, False},
		codeNotApplicable: {False, False, False, False},
	}
}

// run evaluates a program; an empty one is false.
func run(program []step, statuses []statusCode, values truthTable) Truth {
	var stack [maxStack]Truth
	top := 0
	for _, s := range program {
		switch s {
		case stepAnd:
			top--
			stack[top-1] = min(stack[top-1], stack[top])
		case stepOr:
			top--
			stack[top-1] = max(stack[top-1], stack[top])
		default:
			stack[top] = values[statuses[s.place()]][s.asks()]
			top++
		}
	}
	return stack[0]
}

// relocate returns the program with each operand at another place.
func relocate(program []step, to func(place int) int) []step {
	moved := slices.Clone(program)
	for i, s := range moved {
		if s >= 0 {
			moved[i] = leaf(to(s.place()), s.asks())
		}
	}
	return moved
}

// ExpressionError says where a text stops being an expression.
type ExpressionError struct {
	Offset  int // bytes from the start of the text
	Message string
}

// Error returns the message with the offset.
func (e *ExpressionError) Error() string {
	return fmt.Sprintf("at byte %d: %s", e.Offset, e.Message)
}
