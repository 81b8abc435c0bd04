package assessment

import "strings"

// What a leaf says of its practice or facet, in the order in which a clause says it.
const (
	isThere    = "present"
	isFull     = "fully adopted"
	isMissing  = "missing"
	isNotFull  = "not fully adopted"
	isAnswered = "answered “yes”"
	isDenied   = "answered “no”"
)

// state returns what a leaf says of its practice or facet.
func (c Clause) state() string {
	switch {
	case c.Facet != "" && c.Negated:
		return isDenied
	case c.Facet != "":
		return isAnswered
	case c.Full && c.Negated:
		return isNotFull
	case c.Full:
		return isFull
	case c.Negated:
		return isMissing
	default:
		return isThere
	}
}

// Words says the clause as people would: "a or b is there, and c is missing". practice and facet give what each is
// called, for example its id, or its number on the page.
func (c Clause) Words(practice, facet func(id string) string) string {
	name := func(leaf Clause) string {
		if leaf.Facet != "" {
			return facet(leaf.Facet)
		}
		return practice(leaf.Practice)
	}
	if !c.joined() {
		return literalWords([]string{name(c)}, c.state(), false)
	}
	names := map[string][]string{}
	nested := false
	for _, p := range c.Parts {
		if p.joined() {
			nested = true
			continue
		}
		names[p.state()] = append(names[p.state()], name(p))
	}
	var parts []string
	for _, state := range []string{isThere, isFull, isMissing, isNotFull, isAnswered, isDenied} {
		if len(names[state]) > 0 {
			parts = append(parts, literalWords(names[state], state, c.Any))
		}
	}
	for _, p := range c.Parts {
		if !p.joined() {
			continue
		}
		words := p.Words(practice, facet)
		if !p.alike() {
			words = "(" + words + ")"
		}
		parts = append(parts, words)
	}
	joint := " and "
	if c.Any {
		joint = " or "
	}
	if nested || len(parts) > 1 {
		joint = "," + joint
	}
	return strings.Join(parts, joint)
}

// alike reports whether a clause joins nothing but leaves that all say the same.
func (c Clause) alike() bool {
	for _, p := range c.Parts {
		if p.joined() || p.state() != c.Parts[0].state() {
			return false
		}
	}
	return true
}

// literalWords says one thing of practices or facets: of any of them, or of all.
func literalWords(names []string, state string, anyOf bool) string {
	last := len(names) - 1
	switch {
	case last == 0:
		return names[0] + " is " + state
	case anyOf:
		return strings.Join(names[:last], ", ") + " or " + names[last] + " is " + state
	case last == 1:
		return names[0] + " and " + names[1] + " are both " + state
	}
	return strings.Join(names[:last], ", ") + " and " + names[last] + " are all " + state
}

// Words says when the rule holds, to stand behind the name of its risk: "where a is there", or "otherwise". A rule knows
// no facets.
func (r RiskRule) Words(name func(practice string) string) string {
	if r.Always() {
		return "otherwise"
	}
	return "if " + r.When.Clause().Words(name, nil)
}
