package foreign

import (
	"fmt"
	"slices"
	"strings"
)

// Fields is an object whose keys are known.
type Fields struct {
	Value
	Known map[string]Value // by the known keys, those that are there
}

// Fields returns the known keys of an object; all others are losses. ok is false where it is no object.
func (v Value) Fields(known ...string) (f Fields, ok bool) {
	f = Fields{v, map[string]Value{}}
	if v.Kind != Object {
		v.Lose("expected an object, found %s: left out", v.Describe())
		return f, false
	}
	for _, m := range v.Members {
		if slices.Contains(known, m.Key) {
			f.Known[m.Key] = v.Member(m)
		}
	}
	for _, m := range v.Members {
		if !slices.Contains(known, m.Key) {
			f.odd(m, known)
		}
	}
	return f, true
}

// odd reads a key that is a known one but for its case, and reports any other.
func (f Fields) odd(m Member, known []string) {
	i := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, m.Key) })
	if i >= 0 {
		if _, there := f.Known[known[i]]; !there {
			f.LoseAt(m.At, Join(f.Path, m.Key), "the key %q was read as %q", m.Key, known[i])
			f.Known[known[i]] = f.Member(m)
			return
		}
	}
	f.LoseAt(m.At, Join(f.Path, m.Key), "unknown key, left out: %s", m.Value.Describe())
}

// Member returns a member of an object with its path.
func (v Value) Member(m Member) Value { return Value{v.Reader, m.Value, Join(v.Path, m.Key)} }

// Join returns the path of a key below a path.
func Join(path, key string) string {
	if path == "" {
		return Clip(key)
	}
	return path + "." + Clip(key)
}

// Has reports whether there is something else than null under a key.
func (f Fields) Has(key string) bool {
	v, ok := f.Known[key]
	return ok && v.Kind != Nothing
}

// List returns the items under a key; anything but a list is a loss.
func (f Fields) List(key string) []Value {
	if !f.Has(key) {
		return nil
	}
	v := f.Known[key]
	if v.Kind != List {
		v.Lose("expected a list, found %s: left out", v.Describe())
		return nil
	}
	values := make([]Value, len(v.Items))
	for i, item := range v.Items {
		values[i] = Value{f.Reader, item, fmt.Sprintf("%s[%d]", v.Path, i)}
	}
	return values
}

// Raw returns the text under a key as it stands, "" where there is none, and the value that it comes from, the object
// where there is none. Numbers and true or false are read as the text that they are written with; anything else is a
// loss.
func (f Fields) Raw(key string) (string, Value) {
	v, ok := f.Known[key]
	if !ok {
		return "", f.Value
	}
	return v.Raw(), v
}

// Raw returns the value as text, as Fields.Raw does.
func (v Value) Raw() string {
	switch v.Kind {
	case Text:
		return v.Text
	case Number, Boolean:
		v.Lose("expected text, found %s: read as text", v.Describe())
		return v.Text
	case Nothing:
		return ""
	}
	v.Lose("expected text, found %s: left out", v.Describe())
	return ""
}

// Line returns a text of one line.
func (f Fields) Line(key string) string {
	s, v := f.Raw(key)
	return v.OneLine(s)
}

// Word returns a text of one line, a number or true or false as it is written.
func (f Fields) Word(key string) string {
	if v, ok := f.Known[key]; ok && (v.Kind == Number || v.Kind == Boolean) {
		return v.Text
	}
	return f.Line(key)
}

// Title returns a text of one line, the given one where there is none.
func (f Fields) Title(key, instead string) string {
	s := f.Line(key)
	if s == "" {
		f.LoseAt(f.Node, Join(f.Path, key), "there is no text: %s is used", Shorten(instead))
		return instead
	}
	return s
}
