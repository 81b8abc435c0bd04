package foreign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"plumbline/content"
)

const (
	maxDepth    = 64
	maxMarks    = 300_000 // characters that a value may follow: bounds the values before there are any
	maxProblems = 1_000
)

// parser reads JSON, and beside it the words NaN and Infinity that some writers put where a value is missing.
type parser struct {
	name     string
	data     []byte
	at       int // the next byte
	counted  int // up to where line and column were counted
	line     int
	column   int
	path     []byte
	problems content.Problems
}

// ParseJSON returns the one value in data. The error is content.Problems: the first place that is not JSON, after all keys
// that come twice.
func ParseJSON(name string, data []byte) (*Node, error) {
	p := &parser{name: name, data: data, line: 1, column: 1}
	if at := invalidUTF8(data); at >= 0 {
		return nil, content.Problems{p.problem(at, "this is not UTF-8 text")}
	}
	if at := tooComplex(data); at >= 0 {
		return nil, content.Problems{p.problem(at, fmt.Sprintf("the file is too complex: more than %d values", maxMarks))}
	}
	root, failure := p.value(0)
	if failure == nil {
		p.skipSpace()
		if p.at < len(data) {
			failure = p.fail("the end of the file expected, found %s", p.found())
		}
	}
	if failure != nil {
		p.problems = append(p.problems, *failure)
	}
	return root, p.problems.Err()
}

func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// tooComplex returns where there are more values than are read, -1 where there are not.
func tooComplex(data []byte) int {
	marks := 0
	for at, c := range data {
		if c == ',' || c == '[' || c == '{' {
			marks++
		}
		if marks > maxMarks {
			return at
		}
	}
	return -1
}

// problem returns a problem at a byte that is not before the last one that was counted.
func (p *parser) problem(at int, message string) content.Problem {
	p.count(at)
	return content.Problem{File: p.name, Line: p.line, Column: p.column, Path: string(p.path), Message: message}
}

func (p *parser) fail(format string, args ...any) *content.Problem {
	failure := p.problem(p.at, fmt.Sprintf(format, args...))
	return &failure
}

// count moves line and column on to a byte.
func (p *parser) count(to int) {
	for p.counted < min(to, len(p.data)) {
		r, size := utf8.DecodeRune(p.data[p.counted:])
		p.column++
		if r == '\n' {
			p.line, p.column = p.line+1, 1
		}
		p.counted += size
	}
}

func (p *parser) skipSpace() {
	for p.at < len(p.data) && bytes.IndexByte([]byte(" \t\r\n"), p.data[p.at]) >= 0 {
		p.at++
	}
}

// found names what stands at the next byte.
func (p *parser) found() string {
	if p.at >= len(p.data) {
		return "the end of the file"
	}
	r, _ := utf8.DecodeRune(p.data[p.at:])
	return fmt.Sprintf("%q", r)
}

func (p *parser) next() byte {
	if p.at >= len(p.data) {
		return 0
	}
	return p.data[p.at]
}

func (p *parser) value(depth int) (*Node, *content.Problem) {
	p.skipSpace()
	p.count(p.at)
	n := &Node{Line: p.line, Column: p.column}
	if depth > maxDepth {
		return nil, p.fail("nested deeper than %d levels", maxDepth)
	}
	var failure *content.Problem
	switch p.next() {
	case '{':
		n.Kind = Object
		failure = p.object(n, depth)
	case '[':
		n.Kind = List
		failure = p.list(n, depth)
	case '"':
		n.Kind = Text
		n.Text, failure = p.text()
	default:
		failure = p.literal(n)
	}
	return n, failure
}

// object reads the members of an object. A key that comes twice is a problem: nobody can tell which one was meant.
func (p *parser) object(n *Node, depth int) *content.Problem {
	first := map[string]*Node{}
	outside := len(p.path)
	return p.each('}', func() *content.Problem {
		p.path = p.path[:outside]
		if p.next() != '"' {
			return p.fail("a key in quotes expected, found %s", p.found())
		}
		p.count(p.at)
		at := &Node{Line: p.line, Column: p.column}
		key, failure := p.text()
		if failure != nil {
			return failure
		}
		if outside > 0 {
			p.path = append(p.path, '.')
		}
		p.path = append(p.path, Clip(key)...)
		before, twice := first[key]
		if twice && len(p.problems) < maxProblems {
			p.problems = append(p.problems, content.Problem{File: p.name, Line: at.Line, Column: at.Column, Path: string(p.path),
				Message: fmt.Sprintf("the key %s is there already, on line %d column %d", Shorten(key), before.Line, before.Column)})
		}
		first[key] = at
		p.skipSpace()
		if p.next() != ':' {
			return p.fail("a colon expected after the key %s, found %s", Shorten(key), p.found())
		}
		p.at++
		value, failure := p.value(depth + 1)
		if failure == nil {
			p.path = p.path[:outside]
		}
		if !twice {
			n.Members = append(n.Members, Member{key, at, value})
		}
		return failure
	})
}

func (p *parser) list(n *Node, depth int) *content.Problem {
	outside := len(p.path)
	return p.each(']', func() *content.Problem {
		p.path = fmt.Appendf(p.path[:outside], "[%d]", len(n.Items))
		item, failure := p.value(depth + 1)
		n.Items = append(n.Items, item)
		if failure == nil {
			p.path = p.path[:outside]
		}
		return failure
	})
}

// each calls read at each element up to the closing bracket; commas part them.
func (p *parser) each(closing byte, read func() *content.Problem) *content.Problem {
	p.at++
	p.skipSpace()
	if p.next() == closing {
		p.at++
		return nil
	}
	for {
		p.skipSpace()
		if failure := read(); failure != nil {
			return failure
		}
		p.skipSpace()
		switch p.next() {
		case closing:
			p.at++
			return nil
		case ',':
			p.at++
		default:
			return p.fail("a comma or %q expected, found %s", closing, p.found())
		}
	}
}

// text reads a text in quotes.
func (p *parser) text() (string, *content.Problem) {
	start := p.at
	for p.at++; ; p.at++ {
		switch c := p.next(); {
		case p.at >= len(p.data):
			p.at = start
			return "", p.fail("the text that begins here has no closing quote")
		case c == '\\':
			p.at++
		case c < ' ':
			return "", p.fail("a control character in a text must be escaped: it is %U", c)
		case c == '"':
			p.at++
			var s string
			if err := json.Unmarshal(p.data[start:p.at], &s); err != nil {
				p.at = start
				return "", p.fail("this text is not JSON: %v", err)
			}
			return s, nil
		}
	}
}

var numberPattern = Pattern(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$`)

// literal reads a value that is written as one word.
func (p *parser) literal(n *Node) *content.Problem {
	end := p.at
	for end < len(p.data) && isWord(p.data[end]) {
		end++
	}
	switch word := string(p.data[p.at:end]); {
	case word == "null":
		n.Kind = Nothing
	case word == "true" || word == "false":
		n.Kind = Boolean
	case word == "NaN" || word == "Infinity" || word == "-Infinity":
		n.Kind = NotNumber
	case numberPattern().MatchString(word):
		n.Kind = Number
	default:
		return p.fail("a value expected, found %s", p.found())
	}
	n.Text = string(p.data[p.at:end])
	p.at = end
	return nil
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '+' || c == '-'
}
