package assessment

import (
	"fmt"
	"slices"
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

// Expression is a boolean condition over practice ids: ! && || and parentheses, with the precedence ! > && > ||.
// Negations stand on the ids alone: reading pushes them down. The zero value is no condition and is false.
type Expression struct {
	source  string
	ids     []string // in order of first appearance
	program []step
}

// step is one instruction in postfix order: a literal i<<1|negated of the i-th id, or an operator.
type step int32

const (
	stepAnd step = -1
	stepOr  step = -2
)

// maxStack bounds the values waiting at once: two for each open parenthesis and one more for the innermost operator.
const maxStack = 2*maxNesting + 3

func literal(id int, negated bool) step {
	if negated {
		return step(id<<1 | 1)
	}
	return step(id << 1)
}

// String returns the text that the expression was read from.
func (e Expression) String() string { return e.source }

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

// Practices returns the ids of the expression in order of first appearance.
func (e Expression) Practices() []string { return slices.Clone(e.ids) }

// Eval returns the value of the expression for the statuses of its practices. A practice that is not applicable makes
// both its id and the negated id false; an unanswered one makes both unknown.
func (e Expression) Eval(status func(practice string) Status) Truth {
	codes := make([]statusCode, len(e.ids))
	for i, id := range e.ids {
		codes[i] = codeOf(status(id))
	}
	return evaluate(e.program, codes)
}

// evaluate returns the value of a program over the statuses that its literals index.
func evaluate(program []step, statuses []statusCode) Truth {
	return run(program, statuses, plainTruth())
}

// evaluateSelection counts an unanswered practice as not selected.
func evaluateSelection(program []step, statuses []statusCode) Truth {
	values := plainTruth()
	values[codeUnanswered] = values[codeAbsent]
	return run(program, statuses, values)
}

// truthTable gives the value of an id and of its negation by the status of the practice.
type truthTable [5][2]Truth

func plainTruth() truthTable {
	return truthTable{
		codeUnanswered:    {Maybe, Maybe},
		codeAbsent:        {False, True},
		codePartial:       {True, False},
		codeAdopted:       {True, False},
		codeNotApplicable: {False, False},
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
			stack[top] = values[statuses[s>>1]][s&1]
			top++
		}
	}
	return stack[0]
}

// relocate returns the program with each id replaced by another index.
func relocate(program []step, index func(id int) int) []step {
	moved := slices.Clone(program)
	for i, s := range moved {
		if s >= 0 {
			moved[i] = literal(index(int(s>>1)), s&1 == 1)
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
