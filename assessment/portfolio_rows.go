package assessment

import (
	"cmp"
	"slices"
)

// NotStarted is the band that WorkloadFilter takes for workloads without any answer. No band has it as its id.
const NotStarted = "(none)"

// WorkloadFilter leaves rows of the portfolio out; its zero value leaves out none.
type WorkloadFilter struct {
	Search      string // words
	Tag         string
	Environment string
	Owner       string
	Team        string // id
	Band        string // id of a band, or NotStarted
}

// Keeps reports whether a row passes the filter.
func (f WorkloadFilter) Keeps(row PortfolioRow) bool {
	w := row.Assessment.Workload
	is := func(wanted, value string) bool { return wanted == "" || wanted == value }
	return is(f.Environment, w.Environment) && is(f.Owner, w.Owner) && is(f.Team, w.Team) && is(f.Band, row.band()) &&
		(f.Tag == "" || slices.Contains(w.Tags, f.Tag)) &&
		Matches(f.Search, append([]string{w.Name, w.Owner, w.Environment, w.Description}, w.Tags...)...)
}

// band is what the filter compares a row's band with.
func (row PortfolioRow) band() string {
	if !row.Summary.Overall.Started() {
		return NotStarted
	}
	return row.Summary.Overall.Band
}

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
	name := func(row PortfolioRow) string { return row.Assessment.Workload.Name }
	team := func(row PortfolioRow) string { return o.Teams[row.Assessment.Workload.Team] }
	names, teams := placesOfNames(rows, name), placesOfNames(rows, team)
	slices.SortStableFunc(rows, func(a, b PortfolioRow) int {
		byName := cmp.Or(cmp.Compare(names[name(a)], names[name(b)]), cmp.Compare(a.Assessment.Workload.ID, b.Assessment.Workload.ID))
		c := 0
		switch o.Column {
		case ColumnName:
			c = byName
		case ColumnTeam:
			c = cmp.Compare(teams[team(a)], teams[team(b)])
		default:
			return cmp.Or(o.compare(a, b), byName)
		}
		if o.Descending {
			c = -c
		}
		return cmp.Or(c, byName)
	})
}

func (o PortfolioOrder) compare(a, b PortfolioRow) int {
	x, y := &a.Summary, &b.Summary
	c := 0
	switch o.Column {
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
