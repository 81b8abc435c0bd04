package foreign

import (
	"cmp"
	"fmt"
	"slices"

	"plumbline/content"
)

const maxLosses = 10_000

// Reader collects what is lost on the way.
type Reader struct {
	losses  content.Losses
	counted []*count
	counts  map[string]*count
}

// count is a loss that is told once for all places.
type count struct {
	Value
	message string
	times   int
}

// Value is one value of the file with its path.
type Value struct {
	*Reader
	*Node
	Path string
}

// LoseAt reports a loss at a place; n is nil where the file as a whole is meant.
func (r *Reader) LoseAt(n *Node, path, format string, args ...any) {
	if len(r.losses) > maxLosses {
		return
	}
	loss := content.Loss{Path: path, Message: fmt.Sprintf(format, args...)}
	if len(r.losses) == maxLosses {
		n, loss = nil, content.Loss{Message: "there are more losses than can be listed"}
	}
	if n != nil {
		loss.Line, loss.Column = n.Line, n.Column
	}
	r.losses = append(r.losses, loss)
}

// Lost returns how many losses there are so far, without those that Count keeps for the end.
func (r *Reader) Lost() int { return len(r.losses) }

// Lose reports a loss at the value.
func (v Value) Lose(format string, args ...any) { v.LoseAt(v.Node, v.Path, format, args...) }

// Count reports a loss that holds in many places: it is told once, at the first of them, with their number.
func (v Value) Count(format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if c, ok := v.counts[message]; ok {
		c.times++
		if v.Line < c.Line || v.Line == c.Line && v.Column < c.Column {
			c.Value = v
		}
		return
	}
	if v.counts == nil {
		v.counts = map[string]*count{}
	}
	v.counts[message] = &count{v, message, 1}
	v.counted = append(v.counted, v.counts[message])
}

// Losses returns the losses in the order of the file, those without a place at the end.
func (r *Reader) Losses() content.Losses {
	for _, c := range r.counted {
		if c.times > 1 {
			c.message = fmt.Sprintf("%s (the first of %d)", c.message, c.times)
		}
		c.Lose("%s", c.message)
	}
	r.counted, r.counts = nil, nil
	slices.SortStableFunc(r.losses, func(a, b content.Loss) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.losses
}

// Refused returns the losses as problems with the named file, and one more at a value: for a file of which nothing can
// be kept.
func (v Value) Refused(name, format string, args ...any) content.Problems {
	var problems content.Problems
	for _, l := range v.Losses() {
		problems = append(problems, content.Problem{File: name, Line: l.Line, Column: l.Column, Path: l.Path, Message: l.Message})
	}
	return append(problems.First(), content.Problem{File: name, Line: v.Line, Column: v.Column, Path: v.Path, Message: fmt.Sprintf(format, args...)})
}
