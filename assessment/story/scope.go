package story

import "plumbline/assessment/words"

// FacetSaid is a question about the workload, and what the team says.
type FacetSaid struct{ Title, Said string }

// Scope returns what the team says about its workload, in the order of the questionnaire.
func (v *Snapshot) Scope() []FacetSaid {
	var all []FacetSaid
	for _, facet := range v.Questionnaire.Facets {
		all = append(all, FacetSaid{facet.Title, words.Said(v.Snapshot.Facets.Said(facet.ID))})
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
