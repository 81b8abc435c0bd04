package portfolio

import (
	"errors"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

// showPortfolio lists workloads as their address asks for. A search that is not valid text is answered with every workload
// and what is wrong with it; a column that does not exist with 422.
func (h *handlers) showPortfolio(w http.ResponseWriter, r *http.Request) error {
	query, problem := portfolioQuery(r.URL.Query())
	rows, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: page.ActorOf(r).Teams(access.ActRead).Teams, Archived: query.Archived})
	if err != nil {
		return err
	}
	order, err := h.portfolioOrder(r, query, rows)
	if err != nil {
		return err
	}
	teams, err := h.portfolioTeams(r)
	if err != nil {
		return err
	}
	order.Teams = teams
	status := http.StatusOK
	applied := query
	if problem != nil {
		status = http.StatusUnprocessableEntity
		applied.Search = ""
	}
	shown := slices.DeleteFunc(slices.Clone(rows), func(row assessment.PortfolioRow) bool { return !applied.Keeps(row) })
	order.Sort(shown)
	picks := r.URL.Query()[view.ParamPick]
	if r.URL.Query().Has(view.ParamCompare) {
		err := h.comparePicked(w, r, shown, picks)
		if known, is := errors.AsType[*assessment.Error](err); !is || known.Field != view.ParamPick {
			return err
		} else if problem == nil {
			status, problem = http.StatusUnprocessableEntity, known
		}
	}
	scopes, err := h.scopesOf(r.Context(), shown)
	if err != nil {
		return err
	}
	v := portfolioView{scopes: scopes, query: query, order: order, all: rows, shown: shown, now: h.Now(r), actor: page.ActorOf(r), teams: teams, picks: picks, picking: mayCompare(r, shown)}.build()
	if problem != nil {
		v.Errors = templates.FormErrors{{Field: problem.Field, Message: problem.Message}}
	}
	v.Page = h.Page(r, "Portfolio")
	v.Notice = h.TakeNotice(w, r)
	if page.ActorOf(r).Teams(access.ActWorkload).Empty() {
		v.Denied = "You need the architect role to create workloads. Ask a team lead."
	}
	if !query.Archived {
		v.Feed = h.portfolioFeed(rows)
	}
	if page.Live(r) {
		w.Header().Set("HX-Replace-Url", query.URL())
	}
	return h.Render(w, r, status, view.Portfolio(v))
}

// portfolioTeams returns the names of the teams that the visitor sees, by id; nil where that is one at most, which needs no
// name.
func (h *handlers) portfolioTeams(r *http.Request) (map[string]string, error) {
	names, err := h.TeamNames(r.Context(), page.ActorOf(r))
	if err != nil || len(names) < 2 {
		return nil, err
	}
	return names, nil
}
