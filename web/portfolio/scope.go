package portfolio

import (
	"context"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/words"
	view "plumbline/templates/portfolio"
)

// scopes says for each assessment how much of its questionnaire is asked, and which answers leave the rest out, so that
// two workloads are not compared blindly.
func (h *handlers) scopes(ctx context.Context, rows []assessment.PortfolioRow) (map[string]view.Scope, error) {
	all, known := make(map[string]view.Scope, len(rows)), map[string]view.Scope{}
	for _, row := range rows {
		key := row.Assessment.Questionnaire.SHA256 + fmt.Sprint(row.Assessment.Facets)
		if scope, again := known[key]; again {
			all[row.Assessment.ID] = scope
			continue
		}
		m, err := h.store.Model(ctx, row.Assessment.Questionnaire.SHA256)
		if err != nil {
			return nil, err
		}
		known[key] = scopeOf(m, row)
		all[row.Assessment.ID] = known[key]
	}
	return all, nil
}

func scopeOf(m *assessment.Model, row assessment.PortfolioRow) view.Scope {
	f := row.Assessment.Facets
	if len(m.Questionnaire().Facets) == 0 {
		return view.Scope{}
	}
	if len(f.Of(m)) == 0 {
		return view.Scope{Text: "Scope not set"}
	}
	scope := view.Scope{Text: words.Of(row.InScope, row.Practices) + " in scope"}
	for _, e := range m.Questionnaire().Exclusions(f) {
		scope.Out = append(scope.Out, e.Facet.Title+" "+words.Said(&e.Said)+": "+words.Count(len(e.Practices)))
	}
	return scope
}
