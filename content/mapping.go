package content

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// mapping is a value that holds keys.
type mapping struct {
	value
	fields map[string]value
}

// mapping returns the keys of a mapping, complaining about anything else, about keys that come twice and about keys
// that are not among the known ones. ok is false where there is no mapping at all.
func (v value) mapping(expected string, known ...string) (m mapping, ok bool) {
	entries, ok := v.entries(expected)
	m = mapping{value: v, fields: map[string]value{}}
	for _, e := range entries {
		if slices.Contains(known, e.key) {
			m.fields[e.key] = e.value
			continue
		}
		v.source.complainAt(e.at, v.join(e.key), "unknown key %s%s; expected %s", shorten(e.key),
			v.source.hint(e.key, slices.Values(known)), strings.Join(known, ", "))
	}
	return m, ok
}

// entry is one key of a mapping with its value.
type entry struct {
	key string
	at  position // of the key
	value
}

// entries returns the keys of a mapping in the order of the file, each once.
func (v value) entries(expected string) ([]entry, bool) {
	if v.node.Kind != yaml.MappingNode {
		v.wrongType(expected)
		return nil, false
	}
	first := map[string]position{}
	entries := make([]entry, 0, len(v.node.Content)/2)
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key := v.node.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		at := position{key.Line, key.Column}
		if key.Kind != yaml.ScalarNode || (key.ShortTag() != "!!str" && key.ShortTag() != "!!merge") {
			v.source.complainAt(at, v.path, "expected text as a key, found %s", describe(key))
			continue
		}
		if before, twice := first[key.Value]; twice {
			v.source.complainAt(at, v.join(key.Value), "the key %s is already used, on line %d column %d",
				shorten(key.Value), before.line, before.column)
			continue
		}
		first[key.Value] = at
		entries = append(entries, entry{key.Value, at, v.source.value(v.node.Content[i+1], v.join(key.Value))})
	}
	return entries, true
}

func (v value) join(key string) string {
	if v.path == "" {
		return clip(key)
	}
	return v.path + "." + clip(key)
}

// required returns the value of a key, complaining where it is missing.
func (m mapping) required(key, expected string) (value, bool) {
	v, ok := m.fields[key]
	if !ok {
		m.complain("the key %q is missing: expected %s", key, expected)
	}
	return v, ok
}

// title returns a text of one line that must be there and say something.
func (m mapping) title(key string) string {
	v, ok := m.required(key, "text")
	if !ok {
		return ""
	}
	s, ok := v.text(MaxLine, false)
	if ok && strings.TrimSpace(s) == "" {
		v.complain("expected text, found empty text")
	}
	return s
}

// sentence returns a text that must be there and say something, on any number of lines.
func (m mapping) sentence(key string) string {
	if _, ok := m.required(key, "a sentence"); !ok {
		return ""
	}
	s := m.prose(key)
	if v := m.fields[key]; v.isText() && strings.TrimSpace(s) == "" {
		v.complain("expected a sentence, found an empty one")
	}
	return s
}

// line returns a text of one line, empty where the key is missing.
func (m mapping) line(key string) string {
	v, ok := m.fields[key]
	if !ok {
		return ""
	}
	s, _ := v.text(MaxLine, false)
	return s
}

// prose returns a text that may have several lines, empty where the key is missing.
func (m mapping) prose(key string) string {
	v, ok := m.fields[key]
	if !ok {
		return ""
	}
	s, _ := v.text(MaxProse, true)
	return s
}

// level returns the items of a list that must be there and hold at least one.
func (m mapping) level(key, expected string, limit int) []value {
	v, ok := m.required(key, expected)
	if !ok {
		return nil
	}
	if v.isList() && len(v.node.Content) == 0 {
		v.complain("expected %s, found an empty one", expected)
	}
	return v.list(expected, limit)
}

// items returns the items of a list, none where the key is missing.
func (m mapping) items(key, expected string, limit int) []value {
	v, ok := m.fields[key]
	if !ok {
		return nil
	}
	return v.list(expected, limit)
}

// texts returns the list of texts under a key, none where the key is missing.
func (m mapping) texts(key string, limit int, multiline bool) []string {
	v, ok := m.fields[key]
	if !ok {
		return nil
	}
	return v.texts(limit, multiline)
}

// texts returns a list of texts that each say something; those on one line are of at most MaxLine characters.
func (v value) texts(limit int, multiline bool) []string {
	size := MaxLine
	if multiline {
		size = MaxProse
	}
	var texts []string
	for _, v := range v.list("a list of texts", limit) {
		s, ok := v.text(size, multiline)
		if ok && strings.TrimSpace(s) == "" {
			v.complain("expected text, found empty text")
		}
		texts = append(texts, s)
	}
	return texts
}
