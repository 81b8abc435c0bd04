package samm

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"

	"plumbline/content"
	"plumbline/content/foreign"
)

const maxLosses = 10_000

// reader collects what is lost on the way.
type reader struct {
	losses  content.Losses
	general content.Losses // about the model as a whole
	told    map[content.Loss]bool
}

// lose reports what holds for the whole model, or with a place for one file.
func (r *reader) lose(message string, at *place) {
	if len(r.losses)+len(r.general) > maxLosses {
		return
	}
	if len(r.losses)+len(r.general) == maxLosses {
		message, at = "there are more losses than can be listed", nil
	}
	if at == nil {
		r.general = append(r.general, content.Loss{Message: message})
		return
	}
	loss := content.Loss{File: at.file, Line: at.line, Column: at.column, Path: at.path, Message: message}
	if r.told[loss] {
		return
	}
	if r.told == nil {
		r.told = map[content.Loss]bool{}
	}
	r.told[loss] = true
	r.losses = append(r.losses, loss)
}

// place is where something stands in a file.
type place struct {
	file, path   string
	line, column int
}

// sorted returns the losses in the order of the files, those of the whole model at the end.
func (r *reader) sorted() content.Losses {
	slices.SortStableFunc(r.losses, func(a, b content.Loss) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Concat(r.losses, r.general)
}

// value is one value of a file with its path.
type value struct {
	*file
	*yaml.Node
	path string
}

func (v value) lose(format string, args ...any) {
	v.file.lose(fmt.Sprintf(format, args...), &place{v.file.source, v.path, v.Line, v.Column})
}

// value returns what stands under a key of the file, the file itself where there is none.
func (f *file) value(key string) (v value, ok bool) {
	f.used[key] = true
	n, ok := f.at[key]
	if !ok || isNothing(n) {
		return value{f, f.root, key}, false
	}
	return value{f, n, key}, true
}

// whole stands for the file.
func (f *file) whole() value { return value{f, f.root, ""} }

func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.ShortTag() == "!!null" || n.Value == "")
}

// text returns the text under a key as it stands, "" where there is none.
func (f *file) text(key string) (string, value) {
	v, ok := f.value(key)
	if !ok {
		return "", v
	}
	s, _ := v.scalar()
	return s, v
}

// scalar returns the text of a value; anything but text and numbers is a loss.
func (v value) scalar() (string, bool) {
	if v.Kind != yaml.ScalarNode {
		v.lose("expected text, found %s: left out", describe(v.Node))
		return "", false
	}
	return v.Value, true
}

// number returns the number under a key; ok is false where there is none.
func (f *file) number(key string) (n float64, ok bool) {
	v, there := f.value(key)
	if !there {
		return 0, false
	}
	return v.number()
}

// number returns the value as a number; anything else is a loss, and so is one that cannot be compared.
func (v value) number() (n float64, ok bool) {
	n, err := strconv.ParseFloat(v.Value, 64)
	if v.Kind != yaml.ScalarNode || err != nil || math.IsNaN(n) {
		v.lose("expected a number, found %s: left out", describe(v.Node))
		return 0, false
	}
	return n, true
}

// items returns the items of the list under a key. A text that stands there alone is a list of one.
func (f *file) items(key string) []value {
	v, ok := f.value(key)
	if !ok {
		return nil
	}
	if v.Kind == yaml.ScalarNode {
		return []value{v}
	}
	if v.Kind != yaml.SequenceNode {
		v.lose("expected a list, found %s: left out", describe(v.Node))
		return nil
	}
	var items []value
	for i, n := range v.Content {
		if !isNothing(n) {
			items = append(items, value{f, n, fmt.Sprintf("%s[%d]", key, i)})
		}
	}
	return items
}

// unused reports the keys that say something nobody asked for.
func (f *file) unused() {
	for _, key := range f.keys {
		if n := f.at[key]; !f.used[key] && !isNothing(n) {
			value{f, n, foreign.Clip(key)}.lose("not supported, left out: %s", describe(n))
		}
	}
}

// describe names what a node holds, for messages.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys with values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.ShortTag() == "!!null":
		return "nothing"
	case n.ShortTag() == "!!str":
		return "the text " + foreign.Shorten(n.Value)
	}
	return foreign.Clip(n.Value)
}
