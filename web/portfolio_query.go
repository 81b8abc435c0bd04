package web

import (
	"net/url"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// portfolioQuery reads what the address of the portfolio asks for. The error is about the search; the query holds what
// was typed all the same.
func portfolioQuery(values url.Values) (templates.PortfolioQuery, *assessment.Error) {
	get := func(name string) string {
		return shortened(strings.TrimSpace(values.Get(name)), assessment.MaxShort)
	}
	query := templates.PortfolioQuery{
		Search:      printable(values.Get(templates.ParamSearch)),
		Sort:        get(templates.ParamSort),
		Order:       get(templates.ParamOrder),
		Tag:         get(templates.ParamTag),
		Environment: get(templates.ParamEnvironment),
		Owner:       get(templates.ParamOwner),
		Team:        get(templates.ParamTeam),
		Band:        get(templates.ParamBand),
		Archived:    values.Get(templates.ParamArchived) == "1",
	}
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", values.Get(templates.ParamSearch), assessment.MaxShort, false)
	if problem == nil {
		query.Search = search
	}
	return query, problem
}

// matching returns the rows that pass every filter of the query.
func matching(rows []assessment.PortfolioRow, query templates.PortfolioQuery) []assessment.PortfolioRow {
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
	if !started(row.Summary.Overall) {
		return templates.NotStarted
	}
	return row.Summary.Overall.Band
}

// started reports whether anything was answered.
func started(s assessment.Score) bool { return s.Answered > 0 || s.Applicable < s.Total }
