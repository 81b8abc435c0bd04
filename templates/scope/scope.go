// Package scope has the page that asks what a workload does.
package scope

import (
	"strconv"
	"strings"

	"plumbline/assessment/words"
	"plumbline/templates"
)

// FacetName is the name of the field of a facet.
func FacetName(facet string) string { return "facet." + facet }

// ScopeView asks what the workload does, and shows which practices that leaves.
type ScopeView struct {
	templates.Page
	Action, Back  string
	Version       string
	Denied        string // why it may only be looked at
	Errors        templates.FormErrors
	Facets        []FacetView
	Remain, Total int // practices
	Pillars       []PillarRow
	Out           []OutGroup
	Change        string // of the overall score; empty where it stays
}

// FacetView is a question with three answers.
type FacetView struct {
	Number            int // from 1
	Name, Title, Help string
	Chosen            string // what is said about it
	Stored            string // what somebody else saved meanwhile; empty for the same
	Effect            int    // practices that the choice takes out of scope
	Asks              int    // practices that one of the choices would take out
	Applies           int    // of these, practices that the choices together leave in scope
}

// PillarRow says how many practices of a pillar remain.
type PillarRow struct {
	Title         string
	Remain, Total int
}

// Part is which part remains, on 0–100.
func (p PillarRow) Part() float64 {
	if p.Total == 0 {
		return 0
	}
	return 100 * float64(p.Remain) / float64(p.Total)
}

// OutGroup is practices that the same answers take out of scope.
type OutGroup struct {
	Why       string
	Practices []string
}

func (f FacetView) effect() string {
	switch {
	case f.Asks == 0:
		return ""
	case f.Applies == 0:
		return "already out"
	case f.Chosen == words.Said(nil):
		return words.Plural(f.Applies, "stays in", "stay in")
	}
	return words.Plural(f.Applies, "applies", "apply")
}

// effectID is the element that says the effect of a choice.
func (f FacetView) effectID() string { return "effect-" + strconv.Itoa(f.Number) }

// effects selects what a change of a choice draws again, beside the count.
func (v ScopeView) effects() string {
	var all []string
	for _, facet := range v.Facets {
		all = append(all, "#"+facet.effectID())
	}
	return strings.Join(all, ",")
}

func (v ScopeView) out() string {
	if v.Total == v.Remain {
		return "No practices are out of scope"
	}
	return words.Plural(v.Total-v.Remain, "practice is", "practices are") + " out of scope"
}

// Values of a choice.
const (
	Yes    = "yes"
	No     = "no"
	Unsure = "unsure"
)

var choices = []struct{ Value, Title string }{{Yes, words.Said(new(true))}, {No, words.Said(new(false))}, {Unsure, words.Said(nil)}}
