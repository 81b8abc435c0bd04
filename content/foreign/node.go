package foreign

import (
	"fmt"

	"plumbline/assessment/words"
)

// Kind is what a value of a file is.
type Kind int

// The kinds of values.
const (
	Nothing   Kind = iota
	NotNumber      // NaN or an infinity, which are not JSON
	Boolean
	Number
	Text
	List
	Object
)

// Node is one value of a file with its place.
type Node struct {
	Kind         Kind
	Line, Column int      // from 1, column in characters
	Text         string   // a text as it reads, a literal as it is written
	Items        []*Node  // of a list
	Members      []Member // of an object, in the order of the file; no key comes twice
}

// Member is a key of an object with its value.
type Member struct {
	Key   string
	At    *Node // the place of the key
	Value *Node
}

// Get returns the value under a key, nil where there is none.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, m := range n.Members {
		if m.Key == key {
			return m.Value
		}
	}
	return nil
}

// List returns the items of a list, none where n is nil.
func (n *Node) List() []*Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// Describe names a value for messages.
func (n *Node) Describe() string {
	switch n.Kind {
	case NotNumber:
		return n.Text + ", which is not JSON"
	case Boolean:
		return n.Text
	case Number:
		return "the number " + Clip(n.Text)
	case Text:
		return "the text " + Shorten(n.Text)
	case List:
		return "a list"
	case Object:
		return "an object"
	}
	return "null"
}

// Shorten quotes a text for a message.
func Shorten(s string) string { return fmt.Sprintf("%q", Clip(s)) }

// Clip returns the beginning of a text, in at most 80 characters.
func Clip(s string) string { return words.Cut(s, 80) }
