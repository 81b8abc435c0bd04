package assessment

import (
	"cmp"
	"slices"
	"strings"
)

// The columns of the portfolio that are no pillars.
const (
	ColumnName      = "name"
	ColumnTeam      = "team"
	ColumnOverall   = "overall"
	ColumnFindings  = "findings"
	ColumnDecisions = "decisions"
	ColumnChanged   = "changed"
)

// PortfolioOrder is by which column the portfolio is sorted, and which way.
type PortfolioOrder struct {
	Column     string // one of its own, or the id of a pillar
	Descending bool
	Teams      map[string]string // names by id
}

// BeginsDescending reports whether a column shows its largest values first: what most needs a look.
func BeginsDescending(column string) bool {
	return column == ColumnFindings || column == ColumnDecisions || column == ColumnChanged
}

// Sort sorts the rows; equal ones by name. Workloads without a score come last in either direction.
func (o PortfolioOrder) Sort(rows []PortfolioRow) {
	slices.SortStableFunc(rows, func(a, b PortfolioRow) int { return cmp.Or(o.compare(a, b), byName(a, b)) })
}

func (o PortfolioOrder) compare(a, b PortfolioRow) int {
	x, y := &a.Summary, &b.Summary
	c := 0
	switch o.Column {
	case ColumnName:
		c = byName(a, b)
	case ColumnTeam:
		c = cmp.Compare(strings.ToLower(o.Teams[a.Assessment.Workload.Team]), strings.ToLower(o.Teams[b.Assessment.Workload.Team]))
	case ColumnFindings:
		a, b := x.Counted(), y.Counted()
		c = cmp.Or(cmp.Compare(a.High, b.High), cmp.Compare(a.Medium, b.Medium), cmp.Compare(a.Low, b.Low))
	case ColumnDecisions:
		c = cmp.Or(cmp.Compare(x.OpenDecisions, y.OpenDecisions), cmp.Compare(x.Stale, y.Stale))
	case ColumnChanged:
		c = a.Assessment.UpdatedAt.Compare(b.Assessment.UpdatedAt)
	default:
		x, y := a.scoreIn(o.Column), b.scoreIn(o.Column)
		switch {
		case x.Applicable && !y.Applicable:
			return -1
		case y.Applicable && !x.Applicable:
			return 1
		}
		c = cmp.Or(cmp.Compare(x.Low, y.Low), cmp.Compare(x.High, y.High))
	}
	if o.Descending {
		return -c
	}
	return c
}

// scoreIn returns the score of a row in a column, not applicable where it has none.
func (row PortfolioRow) scoreIn(column string) Range {
	if !row.Summary.Overall.Started() {
		return Range{}
	}
	if column == ColumnOverall {
		return row.Summary.Overall.Range
	}
	pillar, _ := row.Summary.Pillar(column)
	return pillar.Range
}

// Pillar returns the score of a pillar, and false where the summary has no such pillar.
func (s *Summary) Pillar(id string) (PillarSummary, bool) {
	i := slices.IndexFunc(s.Pillars, func(p PillarSummary) bool { return p.ID == id })
	if i < 0 {
		return PillarSummary{}, false
	}
	return s.Pillars[i], true
}

func byName(a, b PortfolioRow) int {
	x, y := a.Assessment.Workload, b.Assessment.Workload
	return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.ID, y.ID))
}
