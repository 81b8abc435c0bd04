package report

import (
	"strings"

	"plumbline/assessment"
)

// inWords says a condition as people would: "a or b is there, and c is missing".
func inWords(e assessment.Expression) string { return clauseWords(e.Clause()) }

func clauseWords(c assessment.Clause) string {
	if c.Practice != "" {
		return literalWords([]string{c.Practice}, c.Negated, false)
	}
	var present, missing []string
	var parts []string
	nested := false
	for _, p := range c.Parts {
		switch {
		case p.Practice == "":
			nested = true
		case p.Negated:
			missing = append(missing, p.Practice)
		default:
			present = append(present, p.Practice)
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
		words := clauseWords(p)
		if !alike(p) {
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
func alike(c assessment.Clause) bool {
	for _, p := range c.Parts {
		if p.Practice == "" || p.Negated != c.Parts[0].Negated {
			return false
		}
	}
	return true
}

// literalWords says that practices are there or missing: any of them, or all.
func literalWords(ids []string, missing, anyOf bool) string {
	state := "there"
	if missing {
		state = "missing"
	}
	last := len(ids) - 1
	switch {
	case last == 0:
		return ids[0] + " is " + state
	case anyOf:
		return strings.Join(ids[:last], ", ") + " or " + ids[last] + " is " + state
	case last == 1:
		return ids[0] + " and " + ids[1] + " are both " + state
	}
	return strings.Join(ids[:last], ", ") + " and " + ids[last] + " are all " + state
}
