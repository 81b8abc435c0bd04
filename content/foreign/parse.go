package foreign

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"plumbline/content"
)

const maxProblems = 1_000

// ParseYAML returns the one document in data, aliases expanded. The error is content.Problems: the first place that
// cannot be read, or all keys that come twice, or are no plain words; an assessment.Error of code TooLarge above
// content.MaxSize.
func ParseYAML(name string, data []byte) (*Node, error) {
	root, err := content.Document(name, data)
	if err != nil {
		return nil, err
	}
	return converted(name, root)
}

// ParseJSON returns the one value in data, in which a value may be NaN or Infinity. The error is content.Problems: the
// first place that is not JSON, or all keys that come twice; an assessment.Error of code TooLarge above content.MaxSize.
func ParseJSON(name string, data []byte) (*Node, error) {
	if len(data) > content.MaxSize {
		return nil, content.TooLarge(name, content.MaxSize)
	}
	root, err := content.JSON(name, data)
	if err != nil {
		return nil, err
	}
	return converted(name, root)
}

func converted(name string, root *yaml.Node) (*Node, error) {
	c := converter{name: name}
	n := c.node(root)
	return n, c.problems.First().Err()
}

// converter turns the nodes of YAML into ours.
type converter struct {
	name     string
	path     []byte // of the value that is read; written out for a problem alone, because it can be long
	problems content.Problems
}

func (c *converter) complain(y *yaml.Node, format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, content.Problem{File: c.name, Line: y.Line, Column: y.Column, Path: string(c.path), Message: fmt.Sprintf(format, args...)})
	}
}

func (c *converter) node(y *yaml.Node) *Node {
	line, column := y.Line, y.Column
	if y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	n := &Node{Line: line, Column: column, Text: y.Value}
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind, n.Text = Object, ""
		c.members(n, y)
	case yaml.SequenceNode:
		n.Kind, n.Text = List, ""
		outside := len(c.path)
		for i, item := range y.Content {
			c.path = fmt.Appendf(c.path[:outside], "[%d]", i)
			n.Items = append(n.Items, c.node(item))
		}
		c.path = c.path[:outside]
	default:
		n.Kind = scalarKind(y)
	}
	return n
}

// members reads the keys of a mapping. One that comes twice is a problem: nobody can tell which one was meant.
func (c *converter) members(n *Node, y *yaml.Node) {
	outside := len(c.path)
	defer func() { c.path = c.path[:outside] }()
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		c.path = c.path[:outside]
		key := y.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			c.complain(y.Content[i], "expected a word as the key")
			continue
		}
		if outside > 0 {
			c.path = append(c.path, '.')
		}
		c.path = append(c.path, Clip(key.Value)...)
		if before, twice := first[key.Value]; twice {
			c.complain(y.Content[i], "the key %s is already used, on line %d column %d", Shorten(key.Value), before.Line, before.Column)
			continue
		}
		first[key.Value] = y.Content[i]
		n.Members = append(n.Members, Member{key.Value, &Node{Line: y.Content[i].Line, Column: y.Content[i].Column}, c.node(y.Content[i+1])})
	}
}

// scalarKind returns the kind of a plain value. A date is text: it has no other use here.
func scalarKind(y *yaml.Node) Kind {
	switch y.ShortTag() {
	case "!!null":
		return Nothing
	case "!!bool":
		return Boolean
	case "!!int", "!!float":
		if strings.HasSuffix(y.Value, "NaN") || strings.HasSuffix(y.Value, "Infinity") {
			return NotNumber
		}
		return Number
	}
	return Text
}
