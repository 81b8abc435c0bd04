package content

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// size is what a node amounts to once its aliases are expanded.
type size struct{ values, bytes, depth int }

// expansion measures a document without expanding it: an anchor is measured once.
type expansion struct {
	known map[*yaml.Node]size
	open  map[*yaml.Node]bool
}

// checkExpansion refuses documents whose aliases blow up or run in a circle.
func checkExpansion(root *yaml.Node) *Problem {
	e := expansion{known: map[*yaml.Node]size{}, open: map[*yaml.Node]bool{}}
	_, problem := e.measure(root)
	return problem
}

func (e *expansion) measure(n *yaml.Node) (size, *Problem) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if s, ok := e.known[n]; ok {
		return s, nil
	}
	if e.open[n] {
		return size{}, nodeProblem(n, "the anchor contains itself")
	}
	if n.Anchor != "" {
		e.open[n] = true
	}
	total := size{values: 1, bytes: len(n.Value)}
	for _, child := range n.Content {
		s, problem := e.measure(child)
		if problem != nil {
			return size{}, problem
		}
		total.values += s.values
		total.bytes += s.bytes
		total.depth = max(total.depth, s.depth+1)
		if total.values > maxValues || total.bytes > MaxSize || total.depth > maxDepth {
			return size{}, nodeProblem(child, fmt.Sprintf("too much: at most %d values, %d MiB of text and %d levels "+
				"are allowed, aliases expanded", maxValues, MaxSize>>20, maxDepth))
		}
	}
	if n.Anchor != "" {
		delete(e.open, n)
		e.known[n] = total
	}
	return total, nil
}

func nodeProblem(n *yaml.Node, message string) *Problem {
	return &Problem{Line: n.Line, Column: n.Column, Message: message}
}
