package web

import (
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
)

// showPortfolio lists workloads as their address asks for. A search that is no text is answered with every workload
// and what is wrong with it; a column that does not exist with 422.
func (s *Server) showPortfolio(w http.ResponseWriter, r *http.Request) error {
	query, problem := portfolioQuery(r.URL.Query())
	rows, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: actorOf(r).Teams(assessment.ActRead).Teams, Archived: query.Archived})
	if err != nil {
		return err
	}
	order, err := s.portfolioOrder(r.Context(), query, rows)
	if err != nil {
		return err
	}
	teams, err := s.portfolioTeams(r)
	if err != nil {
		return err
	}
	order.teams = teams
	status := http.StatusOK
	applied := query
	if problem != nil {
		status = http.StatusUnprocessableEntity
		applied.Search = ""
	}
	shown := matching(rows, applied)
	order.sort(shown)
	picks := r.URL.Query()[templates.ParamPick]
	if r.URL.Query().Has(templates.ParamCompare) {
		err := s.comparePicked(w, r, shown, picks)
		if known, is := errors.AsType[*assessment.Error](err); !is || known.Field != templates.ParamPick {
			return err
		} else if problem == nil {
			status, problem = http.StatusUnprocessableEntity, known
		}
	}
	view := portfolioView{query: query, order: order, all: rows, shown: shown, now: s.now(r), actor: actorOf(r), teams: teams, picks: picks, picking: mayCompare(r, shown)}.build()
	if problem != nil {
		view.Errors = templates.FormErrors{{Field: problem.Field, Message: problem.Message}}
	}
	view.Page = s.page(r, "Portfolio")
	view.Notice = s.takeNotice(w, r)
	if actorOf(r).Teams(assessment.ActWorkload).Empty() {
		view.Denied = "You are in no team whose workloads you may change. Ask a lead to make you an architect."
	}
	if !query.Archived {
		view.Feed = s.portfolioFeed(rows)
	}
	if live(r) {
		w.Header().Set("HX-Replace-Url", query.URL())
	}
	return s.render(w, r, status, templates.Portfolio(view))
}

// portfolioTeams returns the names of the teams that the visitor sees, by id; nil where that is one at most, which needs no
// name.
func (s *Server) portfolioTeams(r *http.Request) (map[string]string, error) {
	names, err := s.teamNames(r.Context(), actorOf(r))
	if err != nil || len(names) < 2 {
		return nil, err
	}
	return names, nil
}
