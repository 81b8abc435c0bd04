package portfolio

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// PortfolioView is the home page: every workload with its scores.
type PortfolioView struct {
	templates.Page
	Query   PortfolioQuery
	Errors  templates.FormErrors
	Empty   bool   // there is no workload at all, in use or archived as asked
	Count   string // for example "3 of 12 workloads"
	Choices []templates.FilterChoice
	Active  []ActiveFilter
	Tables  []PortfolioTable
	Picking bool   // two of the workloads can be compared with each other
	Denied  string // why the visitor may make no workload; empty where they may
}

// ActiveFilter is a filter in force, with the address of the page without it.
type ActiveFilter struct {
	Title string
	URL   string
}

// PortfolioTable holds the workloads that were reviewed with one questionnaire, of any version.
type PortfolioTable struct {
	ID      string // of the questionnaire
	Title   string // shown where there are several tables
	Name    SortHead
	Team    *SortHead // nil for people of one team
	Pillars []SortHead
	Overall SortHead
	Finding SortHead
	Decided SortHead
	Changed SortHead
	Rows    []PortfolioRow
	Bands   templates.Bands
}

// SortHead is the head of a column by which the table can be sorted.
type SortHead struct {
	Title string
	URL   string
	Order string // ascending or descending; empty where the table is sorted by another column
}

// PortfolioRow is one workload.
type PortfolioRow struct {
	ID        string // of the assessment
	Picking   bool   // the row can be ticked, to compare it with another
	Picked    bool
	Name      string
	URL       string
	Team      string   // empty for people of one team
	About     []string // owner, environment, tags
	Scope     Scope
	Cells     []HeatCell
	Overall   HeatCell
	Trend     []float64
	Last      string // change at the last snapshot, with a sign; empty where there are not two
	Started   bool
	Findings  assessment.Counts // in pillars that count
	LeftOut   string            // for example "4 excluded by priority 0"; empty where there are none
	Decisions int
	Stale     string // for example "1 stale"; empty for none
	Due       string // for example "due 3 November"
	Changed   string
	ChangedBy string
}

// Scope says how much of the questionnaire a workload is asked.
type Scope struct {
	Text string // "130 of 147 in scope"; empty where the questionnaire has no facets
	Out  []string
}

// HeatCell is a score as a cell of the heat map. Its hue is the band that is confirmed, its strength how much is answered:
// what is not known yet does not look bad.
type HeatCell struct {
	Text     string
	Shade    string // classes
	Glyph    string // empty where nothing is known
	Word     string // the band, or why there is none
	Answered string // for example "19 of 20"; empty where there is nothing to answer
	URL      string // of the answers; empty where there are none
	Bands    templates.Bands
	Range    assessment.Range
}

// strengths are from which answered share a cell has which strength of its hue. Below the last it has none.
var strengths = []struct {
	from  float64
	class string
}{{1, "k-3"}, {0.75, "k-2"}, {0.5, "k-1"}}

// Heat returns the cell of a score that leads to an address.
func Heat(b templates.Bands, s assessment.Score, started bool, url string) HeatCell {
	cell := HeatCell{Text: words.Score(b, s.Range), Bands: b, Range: s.Range, URL: url, Answered: words.Of(s.Answered, s.Applicable)}
	switch {
	case !started:
		return HeatCell{Text: "–", Word: "not assessed"}
	case !s.Range.Applicable:
		return HeatCell{Text: "–", Word: "not applicable"}
	case s.Answered == 0:
		cell.Word = "nothing answered"
		return cell
	}
	cell.Glyph, cell.Word = b.Glyph(s.Band), b.Word(s)
	share := float64(s.Answered) / float64(s.Applicable)
	for _, strength := range strengths {
		if share >= strength.from {
			cell.Shade = "b-" + b.Tone(s.Band) + " " + strength.class
			break
		}
	}
	return cell
}
