package assessment

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ParseExpression reads a condition; the error is an *ExpressionError that names the first byte that does not fit and
// what was expected there. Ids match [A-Za-z0-9][A-Za-z0-9_.-]{0,127}; white space between tokens is free, but not
// between @ and its id. full and weak are functions where ( follows, and ids elsewhere.
func ParseExpression(s string) (Expression, error) {
	if len(s) > maxExpression {
		return Expression{}, &ExpressionError{maxExpression, fmt.Sprintf("expected at most %d bytes", maxExpression)}
	}
	p := parser{text: s, expression: Expression{source: s}}
	p.skipSpace()
	if err := p.or(false); err != nil {
		return Expression{}, err
	}
	if p.at < len(s) {
		return Expression{}, p.expected("&&, || or the end")
	}
	return p.expression, nil
}

// parser reads by recursive descent. Each rule takes whether it stands under an odd number of negations, and emits
// the negated operators then: this is how negations reach the ids.
type parser struct {
	text       string
	at         int
	depth      int
	expression Expression
}

func (p *parser) or(negated bool) error {
	operator := stepOr
	if negated {
		operator = stepAnd
	}
	return p.chain("||", operator, func() error { return p.and(negated) })
}

func (p *parser) and(negated bool) error {
	operator := stepAnd
	if negated {
		operator = stepOr
	}
	return p.chain("&&", operator, func() error { return p.unary(negated) })
}

// chain reads operands parted by the token, and emits the operator after each but the first.
func (p *parser) chain(token string, operator step, operand func() error) error {
	if err := operand(); err != nil {
		return err
	}
	for p.take(token) {
		if err := operand(); err != nil {
			return err
		}
		p.emit(operator)
	}
	return nil
}

func (p *parser) unary(negated bool) error {
	for p.take("!") {
		negated = !negated
	}
	if p.take("(") {
		return p.group(negated)
	}
	return p.leaf(negated)
}

func (p *parser) group(negated bool) error {
	if p.depth == maxNesting {
		return p.expected(fmt.Sprintf("at most %d nested parentheses", maxNesting))
	}
	p.depth++
	if err := p.or(negated); err != nil {
		return err
	}
	p.depth--
	if !p.take(")") {
		return p.expected("&&, || or )")
	}
	return nil
}

// leaf reads a facet, a function of a practice, or a practice.
func (p *parser) leaf(negated bool) error {
	asks := step(0)
	if negated {
		asks = stepNegated
	}
	if strings.HasPrefix(p.text[p.at:], facetMark) {
		p.at += len(facetMark)
		id, err := p.id("the ID of a facet")
		if err != nil {
			return err
		}
		p.emit(leaf(p.intern(facetMark+id), asks))
		return nil
	}
	id, err := p.id("a practice ID, full(, weak(, @, ! or (")
	if err != nil {
		return err
	}
	if id != "full" && id != "weak" || !p.take("(") {
		p.emit(leaf(p.intern(id), asks))
		return nil
	}
	if id == "weak" {
		asks ^= stepNegated
	}
	practice, err := p.id("a practice ID")
	if err != nil {
		return err
	}
	if !p.take(")") {
		return p.expected(")")
	}
	p.emit(leaf(p.intern(practice), asks|stepFull))
	return nil
}

// id reads an id and the space after it.
func (p *parser) id(expected string) (string, error) {
	start, end := p.at, p.at
	if end < len(p.text) && isLetterOrDigit(p.text[end]) {
		for end < len(p.text) && isIDByte(p.text[end]) {
			end++
		}
	}
	if end == start {
		return "", p.expected(expected)
	}
	if end-start > MaxID {
		return "", p.expected(fmt.Sprintf("an ID of at most %d characters", MaxID))
	}
	p.at = end
	p.skipSpace()
	return p.text[start:end], nil
}

// intern returns the place of an operand.
func (p *parser) intern(operand string) int {
	if i := slices.Index(p.expression.operands, operand); i >= 0 {
		return i
	}
	p.expression.operands = append(p.expression.operands, operand)
	return len(p.expression.operands) - 1
}

func (p *parser) emit(s step) { p.expression.program = append(p.expression.program, s) }

// take reads the token and the space after it where the token comes next.
func (p *parser) take(token string) bool {
	if !strings.HasPrefix(p.text[p.at:], token) {
		return false
	}
	p.at += len(token)
	p.skipSpace()
	return true
}

func (p *parser) skipSpace() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) expected(what string) error {
	found := "the end"
	if p.at < len(p.text) {
		r, _ := utf8.DecodeRuneInString(p.text[p.at:])
		found = fmt.Sprintf("%q", r)
	}
	return &ExpressionError{Offset: p.at, Message: "expected " + what + ", found " + found}
}

// IsID reports whether s can be an id: [A-Za-z0-9][A-Za-z0-9_.-]{0,127}.
func IsID(s string) bool {
	if s == "" || len(s) > MaxID || !isLetterOrDigit(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isIDByte(s[i]) {
			return false
		}
	}
	return true
}

func isIDByte(c byte) bool {
	return isLetterOrDigit(c) || c == '_' || c == '.' || c == '-'
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
