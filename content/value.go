package content

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"plumbline/assessment/words"
)

// Limits of texts in files, in characters. They are wider than those of forms: imported content is wordy.
const (
	MaxLine  = 1_000
	MaxProse = 40_000
)

// position is a place in a file, both from 1.
type position struct{ line, column int }

// source is a file being read: it collects the problems, and remembers where each path was found.
type source struct {
	file     string
	data     []byte
	lines    []int // byte offsets at which the lines of data begin; filled when first needed
	problems Problems
	places   map[string]position
	hints    int // suggestions made so far
	asked    position
	askedAt  int // the byte at which asked is
}

func newSource(file string, data []byte) *source {
	return &source{file: file, data: bytes.TrimPrefix(data, []byte(byteOrderMark)), places: map[string]position{}}
}

// from returns the text of the file from a place on.
func (s *source) from(at position) []byte {
	if s.lines == nil {
		s.lines = append(s.lines, 0)
		for i, c := range s.data {
			if c == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	}
	if at.line < 1 || at.line > len(s.lines) {
		return nil
	}
	offset, column := s.lines[at.line-1], 1
	if s.asked.line == at.line && s.asked.column <= at.column { // a file may be one line: go on from there
		offset, column = s.askedAt, s.asked.column
	}
	for range at.column - column {
		_, size := utf8.DecodeRune(s.data[offset:])
		offset += size
	}
	s.asked, s.askedAt = at, offset
	return s.data[offset:]
}

// full reports whether no more problems are kept, so that there is no use in looking for them.
func (s *source) full() bool { return len(s.problems) > maxProblems }

// complain adds a problem at the place of a path.
func (s *source) complain(path, format string, args ...any) {
	s.complainAt(s.places[path], path, format, args...)
}

func (s *source) complainAt(at position, path, format string, args ...any) {
	if s.full() {
		return
	}
	if len(s.problems) == maxProblems {
		at, path, format, args = position{}, "", "there are more problems than can be listed", nil
	}
	s.problems = append(s.problems,
		Problem{File: s.file, Line: at.line, Column: at.column, Path: path, Message: fmt.Sprintf(format, args...)})
}

// value is one value of the file, aliases followed.
type value struct {
	source *source
	node   *yaml.Node
	path   string
}

func (s *source) value(node *yaml.Node, path string) value {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	s.places[path] = position{node.Line, node.Column}
	return value{s, node, path}
}

func (v value) complain(format string, args ...any) {
	v.source.complainAt(position{v.node.Line, v.node.Column}, v.path, format, args...)
}

func (v value) isList() bool { return v.node.Kind == yaml.SequenceNode }

func (v value) isText() bool { return v.node.Kind == yaml.ScalarNode && v.node.ShortTag() == "!!str" }

// wrongType says what was expected and what is there instead.
func (v value) wrongType(expected string) {
	v.complain("expected %s, found %s", expected, describe(v.node))
}

// describe names what a node holds, for messages.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!str":
		return "the text " + shorten(n.Value)
	case "!!int", "!!float":
		return "the number " + clip(n.Value) + " (put text in quotes)"
	case "!!bool":
		return clip(n.Value) + " (put text in quotes)"
	case "!!timestamp":
		return "the date " + clip(n.Value) + " (put text in quotes)"
	default:
		return "a value of type " + clip(n.ShortTag())
	}
}

// shorten quotes a text for a message.
func shorten(s string) string { return fmt.Sprintf("%q", clip(s)) }

func clip(s string) string { return words.Cut(s, 60) }

// list returns the items of a list, at most limit, complaining about more and about anything else.
func (v value) list(expected string, limit int) []value {
	if !v.isList() {
		v.wrongType(expected)
		return nil
	}
	nodes := v.node.Content
	if len(nodes) > limit {
		v.complain("expected at most %d, found %d", limit, len(nodes))
		nodes = nodes[:limit]
	}
	if v.source.full() {
		return nil
	}
	items := make([]value, len(nodes))
	for i, n := range nodes {
		items[i] = v.source.value(n, fmt.Sprintf("%s[%d]", v.path, i))
	}
	return items
}

// text returns a text as it stands; ok is false where the value is no text, or one with characters that are refused.
func (v value) text(limit int, multiline bool) (string, bool) {
	if !v.isText() {
		v.wrongType("text")
		return "", false
	}
	s := v.node.Value
	if n := utf8.RuneCountInString(s); n > limit {
		v.complain("expected at most %d characters, found %d", limit, n)
		return "", false
	}
	if !multiline && strings.ContainsAny(s, "\n\t") {
		v.complain("expected text on one line (in YAML, >- folds lines into one)")
		return "", false
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			v.complain("the control character %U is not allowed", r)
			return "", false
		}
	}
	return s, true
}

// number returns a finite number.
func (v value) number(expected string) (float64, bool) {
	tag := v.node.ShortTag()
	if v.node.Kind != yaml.ScalarNode || (tag != "!!int" && tag != "!!float") {
		v.complain("expected %s, found %s", expected, strings.TrimSuffix(describe(v.node), " (put text in quotes)"))
		return 0, false
	}
	var f float64
	if err := v.node.Decode(&f); err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		v.complain("expected %s, found %s", expected, clip(v.node.Value))
		return 0, false
	}
	return f, true
}

// oneOf returns a word out of a list of allowed ones.
func (v value) oneOf(words ...string) string {
	expected := strings.Join(words, ", ")
	if len(words) > 1 {
		expected = "one of " + expected
	}
	if !v.isText() {
		v.wrongType(expected)
		return ""
	}
	if !slices.Contains(words, v.node.Value) {
		v.complain("expected %s, found %s%s", expected, shorten(v.node.Value), v.source.hint(v.node.Value, slices.Values(words)))
		return ""
	}
	return v.node.Value
}
