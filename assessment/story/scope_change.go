package story

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// ScopeShift is a reason why other practices apply, with its part of the applicability.
type ScopeShift struct {
	Title         string
	Before, After string  // what is said about the facet; both empty where answers decide
	Practices     int     // whose applicability differs for it
	Part          float64 // points; the parts of all reasons add up to Scope.Applicability
}

// ScopeTitle is the title of the scope of both sides.
func (c *Change) ScopeTitle() string { return c.Say("Scope", "Scope of both") }

// Tailored reports whether a side has questions about the workload.
func (c *Change) Tailored() bool {
	return len(c.Earlier.Questionnaire.Facets)+len(c.Later.Questionnaire.Facets) > 0
}

// ScopeNote says how many practices each side is asked, and how many neither is.
func (c *Change) ScopeNote() string {
	first, second := c.Names()
	before, after := c.Earlier.ScopeCount(), c.Later.ScopeCount()
	if before == "" {
		before = "no scope questions"
	}
	if after == "" {
		after = "no scope questions"
	}
	note := c.Say("Before: "+before+". After: "+after+".", first+": "+before+". "+second+": "+after+".")
	both := 0
	for _, id := range c.Later.Result.OutOfScope {
		if c.Earlier.out[id] {
			both++
		}
	}
	if both > 0 {
		note += " " + words.Plural(both, "practice is", "practices are") + " out of scope on both sides."
	}
	return note
}

// SameScope says that nothing differs.
func (c *Change) SameScope() string {
	return c.Say("The scope is the same on both sides.", "Both have the same scope.")
}

// ScopeShifts returns the facets that differ, then what else decides, each with its part.
func (c *Change) ScopeShifts() []ScopeShift {
	var shifts []ScopeShift
	at := map[string]int{}
	add := func(facet, title string, before, after *bool) {
		at[facet] = len(shifts)
		shifts = append(shifts, ScopeShift{Title: title, Before: words.Said(before), After: words.Said(after)})
	}
	for _, f := range c.Facets {
		add(f.ID, f.Title, f.Before, f.After)
	}
	for _, p := range c.Applicability {
		if _, known := at[p.Facet]; known {
			continue
		}
		if p.Facet != "" {
			add(p.Facet, c.facetTitle(p.Facet), c.Earlier.Facets.Said(p.Facet), c.Later.Facets.Said(p.Facet))
			continue
		}
		at[""] = len(shifts)
		shifts = append(shifts, ScopeShift{Title: "Answered as “" + words.Status(assessment.NotApplicable) + "” on one side"})
	}
	for _, p := range c.Applicability {
		one := &shifts[at[p.Facet]]
		one.Practices++
		one.Part += p.Part
	}
	return shifts
}

func (c *Change) facetTitle(id string) string {
	for _, f := range slices.Concat(c.Later.Questionnaire.Facets, c.Earlier.Questionnaire.Facets) {
		if f.ID == id {
			return f.Title
		}
	}
	return id
}

// applicability returns the practices that apply on one side only, with their parts of the applicability.
func (c *Change) applicability() []assessment.PracticeChange {
	list := slices.Clone(c.Applicability)
	for _, p := range c.ApplicabilityChanged() {
		if !slices.ContainsFunc(list, func(one assessment.PracticeChange) bool { return one.ID == p.ID }) {
			p.Part = 0
			list = append(list, p)
		}
	}
	return list
}

// outNote says why a practice is out of scope on one side, empty where it is not.
func (c *Change) outNote(p assessment.PracticeChange) string {
	before, after := c.Names()
	switch assessment.OutOfScope {
	case p.After:
		return c.Say("Out of scope: ", "Out of scope in "+after+": ") + c.Later.said(p.Facet)
	case p.Before:
		return c.Say("Was out of scope: ", "Out of scope in "+before+": ") + c.Earlier.said(p.Facet)
	}
	return ""
}
