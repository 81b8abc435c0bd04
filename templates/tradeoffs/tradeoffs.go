package tradeoffs

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// TradeoffsView is the page of tradeoffs: all of them by state, one in hand, and the map of pulls.
type TradeoffsView struct {
	templates.Page
	Groups []TradeoffGroup // those that hold any, what asks for a decision first
	Chosen *TradeoffView   // nil where the questionnaire has no tradeoffs
	Map    PullMap
}

// TradeoffGroup is the tradeoffs of one kind in the list.
type TradeoffGroup struct {
	Title  string
	Glyph  string
	Tone   string
	Folded bool // shown on demand
	Open   bool // folded, but holds the one in hand
	Rows   []TradeoffRow
}

// TradeoffRow is one tradeoff in the list.
type TradeoffRow struct {
	ID      string // empty where ids are too long for a column
	Title   string
	URL     string
	Note    string
	Current bool
}

// TradeoffView is the tradeoff in hand.
type TradeoffView struct {
	ID       string
	Title    string
	Summary  string
	State    assessment.TradeoffState
	Standing string // the state with what became of it, for example "Active, open decision"
	Origin   string // who says that the two pull on each other
	Signals  []string
	Sides    [2]TradeoffSide
	Pulls    [2]assessment.Range
	Answers  []PracticeRow // of a live one those that made it so, of a possible one those that would decide it
	Others   []SignalRow   // signals that do not hold
	Question string
	Decision *DecisionView // nil where none is recorded
	Form     DecisionForm
	Denied   string // why the visitor may not decide; empty where they may
}

// TradeoffSide is one of the two qualities.
type TradeoffSide struct {
	Label   string
	Pillars string
}

// PracticeRow is a practice with its answer.
type PracticeRow struct {
	Title  string
	URL    string
	Pillar string
	Status assessment.Status
	Saved  string // by whom and when; empty where nobody answered
}

// SignalRow is a signal that does not hold, with the practices that it looks at where they are not listed already.
type SignalRow struct {
	Says      string
	Practices []PracticeRow
}

func (v TradeoffView) live() bool     { return v.State == assessment.Live }
func (v TradeoffView) possible() bool { return v.State == assessment.Possible }

func (v TradeoffView) stateInText() string { return words.Lower(words.State(v.State)) }

// othersTitle leads to the signals that do not hold.
func (v TradeoffView) othersTitle() string {
	if v.live() {
		return words.Plural(len(v.Others), "condition not met", "conditions not met")
	}
	if v.possible() {
		return "It becomes active if"
	}
	return "What would make it active"
}
