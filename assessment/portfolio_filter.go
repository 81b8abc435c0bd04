package assessment

import (
	"slices"
	"strings"
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

// Matches reports whether every word of a search occurs in one of the texts, in upper or lower case.
func Matches(search string, texts ...string) bool {
	text := strings.ToLower(strings.Join(texts, "\n"))
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(search)), func(word string) bool { return !strings.Contains(text, word) })
}
