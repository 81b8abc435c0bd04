package portfolio

import (
	"net/url"
	"slices"

	"plumbline/assessment"
	"plumbline/templates"
)

// PortfolioQuery is what the address of the portfolio asks for. Its zero value asks for every workload in use, by name.
type PortfolioQuery struct {
	assessment.WorkloadFilter
	Sort     string // a column; empty for the name
	Order    string // asc or desc; empty for the order that the column begins with
	Archived bool
}

const (
	ParamSort        = "sort"
	ParamOrder       = "order"
	ParamTag         = "tag"
	ParamEnvironment = "environment"
	ParamOwner       = "owner"
	ParamBand        = "band"
	ParamArchived    = "archived"
	ParamPick        = "pick"    // workloads that are ticked
	ParamCompare     = "compare" // those that are ticked are to be compared
)

// URL is the address of the portfolio that asks for q, without what it asks for anyway.
func (q PortfolioQuery) URL() string {
	values := url.Values{}
	for _, field := range q.fields() {
		values.Set(field.Name, field.Value)
	}
	if len(values) == 0 {
		return templates.PortfolioURL
	}
	return templates.PortfolioURL + "?" + values.Encode()
}

// fields are the parameters that ask for q, without what is asked for anyway.
func (q PortfolioQuery) fields() []templates.SentField {
	all := []templates.SentField{
		{Name: templates.ParamSearch, Value: q.Search}, {Name: ParamSort, Value: q.Sort}, {Name: ParamOrder, Value: q.Order},
		{Name: ParamTag, Value: q.Tag}, {Name: ParamEnvironment, Value: q.Environment}, {Name: ParamOwner, Value: q.Owner},
		{Name: templates.ParamTeam, Value: q.Team}, {Name: ParamBand, Value: q.Band},
	}
	if q.Archived {
		all = append(all, templates.SentField{Name: ParamArchived, Value: "1"})
	}
	return slices.DeleteFunc(all, func(f templates.SentField) bool { return f.Value == "" })
}

// Filtered reports whether q leaves workloads out, besides by whether they are archived.
func (q PortfolioQuery) Filtered() bool {
	return q.WorkloadFilter != assessment.WorkloadFilter{}
}

// Unfiltered is q without what leaves workloads out.
func (q PortfolioQuery) Unfiltered() PortfolioQuery {
	return PortfolioQuery{Sort: q.Sort, Order: q.Order, Archived: q.Archived}
}

// Other is q for the archived workloads instead of those in use, or the other way round.
func (q PortfolioQuery) Other() PortfolioQuery {
	return PortfolioQuery{Archived: !q.Archived}
}
