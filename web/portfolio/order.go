package portfolio

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"plumbline/assessment"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

// Columns of the portfolio that are no pillars.
const (
	columnName      = "name"
	columnTeam      = "team"
	columnOverall   = "overall"
	columnFindings  = "findings"
	columnDecisions = "decisions"
	columnChanged   = "changed"
)

const (
	ascending  = "asc"
	descending = "desc"
)

// portfolioOrder is by which column the portfolio is sorted, and which way.
type portfolioOrder struct {
	column string
	desc   bool
	teams  map[string]string // names by id
}

// portfolioOrder returns the order that a query asks for, or Invalid where there is no such column or order.
func (h *handlers) portfolioOrder(ctx context.Context, query view.PortfolioQuery, rows []assessment.PortfolioRow) (portfolioOrder, error) {
	column := cmp.Or(query.Sort, columnName)
	known, err := h.isColumn(ctx, column, rows)
	if err != nil {
		return portfolioOrder{}, err
	}
	if !known {
		return portfolioOrder{}, assessment.Errorf(assessment.Invalid, "The portfolio has no column “%s” to sort by", column)
	}
	switch query.Order {
	case "":
		return portfolioOrder{column: column, desc: beginsDescending(column)}, nil
	case ascending, descending:
		return portfolioOrder{column: column, desc: query.Order == descending}, nil
	}
	return portfolioOrder{}, assessment.Errorf(assessment.Invalid, "The portfolio can be sorted asc or desc, not “%s”", query.Order)
}

// isColumn reports whether the portfolio can be sorted by a column: one of its own, or a pillar of a row or of a
// questionnaire that no row uses at the moment, so that a shared address keeps working.
func (h *handlers) isColumn(ctx context.Context, column string, rows []assessment.PortfolioRow) (bool, error) {
	switch column {
	case columnName, columnTeam, columnOverall, columnFindings, columnDecisions, columnChanged:
		return true, nil
	}
	for _, row := range rows {
		if _, ok := pillarOf(row, column); ok {
			return true, nil
		}
	}
	stored, err := h.store.Questionnaires(ctx)
	if err != nil {
		return false, err
	}
	for _, questionnaire := range stored {
		model, err := h.store.Model(ctx, questionnaire.SHA256)
		if err != nil {
			return false, err
		}
		if _, ok := model.Pillar(column); ok {
			return true, nil
		}
	}
	return false, nil
}

// beginsDescending reports whether a column shows its largest values first: what most needs a look.
func beginsDescending(column string) bool {
	return column == columnFindings || column == columnDecisions || column == columnChanged
}

// sort sorts the rows; equal ones by name. Workloads without a score come last in either direction.
func (o portfolioOrder) sort(rows []assessment.PortfolioRow) {
	slices.SortStableFunc(rows, func(a, b assessment.PortfolioRow) int {
		return cmp.Or(o.compare(a, b), byName(a, b))
	})
}

func (o portfolioOrder) compare(a, b assessment.PortfolioRow) int {
	c := 0
	switch o.column {
	case columnName:
		c = byName(a, b)
	case columnTeam:
		c = cmp.Compare(strings.ToLower(o.teams[a.Assessment.Workload.Team]), strings.ToLower(o.teams[b.Assessment.Workload.Team]))
	case columnFindings:
		x, y := a.Summary.Findings, b.Summary.Findings
		c = cmp.Or(cmp.Compare(x.High, y.High), cmp.Compare(x.Medium, y.Medium), cmp.Compare(x.Low, y.Low))
	case columnDecisions:
		c = cmp.Or(cmp.Compare(a.Summary.OpenDecisions, b.Summary.OpenDecisions), cmp.Compare(a.Summary.Stale, b.Summary.Stale))
	case columnChanged:
		c = a.Assessment.UpdatedAt.Compare(b.Assessment.UpdatedAt)
	default:
		return o.compareScores(scoreIn(a, o.column), scoreIn(b, o.column))
	}
	if o.desc {
		return -c
	}
	return c
}

func (o portfolioOrder) compareScores(a, b assessment.Range) int {
	if a.Applicable != b.Applicable {
		if a.Applicable {
			return -1
		}
		return 1
	}
	c := cmp.Or(cmp.Compare(a.Low, b.Low), cmp.Compare(a.High, b.High))
	if o.desc {
		return -c
	}
	return c
}

// scoreIn returns the score of a row in a column, not applicable where it has none.
func scoreIn(row assessment.PortfolioRow, column string) assessment.Range {
	if !page.Started(row.Summary.Overall) {
		return assessment.Range{}
	}
	if column == columnOverall {
		return row.Summary.Overall.Range
	}
	pillar, _ := pillarOf(row, column)
	return pillar.Range
}

func pillarOf(row assessment.PortfolioRow, id string) (assessment.PillarSummary, bool) {
	i := slices.IndexFunc(row.Summary.Pillars, func(p assessment.PillarSummary) bool { return p.ID == id })
	if i < 0 {
		return assessment.PillarSummary{}, false
	}
	return row.Summary.Pillars[i], true
}

func byName(a, b assessment.PortfolioRow) int {
	x, y := a.Assessment.Workload, b.Assessment.Workload
	return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.ID, y.ID))
}
