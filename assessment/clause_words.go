package assessment

import "strings"

// Words says the clause as people would: "a or b is there, and c is missing". name is what a practice is called, for
// example its id, or its number on the page.
func (c Clause) Words(name func(practice string) string) string {
	if c.Practice != "" {
		return literalWords([]string{name(c.Practice)}, c.Negated, false)
	}
	var present, missing, parts []string
	nested := false
	for _, p := range c.Parts {
		switch {
		case p.Practice == "":
			nested = true
		case p.Negated:
			missing = append(missing, name(p.Practice))
		default:
			present = append(present, name(p.Practice))
		}
	}
	if len(present) > 0 {
		parts = append(parts, literalWords(present, false, c.Any))
	}
	if len(missing) > 0 {
		parts = append(parts, literalWords(missing, true, c.Any))
	}
	for _, p := range c.Parts {
		if p.Practice != "" {
			continue
		}
		words := p.Words(name)
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

// alike reports whether a clause joins nothing but practices that are all there or all missing.
func (c Clause) alike() bool {
	for _, p := range c.Parts {
		if p.Practice == "" || p.Negated != c.Parts[0].Negated {
			return false
		}
	}
	return true
}

// literalWords says that practices are there or missing: any of them, or all.
func literalWords(names []string, missing, anyOf bool) string {
	state := "there"
	if missing {
		state = "missing"
	}
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

// Words says when the rule holds, to stand behind the name of its risk: "where a is there", or "otherwise".
func (r RiskRule) Words(name func(practice string) string) string {
	if r.Always() {
		return "otherwise"
	}
	return "where " + r.When.Clause().Words(name)
}
