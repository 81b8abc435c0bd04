package portfolio

import (
	"context"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/words"
	view "plumbline/templates/portfolio"
)

// scopeKey is all that a scope depends on.
type scopeKey struct{ questionnaire, facets string }

// scopesOf says for each assessment how much of its questionnaire is asked, and which answers leave the rest out, so that
// two workloads are not compared blindly.
func (h *handlers) scopesOf(ctx context.Context, rows []assessment.PortfolioRow) (map[string]view.Scope, error) {
	all := make(map[string]view.Scope, len(rows))
	for _, row := range rows {
		a := row.Assessment
		key := scopeKey{a.Questionnaire.SHA256, fmt.Sprint(a.Facets)}
		scope, known := h.scopes.Get(key)
		if !known {
			m, err := h.store.Model(ctx, a.Questionnaire.SHA256)
			if err != nil {
				return nil, err
			}
			scope = scopeOf(m, a.Facets)
			h.scopes.Add(key, scope)
		}
		all[a.ID] = scope
	}
	return all, nil
}

func scopeOf(m *assessment.Model, f assessment.Facets) view.Scope {
	if len(m.Questionnaire().Facets) == 0 {
		return view.Scope{}
	}
	if len(f.Of(m)) == 0 {
		return view.Scope{Text: "Scope not set"}
	}
	out := 0
	var scope view.Scope
	for _, e := range m.Questionnaire().Exclusions(f) {
		out += len(e.Practices)
		scope.Out = append(scope.Out, e.Facet.Title+" "+words.Said(&e.Said)+": "+words.Count(len(e.Practices)))
	}
	scope.Text = words.Of(m.PracticeCount()-out, m.PracticeCount()) + " in scope"
	return scope
}
