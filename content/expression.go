package content

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"plumbline/assessment"
)

// MaxExpression bounds a condition, in characters.
const MaxExpression = 2_000

// expression returns the condition under a key, which must be there.
func (m mapping) expression(key string) assessment.Expression {
	v, ok := m.required(key, "a condition")
	if !ok {
		return assessment.Expression{}
	}
	text, ok := v.text(MaxExpression, true)
	if !ok {
		return assessment.Expression{}
	}
	e, err := assessment.ParseExpression(text)
	if err != nil {
		v.complainInside(err)
	}
	return e
}

// optionalExpression returns the condition under a key over facets, none where the key is missing.
func (m mapping) optionalExpression(key string) assessment.Expression {
	if _, ok := m.fields[key]; !ok {
		return assessment.Expression{}
	}
	return m.expression(key)
}

// complainInside reports an error in a condition at the character that is to blame.
func (v value) complainInside(err error) {
	if v.source.full() {
		return
	}
	offset, message := 0, err.Error()
	if inside, ok := errors.AsType[*assessment.ExpressionError](err); ok {
		offset, message = inside.Offset, inside.Message
	}
	v.source.complainAt(v.source.placeOf(v.path, v.node.Value, offset), v.path, "wrong condition: %s", message)
}

// placeOf returns where in the file a byte offset of a condition is: its text is followed through quotes and folded
// lines. Where it cannot be followed, the place is that of the whole value.
func (s *source) placeOf(path, text string, offset int) position {
	start := s.places[path]
	c := cursor{rest: s.from(start), at: start}
	switch c.next() {
	case '>', '|':
		for c.next() != '\n' && len(c.rest) > 0 {
			c.step()
		}
	case '"', '\'':
		c.step()
	}
	for i, r := range text {
		if !unicode.IsSpace(r) {
			c.skipSpace()
		}
		if i >= offset {
			return c.at
		}
		if unicode.IsSpace(r) {
			continue
		}
		if c.next() != r {
			return start
		}
		c.step()
	}
	return c.at
}

// cursor walks through the text of a file.
type cursor struct {
	rest []byte
	at   position
}

func (c *cursor) next() rune {
	r, _ := utf8.DecodeRune(c.rest)
	return r
}

func (c *cursor) step() {
	r, size := utf8.DecodeRune(c.rest)
	c.rest = c.rest[size:]
	c.at.column++
	if r == '\n' {
		c.at = position{c.at.line + 1, 1}
	}
}

func (c *cursor) skipSpace() {
	for len(c.rest) > 0 && unicode.IsSpace(c.next()) {
		c.step()
	}
}
