package awslens

import "plumbline/content/foreign"

// reader is what is known of the whole file while it is read.
type reader struct {
	ids struct{ pillars, questions, practices foreign.TakenIDs }

	fillers   int // texts that are nothing but a dash
	nones     int // choices "None of these"
	unchecked int // questions whose rules have too many combinations to look at
	effort    int // characters of conditions that may still be looked at to try selections
}

// value is one value of the file with its path.
type value struct {
	foreign.Value
	*reader
}

// fields is an object whose keys are known.
type fields struct {
	value
	known foreign.Fields
}

// fields returns the known keys of an object; all others are losses. ok is false where it is no object.
func (v value) fields(known ...string) (f fields, ok bool) {
	inner, ok := v.Value.Fields(known...)
	return fields{v, inner}, ok
}

// at returns the value under a key.
func (f fields) at(key string) (value, bool) {
	v, ok := f.known.Known[key]
	return value{v, f.reader}, ok
}

// list returns the items under a key; anything but a list is a loss.
func (f fields) list(key string) []value {
	var items []value
	for _, item := range f.known.List(key) {
		items = append(items, value{item, f.reader})
	}
	return items
}

// raw returns the text under a key as it stands, and its place.
func (f fields) raw(key string) (string, value) {
	s, v := f.known.Raw(key)
	return s, value{v, f.reader}
}
