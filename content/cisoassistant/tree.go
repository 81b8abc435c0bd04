package cisoassistant

import (
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// tree is the requirement nodes of a framework.
type tree struct {
	list  foreign.Value // the list of nodes in the file
	all   []*node
	roots []*node
	ids   struct{ pillars, principles, questions, practices foreign.TakenIDs }
}

func newTree(framework foreign.Fields) *tree {
	t := &tree{list: framework.Known["requirement_nodes"]}
	byURN := map[string]*node{}
	for _, v := range framework.List("requirement_nodes") {
		n, ok := read(v)
		if !ok {
			continue
		}
		t.all = append(t.all, n)
		if _, twice := byURN[n.urn]; twice && n.urn != "" {
			n.Known["urn"].Lose("the urn %s is also that of another node: nodes below it are placed below the first", foreign.Shorten(n.urn))
			t.hang(n, byURN)
			continue
		}
		t.hang(n, byURN)
		if n.urn != "" {
			byURN[n.urn] = n
		}
	}
	for i := len(t.all) - 1; i >= 0; i-- { // from below: parents come first in the list
		n := t.all[i]
		n.answerable = n.answerable || n.assessable
		if n.up != nil {
			n.up.answerable = n.up.answerable || n.answerable
		}
	}
	return t
}

// hang puts a node below its parent, which must come before it in the file: so there are no circles.
func (t *tree) hang(n *node, byURN map[string]*node) {
	n.up = byURN[n.parent]
	if n.parent == "" {
		n.up = nil
	}
	depth := 1
	for up := n.up; up != nil; up = up.up {
		depth++
	}
	switch {
	case n.parent != "" && n.up == nil:
		n.Known["parent_urn"].Lose("no node before this one has the urn %s: it is placed at the top", foreign.Shorten(n.parent))
	case depth > maxDepth:
		n.Lose("nested deeper than %d levels: it is placed beside its parent", maxDepth)
		n.up = n.up.up
	case n.Word("depth") != strconv.Itoa(depth):
		n.Count("the depth is missing or does not match the node's parent: the parent is used")
	}
	if n.up == nil {
		t.roots = append(t.roots, n)
		return
	}
	n.up.children = append(n.up.children, n)
}

// maxDepth bounds how deep nodes may be nested.
const maxDepth = 64

// Limits of top sections without anything to assess, in characters.
const (
	maxPreamble  = 10_000
	maxPreambles = 30_000
)

// preambles returns the texts of top sections in which there is nothing to assess. Long ones are losses.
func (t *tree) preambles() []string {
	var kept []string
	room := maxPreambles
	for _, root := range t.roots {
		if root.answerable {
			continue
		}
		text := root.folded()
		length := len([]rune(text))
		if length > maxPreamble || length > room {
			root.Lose("nothing is assessable in %s: its texts (%d characters) are left out", foreign.Shorten(root.title), length)
			continue
		}
		room -= length
		kept = append(kept, text)
	}
	return kept
}

// id returns a free id of its kind for a node.
func (t *tree) id(n *node, taken *foreign.TakenIDs) string {
	raw := n.tail()
	if raw == "" {
		raw = foreign.Slug(n.title, "node")
		n.Count("the node has no urn: its ID is derived from its title")
	}
	id := taken.Take(raw)
	if id != raw && n.urn != "" {
		n.Known["urn"].Count("the urn does not end with a unique ID: an ID is derived from it")
	}
	return id
}

// questionnaire returns the pillars: one for each node at the top, or one for all where there are too many.
func (t *tree) questionnaire(title, id string) []assessment.Pillar {
	b := builder{tree: t, places: map[*node]*place{}, told: map[*node]bool{}, named: map[*node]bool{}}
	var answerable int
	for _, root := range t.roots {
		if root.answerable {
			answerable++
		}
	}
	if answerable > foreign.MaxPillars {
		t.list.Lose("the framework has %d sections at the top, but a questionnaire can have %d pillars: they become the principles of one pillar",
			answerable, foreign.MaxPillars)
		b.top = &node{Fields: foreign.Fields{Value: t.list}, title: title, urn: id}
	}
	for _, n := range t.all {
		if n.assessable {
			b.add(n)
		} else {
			n.loseSection()
		}
	}
	return b.pillars
}

// way returns the nodes from the top down to the one right above n; n itself where there is none above it.
func (n *node) way(top *node) []*node {
	var way []*node
	for up := n.up; up != nil; up = up.up {
		way = append([]*node{up}, way...)
	}
	if top != nil {
		way = append([]*node{top}, way...)
	}
	if len(way) == 0 {
		way = []*node{n}
	}
	return way
}

// path returns the titles of nodes as one.
func path(way []*node) string {
	titles := make([]string, len(way))
	for i, n := range way {
		titles[i] = n.title
	}
	return strings.Join(titles, " › ")
}
