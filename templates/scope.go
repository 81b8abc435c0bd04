package templates

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Scope says in one place which practices are out of scope, and why.
type Scope struct {
	Text   string // how many; empty where none is
	Groups []ScopeGroup
	URL    string // where the scope is changed; empty where it is what it was
}

// ScopeGroup is the practices that one answer about the workload leaves out.
type ScopeGroup struct {
	Why    string // the question and the answer
	Titles []string
}

// ScopeOf returns what facets leave out of a questionnaire.
func ScopeOf(q *assessment.Questionnaire, f assessment.Facets, url string) Scope {
	scope, out := Scope{URL: url}, 0
	for _, e := range q.Exclusions(f) {
		group := ScopeGroup{Why: e.Facet.Title + " " + words.Said(&e.Said)}
		for _, practice := range e.Practices {
			group.Titles = append(group.Titles, practice.Title)
		}
		out += len(group.Titles)
		scope.Groups = append(scope.Groups, group)
	}
	if out > 0 {
		scope.Text = words.Plural(out, "practice is", "practices are") + " out of scope"
	}
	return scope
}
