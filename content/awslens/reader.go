package awslens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plumbline/content"
)

const maxLosses = 10_000

// reader collects what is lost on the way.
type reader struct {
	losses content.Losses
	ids    struct{ pillars, questions, practices takenIDs }

	fillers   int // texts that are nothing but a dash
	nones     int // choices "None of these"
	unchecked int // questions whose rules have too many combinations to look at
	effort    int // characters of conditions that may still be looked at to try selections
}

// value is one value of the file with its path.
type value struct {
	*reader
	*node
	path string
}

func (r *reader) loseAt(n *node, path, format string, args ...any) {
	if len(r.losses) > maxLosses {
		return
	}
	loss := content.Loss{Path: path, Message: fmt.Sprintf(format, args...)}
	if len(r.losses) == maxLosses {
		n, loss = nil, content.Loss{Message: "there are more losses than can be listed"}
	}
	if n != nil {
		loss.Line, loss.Column = n.line, n.column
	}
	r.losses = append(r.losses, loss)
}

// lose reports a loss at the value.
func (v value) lose(format string, args ...any) { v.loseAt(v.node, v.path, format, args...) }

// sorted returns the losses in the order of the file, those without a place at the end.
func (r *reader) sorted() content.Losses {
	slices.SortStableFunc(r.losses, func(a, b content.Loss) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.losses
}

// fields is an object whose keys are known.
type fields struct {
	value
	byKey map[string]value
}

// fields returns the known keys of an object; all others are losses. ok is false where it is no object.
func (v value) fields(known ...string) (f fields, ok bool) {
	f = fields{v, map[string]value{}}
	if v.kind != object {
		v.lose("an object expected, found %s: left out", v.describe())
		return f, false
	}
	for _, m := range v.members {
		if slices.Contains(known, m.key) {
			f.byKey[m.key] = v.member(m, m.key)
		}
	}
	for _, m := range v.members {
		if !slices.Contains(known, m.key) {
			f.odd(m, known)
		}
	}
	return f, true
}

// odd reads a key that is a known one but for its case, and reports any other.
func (f fields) odd(m member, known []string) {
	i := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, m.key) })
	if i >= 0 {
		if _, there := f.byKey[known[i]]; !there {
			f.loseAt(m.at, f.join(m.key), "the key %q was read as %q", m.key, known[i])
			f.byKey[known[i]] = f.member(m, m.key)
			return
		}
	}
	f.loseAt(m.at, f.join(m.key), "unknown key, left out: %s", m.value.describe())
}

func (v value) member(m member, key string) value { return value{v.reader, m.value, v.join(key)} }

func (v value) join(key string) string {
	if v.path == "" {
		return clip(key)
	}
	return v.path + "." + clip(key)
}

// list returns the items under a key; anything but a list is a loss.
func (f fields) list(key string) []value {
	v, ok := f.byKey[key]
	if !ok || v.kind == nothing {
		return nil
	}
	if v.kind != list {
		v.lose("a list expected, found %s: left out", v.describe())
		return nil
	}
	values := make([]value, len(v.items))
	for i, item := range v.items {
		values[i] = value{f.reader, item, fmt.Sprintf("%s[%d]", v.path, i)}
	}
	return values
}

// raw returns the text under a key as it stands: "" where there is none. Numbers and true or false are read as the
// text that they are written with; anything else is a loss.
func (f fields) raw(key string) (string, value) {
	v, ok := f.byKey[key]
	if !ok {
		return "", f.value
	}
	switch v.kind {
	case text:
		return v.text, v
	case number, boolean:
		v.lose("text expected, found %s: read as text", v.describe())
		return v.text, v
	case nothing:
		return "", v
	}
	v.lose("text expected, found %s: left out", v.describe())
	return "", v
}

// line returns a text of one line.
func (f fields) line(key string) string {
	s, v := f.raw(key)
	return v.oneLine(s)
}

// title returns a text of one line, the given one where there is none.
func (f fields) title(key, instead string) string {
	s := f.line(key)
	if s == "" {
		f.loseAt(f.node, f.join(key), "there is no text: %s stands for it", shorten(instead))
		return instead
	}
	return s
}
