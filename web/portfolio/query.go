package portfolio

import (
	"net/url"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

// portfolioQuery reads what the address of the portfolio asks for. The error is about the search; the query holds what
// was typed all the same.
func portfolioQuery(values url.Values) (view.PortfolioQuery, *assessment.Error) {
	get := func(name string) string {
		return page.Shortened(strings.TrimSpace(values.Get(name)), assessment.MaxShort)
	}
	query := view.PortfolioQuery{
		Search:      page.Printable(values.Get(templates.ParamSearch)),
		Sort:        get(view.ParamSort),
		Order:       get(view.ParamOrder),
		Tag:         get(view.ParamTag),
		Environment: get(view.ParamEnvironment),
		Owner:       get(view.ParamOwner),
		Team:        get(templates.ParamTeam),
		Band:        get(view.ParamBand),
		Archived:    values.Get(view.ParamArchived) == "1",
	}
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", values.Get(templates.ParamSearch), assessment.MaxShort, false)
	if problem == nil {
		query.Search = search
	}
	return query, problem
}

// matching returns the rows that pass every filter of the query.
func matching(rows []assessment.PortfolioRow, query view.PortfolioQuery) []assessment.PortfolioRow {
	var shown []assessment.PortfolioRow
	for _, row := range rows {
		w := row.Assessment.Workload
		switch {
		case query.Environment != "" && w.Environment != query.Environment:
		case query.Owner != "" && w.Owner != query.Owner:
		case query.Team != "" && w.Team != query.Team:
		case query.Tag != "" && !slices.Contains(w.Tags, query.Tag):
		case query.Band != "" && bandOf(row) != query.Band:
		case !words.Matches(query.Search, append([]string{w.Name, w.Owner, w.Environment, w.Description}, w.Tags...)...):
		default:
			shown = append(shown, row)
		}
	}
	return shown
}

// bandOf is what the band filter compares a row with.
func bandOf(row assessment.PortfolioRow) string {
	if !page.Started(row.Summary.Overall) {
		return view.NotStarted
	}
	return row.Summary.Overall.Band
}
