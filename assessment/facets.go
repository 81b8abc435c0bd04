package assessment

import (
	"fmt"
	"maps"
	"slices"
)

// Facets holds what a team says about its workload, by the id of the facet: yes or no. A facet without an entry is not
// said yet.
type Facets map[string]bool

// Said returns what is said about a facet, nil where nothing is.
func (f Facets) Said(facet string) *bool {
	if yes, ok := f[facet]; ok {
		return &yes
	}
	return nil
}

// Equal reports whether both say the same.
func (f Facets) Equal(other Facets) bool { return maps.Equal(f, other) }

// Of returns what is said about the facets that the questionnaire has. A workload may have said more, to other versions.
func (f Facets) Of(m *Model) Facets {
	known := maps.Clone(f)
	maps.DeleteFunc(known, func(id string, _ bool) bool {
		_, ok := m.facetAt[id]
		return !ok
	})
	return known
}

// code returns the status that a facet has as the operand of an expression.
func (f Facets) code(facet string) statusCode {
	yes, said := f[facet]
	switch {
	case yes:
		return codeAdopted
	case said:
		return codeAbsent
	default:
		return codeUnanswered
	}
}

// CheckFacets returns Errors with a Field "facets.<id>" for each facet that the questionnaire does not have, in the
// order of ids.
func (m *Model) CheckFacets(f Facets) error { return m.facetErrors(f).Err() }

func (m *Model) facetErrors(f Facets) Errors {
	var all Errors
	for _, id := range slices.Sorted(maps.Keys(f)) {
		if _, ok := m.facetAt[id]; !ok {
			all = append(all, InvalidField("facets."+id, fmt.Sprintf("there is no facet %q", id)))
		}
	}
	return all
}
