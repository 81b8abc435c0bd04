package cisoassistant

import (
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// node is a requirement node as it was read, cleaned.
type node struct {
	foreign.Fields
	urn, parent string
	ref         string
	title       string
	text        string // what the title does not say
	links       []assessment.Link
	assessable  bool
	up          *node // nil at the top
	children    []*node
	answerable  bool // assessable, or one below it is
}

func read(v foreign.Value) (*node, bool) {
	f, ok := v.Fields("urn", "parent_urn", "assessable", "depth", "ref_id", "name", "description", "annotation", "typical_evidence",
		"implementation_groups", "reference_controls", "threats", "weight", "questions", "translations", "display_mode")
	if !ok {
		return nil, false
	}
	n := &node{Fields: f, urn: f.Line("urn"), parent: f.Line("parent_urn"), ref: f.Word("ref_id")}
	n.assessable = f.Word("assessable") == "true"
	questions, first := n.questions()
	n.texts(questions, first)
	leaveOut(f, "translations", "display_mode")
	return n, true
}

// loseSection counts what only a requirement has a place for.
func (n *node) loseSection() {
	for _, one := range []struct{ key, name string }{{"implementation_groups", "groups"}, {"reference_controls", "controls"},
		{"threats", "threats"}, {"weight", "weights"}} {
		if n.Has(one.key) {
			n.Known[one.key].Count("the %s of a section are left out: those of its requirements are kept", one.name)
		}
	}
}

// tail returns the part of the urn that tells the node from the others of its framework.
func (n *node) tail() string {
	if parts := strings.SplitN(n.urn, ":", 6); len(parts) == 6 {
		return parts[5]
	}
	return n.urn
}

// texts fills in title, text and links. Where there is no name, the description is the title or, where it is long, its
// beginning; where there is neither, the first question is.
func (n *node) texts(questions, first string) {
	name := n.Line("name")
	description := n.prose("description")
	parts := []string{description}
	switch short, whole := lead(description); {
	case name != "":
	case description != "":
		name = short
		if whole {
			parts = nil
		}
	case first != "":
		name, _ = lead(first)
	}
	n.title = name
	if n.ref != "" && !strings.HasPrefix(name, n.ref) {
		n.title = strings.TrimSpace(n.ref + " " + name)
	}
	if n.title == "" {
		n.title = strings.TrimSpace("Untitled " + n.tail())
		n.Count("the node has no reference, name or description: its name is the end of its urn")
	}
	n.title = n.Cut(n.title, foreign.MaxLine)
	for _, one := range []struct{ key, heading string }{{"annotation", "Annotation:\n"}, {"typical_evidence", "Typical evidence:\n"}} {
		if s := n.prose(one.key); s != "" {
			parts = append(parts, one.heading+s)
		}
	}
	n.text = joined(append(parts, questions)...)
}

// prose returns the text under a key; its links go to those of the node.
func (n *node) prose(key string) string {
	raw, at := n.Raw(key)
	s, links := at.Markdown(raw)
	n.links = append(n.links, links...)
	return s
}

// joined returns the texts that there are as paragraphs.
func joined(parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n\n")
}

// longest is the number of characters of a text that can be a title as it is.
const longest = 240

// lead returns a text as a title: on one line, and whole, or its first sentence, or its first words.
func lead(s string) (title string, whole bool) {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= longest {
		return s, true
	}
	start := string(r[:longest-1])
	if at := strings.LastIndexAny(start, ".;"); at > longest/4 && strings.HasPrefix(s[at+1:], " ") {
		return start[:at+1], false
	}
	if at := strings.LastIndexByte(start, ' '); at > 0 {
		start = start[:at]
	}
	return start + "…", false
}

// folded returns everything that the node and those below it say, for a place above it.
func (n *node) folded() string {
	parts := []string{headed(n.title, withLinks(n.text, n.links))}
	for _, child := range n.children {
		parts = append(parts, child.folded())
	}
	return joined(parts...)
}

// headed returns a title with its text right below.
func headed(title, text string) string {
	return strings.TrimSpace(title + "\n" + text)
}

// told returns what stands below a node without an answer of its own: for the text of the node.
func (n *node) told() string {
	parts := []string{n.text}
	for _, child := range n.children {
		if !child.answerable {
			parts = append(parts, child.folded())
		}
	}
	return joined(parts...)
}
