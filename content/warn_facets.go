package content

import (
	"fmt"

	"plumbline/assessment"
)

// warnFacets looks for facets that decide nothing.
func warnFacets(s *source, q *assessment.Questionnaire) {
	used := map[string]bool{}
	use := func(e assessment.Expression) {
		for _, id := range e.Facets() {
			used[id] = true
		}
	}
	for practice := range q.Practices() {
		use(practice.AppliesWhen)
	}
	for _, t := range q.Tradeoffs {
		for _, signal := range t.Signals {
			use(signal.When)
		}
	}
	for i, facet := range q.Facets {
		if !used[facet.ID] {
			s.complain(fmt.Sprintf("facets[%d]", i), "nothing uses the facet %q: no practice and no signal depends on it", facet.ID)
		}
	}
}

// warnScope looks for conditions that decide nothing.
func warnScope(s *source, p assessment.Practice, path string) {
	if p.AppliesWhen.IsZero() {
		return
	}
	switch possible, tried := outcomes(p.AppliesWhen); {
	case !tried:
	case !possible[assessment.True]:
		s.complain(path, "the practice %q never applies: no facets make the condition true", p.ID)
	case !possible[assessment.False]:
		s.complain(path, "the practice %q always applies: no facets make the condition false", p.ID)
	}
}
