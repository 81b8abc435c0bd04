package assessment

import (
	"fmt"
	"maps"
	"slices"
	"strings"
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
			all = append(all, InvalidField("facets."+id, fmt.Sprintf("unknown facet %q", id)))
		}
	}
	return all
}

// With returns the scores that other facets would give.
func (c *Current) With(f Facets) *Result {
	state := c.State
	state.Facets = f
	return c.Model.ScoreState(&state)
}

// ScopeEffect is what one facet does to the scope.
type ScopeEffect struct {
	Decides int // practices that are out of scope by what is said about it, and would not be if nothing were said
	yes, no int // practices that an answer to it alone takes out of scope
}

// Rests returns how many practices yes or no alone takes out of scope, whichever takes more.
func (e ScopeEffect) Rests() int { return max(e.yes, e.no) }

// ScopeEffects returns what each facet does to the scope that facets give. One that no practice rests on has no entry.
func (m *Model) ScopeEffects(f Facets) map[string]ScopeEffect {
	effects := map[string]ScopeEffect{}
	for practice := range m.questionnaire.Practices() {
		for _, id := range practice.AppliesWhen.Facets() {
			without := maps.Clone(f)
			delete(without, id)
			e := effects[id]
			e.Decides += left(practice, f) - left(practice, without)
			e.yes += left(practice, Facets{id: true})
			e.no += left(practice, Facets{id: false})
			effects[id] = e
		}
	}
	return effects
}

// left returns 1 for a practice that facets leave out of scope, else 0.
func left(p *Practice, f Facets) int {
	if p.AppliesWhen.Eval(nil, f) == False {
		return 1
	}
	return 0
}

// Restate returns what is said where now is said about the facets of the questionnaire; about others it stays as it was.
func (m *Model) Restate(before, now Facets) Facets {
	stated := Facets{}
	for id, yes := range before {
		if _, known := m.facetAt[id]; !known {
			stated[id] = yes
		}
	}
	maps.Copy(stated, now)
	return stated
}

// FacetChanges tells which facets of the questionnaire changed, from what to what: "“Do you train models?” not sure → no".
func (m *Model) FacetChanges(before, after Facets) string {
	var changes []string
	for _, facet := range m.Questionnaire().Facets {
		if was, is := SaidWord(before.Said(facet.ID)), SaidWord(after.Said(facet.ID)); was != is {
			changes = append(changes, "“"+facet.Title+"” "+was+arrow+is)
		}
	}
	return strings.Join(changes, ", ")
}

// SaidWord returns the answer to a facet in lower case, for a sentence or a form; nil is "not sure".
func SaidWord(said *bool) string {
	switch {
	case said == nil:
		return "not sure"
	case *said:
		return "yes"
	default:
		return "no"
	}
}
