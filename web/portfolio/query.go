package portfolio

import (
	"net/url"
	"strings"

	"plumbline/assessment"
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
		WorkloadFilter: assessment.WorkloadFilter{
			Search:      page.Printable(values.Get(templates.ParamSearch)),
			Tag:         get(view.ParamTag),
			Environment: get(view.ParamEnvironment),
			Owner:       get(view.ParamOwner),
			Team:        get(templates.ParamTeam),
			Band:        get(view.ParamBand),
		},
		Sort:     get(view.ParamSort),
		Order:    get(view.ParamOrder),
		Archived: values.Get(view.ParamArchived) == "1",
	}
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", values.Get(templates.ParamSearch), assessment.MaxShort, false)
	if problem == nil {
		query.Search = search
	}
	return query, problem
}
