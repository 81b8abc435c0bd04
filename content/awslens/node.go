package awslens

import "fmt"

// kind is what a JSON value is.
type kind int

const (
	nothing   kind = iota
	notNumber      // NaN or an infinity, which are not JSON
	boolean
	number
	text
	list
	object
)

// node is one value of the file with its place.
type node struct {
	kind         kind
	line, column int      // from 1, column in characters
	text         string   // a text as it reads, a literal as it is written
	items        []*node  // of a list
	members      []member // of an object, in the order of the file
}

type member struct {
	key   string
	at    *node // of the key
	value *node
}

// describe names a value for messages.
func (n *node) describe() string {
	switch n.kind {
	case notNumber:
		return n.text + ", which is not JSON"
	case boolean:
		return n.text
	case number:
		return "the number " + clip(n.text)
	case text:
		return "the text " + shorten(n.text)
	case list:
		return "a list"
	case object:
		return "an object"
	}
	return "null"
}

// shorten quotes a text for a message.
func shorten(s string) string { return fmt.Sprintf("%q", clip(s)) }

func clip(s string) string {
	const most = 80
	if r := []rune(s[:min(len(s), 4*most)]); len(r) >= most {
		return string(r[:most-1]) + "…"
	}
	return s
}
