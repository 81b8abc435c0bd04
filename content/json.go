package content

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// jsonReader turns JSON into the nodes that YAML gives. YAML is nearly a superset of JSON, but not where characters
// outside the first plane are escaped.
type jsonReader struct {
	file    string
	data    []byte
	lenient bool // NaN and Infinity are numbers
	at      int  // the next byte
	counted int  // up to where line and column were counted
	line    int
	column  int
	path    []byte
}

// JSON returns the one value in data as the nodes that YAML gives. A byte order mark is skipped, and the words NaN,
// Infinity and -Infinity, which some writers put where a value is missing, are numbers. The error is Problems: the first
// place that is not JSON. Keys that come twice are left to the caller, as is the size of data.
func JSON(name string, data []byte) (*yaml.Node, error) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	problem := checkBytes(name, data, maxOthers, startsJSON)
	if problem != nil {
		return nil, Problems{*problem}
	}
	root, problem := parseJSON(name, data, true)
	if problem != nil {
		return nil, Problems{*problem}
	}
	return root, nil
}

// startsJSON reports whether a value may begin after r. It errs on the side of more.
func startsJSON(r rune, _ []byte) bool { return r == ',' || r == '[' || r == '{' }

func parseJSON(file string, data []byte, lenient bool) (*yaml.Node, *Problem) {
	r := &jsonReader{file: file, data: data, lenient: lenient, line: 1, column: 1}
	root, problem := r.value(0)
	if problem != nil {
		return nil, problem
	}
	r.skipSpace()
	if r.at < len(data) {
		return nil, r.fail("expected the end of the file, found %s", r.found())
	}
	return root, nil
}

// fail returns a problem at the next byte.
func (r *jsonReader) fail(format string, args ...any) *Problem {
	r.count()
	return &Problem{File: r.file, Line: r.line, Column: r.column, Path: string(r.path), Message: fmt.Sprintf(format, args...)}
}

// count moves line and column on to the next byte.
func (r *jsonReader) count() {
	for r.counted < min(r.at, len(r.data)) {
		c, size := utf8.DecodeRune(r.data[r.counted:])
		r.column++
		if c == '\n' {
			r.line, r.column = r.line+1, 1
		}
		r.counted += size
	}
}

func (r *jsonReader) skipSpace() {
	for r.at < len(r.data) && bytes.IndexByte([]byte(" \t\r\n"), r.data[r.at]) >= 0 {
		r.at++
	}
}

// next returns the next byte, 0 at the end.
func (r *jsonReader) next() byte {
	if r.at >= len(r.data) {
		return 0
	}
	return r.data[r.at]
}

// found names what is at the next byte.
func (r *jsonReader) found() string {
	if r.at >= len(r.data) {
		return "the end of the file"
	}
	c, _ := utf8.DecodeRune(r.data[r.at:])
	return fmt.Sprintf("%q", c)
}

func (r *jsonReader) node(kind yaml.Kind, tag string) *yaml.Node {
	r.count()
	return &yaml.Node{Kind: kind, Tag: tag, Line: r.line, Column: r.column}
}

func (r *jsonReader) value(depth int) (*yaml.Node, *Problem) {
	r.skipSpace()
	if depth > maxDepth {
		r.path = nil // too long to help
		return nil, r.fail("nested deeper than %d levels", maxDepth)
	}
	switch r.next() {
	case '{':
		return r.object(depth)
	case '[':
		return r.list(depth)
	case '"':
		return r.text()
	}
	return r.literal()
}

func (r *jsonReader) object(depth int) (*yaml.Node, *Problem) {
	n := r.node(yaml.MappingNode, "!!map")
	outside := len(r.path)
	return n, r.each('}', func() *Problem {
		r.path = r.path[:outside]
		if r.next() != '"' {
			return r.fail("expected a key in quotes, found %s", r.found())
		}
		key, problem := r.text()
		if problem != nil {
			return problem
		}
		if outside > 0 {
			r.path = append(r.path, '.')
		}
		r.path = append(r.path, clip(key.Value)...)
		r.skipSpace()
		if r.next() != ':' {
			return r.fail("expected a colon after the key %s, found %s", shorten(key.Value), r.found())
		}
		r.at++
		return r.add(n, outside, depth, key)
	})
}

func (r *jsonReader) list(depth int) (*yaml.Node, *Problem) {
	n := r.node(yaml.SequenceNode, "!!seq")
	outside := len(r.path)
	return n, r.each(']', func() *Problem {
		r.path = fmt.Appendf(r.path[:outside], "[%d]", len(n.Content))
		return r.add(n, outside, depth)
	})
}

// add reads the next value into n, after its key in an object. The path then ends outside of the value.
func (r *jsonReader) add(n *yaml.Node, outside, depth int, key ...*yaml.Node) *Problem {
	value, problem := r.value(depth + 1)
	if problem == nil {
		n.Content = append(append(n.Content, key...), value)
		r.path = r.path[:outside]
	}
	return problem
}

// each calls read at each element up to the closing bracket; commas part them.
func (r *jsonReader) each(closing byte, read func() *Problem) *Problem {
	r.at++
	r.skipSpace()
	if r.next() == closing {
		r.at++
		return nil
	}
	for {
		r.skipSpace()
		if problem := read(); problem != nil {
			return problem
		}
		r.skipSpace()
		switch r.next() {
		case closing:
			r.at++
			return nil
		case ',':
			r.at++
		default:
			return r.fail("expected a comma or %q, found %s", closing, r.found())
		}
	}
}

// text reads a text in quotes.
func (r *jsonReader) text() (*yaml.Node, *Problem) {
	n := r.node(yaml.ScalarNode, "!!str")
	n.Style = yaml.DoubleQuotedStyle
	start := *r
	for r.at++; r.next() != '"'; r.at++ {
		switch {
		case r.at >= len(r.data):
			return nil, start.fail("the text that begins here has no closing quote")
		case r.next() == '\\':
			r.at++
		case r.next() < ' ':
			return nil, r.fail("a control character in a text must be escaped: it is %U", r.next())
		}
	}
	r.at++
	if err := json.Unmarshal(r.data[start.at:r.at], &n.Value); err != nil {
		return nil, start.fail("this text is not JSON: %v", err)
	}
	return n, nil
}

var (
	wordPattern    = regexp.MustCompile(`^[a-zA-Z0-9_.+-]*`)
	numberPattern  = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$`)
	missingPattern = regexp.MustCompile(`^(?:NaN|-?Infinity)$`)
)

// literal reads a value that is written as one word.
func (r *jsonReader) literal() (*yaml.Node, *Problem) {
	n := r.node(yaml.ScalarNode, "!!float")
	word := wordPattern.Find(r.data[r.at:])
	switch n.Value = string(word); {
	case n.Value == "null":
		n.Tag = "!!null"
	case n.Value == "true" || n.Value == "false":
		n.Tag = "!!bool"
	case numberPattern.Match(word), r.lenient && missingPattern.Match(word):
	default:
		return nil, r.fail("expected a value, found %s", r.found())
	}
	r.at += len(word)
	return n, nil
}
