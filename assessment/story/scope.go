package story

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// FacetSaid is a question about the workload, what the team says, and which practices that leaves out.
type FacetSaid struct {
	Title, Said string
	Out         []*assessment.Practice
}

// Scope returns what the team says about its workload, in the order of the questionnaire.
func (v *Snapshot) Scope() []FacetSaid {
	out := map[string][]*assessment.Practice{}
	for _, e := range v.Questionnaire.Exclusions(v.Facets) {
		out[e.Facet.ID] = e.Practices
	}
	var all []FacetSaid
	for _, facet := range v.Questionnaire.Facets {
		all = append(all, FacetSaid{facet.Title, words.Said(v.Facets.Said(facet.ID)), out[facet.ID]})
	}
	return all
}

// ScopeText says how many practices are out of scope, empty where none is.
func (v *Snapshot) ScopeText() string {
	out := len(v.Result.OutOfScope)
	if out == 0 {
		return ""
	}
	return words.Plural(out, "practice is", "practices are") + " out of scope"
}

// ScopeCount says how many practices are in scope, empty where the questionnaire has no facets.
func (v *Snapshot) ScopeCount() string {
	if len(v.Questionnaire.Facets) == 0 {
		return ""
	}
	return words.InScope(len(v.Practices)-len(v.Result.OutOfScope), len(v.Practices))
}

// OutBecause says why a practice is out of scope: "Do you train models? No". It is empty for a practice in scope.
func (v *Snapshot) OutBecause(p *Practice) string {
	if p.Status != assessment.OutOfScope {
		return ""
	}
	if denying := p.Place.Practice.AppliesWhen.Denying(v.Facets); len(denying) > 0 {
		return v.said(denying[0])
	}
	return ""
}

// said repeats what is said about a facet.
func (v *Snapshot) said(facet string) string {
	for _, f := range v.Questionnaire.Facets {
		if f.ID == facet {
			return f.Title + " " + words.Said(v.Facets.Said(facet))
		}
	}
	return ""
}
