package worksheet

import (
	"net/url"
	"slices"

	"plumbline/assessment"
)

// Trait is something that a row has beside its status, its risk and its place.
type Trait string

const (
	HasNote    Trait = "note"
	NoEvidence Trait = "no_evidence"
	Changed    Trait = "changed" // since the last snapshot
	Mine       Trait = "mine"
)

// Traits are all of them, in the order of a page.
var Traits = []Trait{HasNote, NoEvidence, Changed, Mine}

// Statuses are those that a filter may ask for, in the order of a page.
var Statuses = []assessment.Status{assessment.Unanswered, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.NotApplicable}

// Risks are those that a filter may ask for, in the order of a page.
var Risks = []assessment.Level{assessment.High, assessment.Medium, assessment.Low}

// Names of what an address says about a filter. Unanswered, which is the empty status, has a word in addresses.
const (
	ParamSearch   = "q"
	ParamStatus   = "status"
	ParamRisk     = "risk"
	ParamPillar   = "pillar"
	ParamTradeoff = "tradeoff"
	ParamTrait    = "has"

	UnansweredWord = "unanswered"
)

// Filter says which rows are looked for; the zero one looks for all.
type Filter struct {
	Search   string
	Statuses []assessment.Status
	Risks    []assessment.Level
	Pillars  []string
	Traits   []Trait // all of them, where the choices of the other kinds are one or the other
	Tradeoff string
}

// Read returns the filter that an address means. What a questionnaire does not have, or nobody knows, is left out.
func Read(m *assessment.Model, query url.Values) Filter {
	f := Filter{Search: query.Get(ParamSearch)}
	for _, status := range Statuses {
		if slices.Contains(query[ParamStatus], StatusWord(status)) {
			f.Statuses = append(f.Statuses, status)
		}
	}
	for _, risk := range Risks {
		if slices.Contains(query[ParamRisk], string(risk)) {
			f.Risks = append(f.Risks, risk)
		}
	}
	for _, pillar := range m.Questionnaire().Pillars {
		if slices.Contains(query[ParamPillar], pillar.ID) {
			f.Pillars = append(f.Pillars, pillar.ID)
		}
	}
	for _, trait := range Traits {
		if slices.Contains(query[ParamTrait], string(trait)) {
			f.Traits = append(f.Traits, trait)
		}
	}
	if _, known := m.Tradeoff(query.Get(ParamTradeoff)); known {
		f.Tradeoff = query.Get(ParamTradeoff)
	}
	return f
}

// Query returns what an address says to mean the filter.
func (f Filter) Query() url.Values {
	query := url.Values{}
	if f.Search != "" {
		query.Set(ParamSearch, f.Search)
	}
	for _, status := range f.Statuses {
		query.Add(ParamStatus, StatusWord(status))
	}
	for _, risk := range f.Risks {
		query.Add(ParamRisk, string(risk))
	}
	for _, pillar := range f.Pillars {
		query.Add(ParamPillar, pillar)
	}
	for _, trait := range f.Traits {
		query.Add(ParamTrait, string(trait))
	}
	if f.Tradeoff != "" {
		query.Set(ParamTradeoff, f.Tradeoff)
	}
	return query
}

// StatusWord is a status in an address.
func StatusWord(s assessment.Status) string {
	if s == assessment.Unanswered {
		return UnansweredWord
	}
	return string(s)
}

func (f Filter) takes(m *assessment.Model, row *Row) bool {
	return oneOf(f.Statuses, row.Answer.Status) && oneOf(f.Risks, row.Practice.CountedRisk()) && oneOf(f.Pillars, row.Place.Pillar.ID) &&
		(f.Tradeoff == "" || slices.Contains(m.TradeoffsOf(row.Practice.ID), f.Tradeoff)) &&
		!slices.ContainsFunc(f.Traits, func(t Trait) bool { return !row.has(t) })
}

// oneOf reports whether a value is chosen; where nothing is, all are.
func oneOf[T comparable](chosen []T, value T) bool {
	return len(chosen) == 0 || slices.Contains(chosen, value)
}

func (r *Row) has(t Trait) bool {
	switch t {
	case HasNote:
		return r.Answer.Note != ""
	case NoEvidence:
		return len(r.Answer.Evidence) == 0
	case Changed:
		return r.Changed
	}
	return r.Mine
}

// Counts are how many of all rows each choice of a filter takes.
type Counts struct {
	Statuses map[assessment.Status]int
	Risks    map[assessment.Level]int
	Pillars  map[string]int
	Traits   map[Trait]int
}

// Count returns how many rows each choice takes on its own.
func Count(rows []Row) Counts {
	counts := Counts{map[assessment.Status]int{}, map[assessment.Level]int{}, map[string]int{}, map[Trait]int{}}
	for i := range rows {
		row := &rows[i]
		counts.Statuses[row.Answer.Status]++
		counts.Risks[row.Practice.CountedRisk()]++
		counts.Pillars[row.Place.Pillar.ID]++
		for _, trait := range Traits {
			if row.has(trait) {
				counts.Traits[trait]++
			}
		}
	}
	return counts
}
