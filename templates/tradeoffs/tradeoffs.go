package tradeoffs

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// TradeoffsView is the page of tradeoffs: all of them by state, one in hand, and the map of pulls.
type TradeoffsView struct {
	templates.Page
	Groups []TradeoffGroup // those that hold any, what asks for a decision first
	Chosen *TradeoffView   // nil where the questionnaire has no tradeoffs
	All    string          // address of the list; empty where that was asked for, and comes first on a small screen
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
	Kind    assessment.SignalKind // of an active one; empty for others
	Note    string
	Current bool
}

// TradeoffView is the tradeoff in hand.
type TradeoffView struct {
	ID       string
	Title    string
	Summary  string
	State    assessment.TradeoffState
	Glyph    string // of the state
	Standing string // the state with what became of it, for example "Active: tension, open decision"
	Origin   string // who says that the two pull on each other
	Source   string // where the source states it; empty where it does not
	Signals  []TrueSignal
	// NotApplicable says that a side has only practices that are out of scope.
	NotApplicable bool
	Sides         [2]TradeoffSide
	Pulls         [2]assessment.Range // not applicable where a side says too little
	Answers       []PracticeRow       // of a live one those that made it so, of a possible one those that would decide it
	Said          []FacetRow          // what was said about the workload, or not yet, beside the answers
	Others        []SignalRow         // signals that do not hold
	Question      string
	Decision      *DecisionView // nil where none is recorded
	Form          DecisionForm
	Denied        string // why the visitor may not decide; empty where they may
}

// TrueSignal is a signal that holds.
type TrueSignal struct {
	Says string
	Kind assessment.SignalKind // empty where this version of the questionnaire does not have the signal
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

// FacetRow is what is said about the workload, which is changed on the page of its scope.
type FacetRow struct {
	Title  string
	Answer string
	URL    string
}

// SignalRow is a signal that does not hold, with the facets and practices that it looks at where they are not listed already.
type SignalRow struct {
	Says      string
	Said      []FacetRow
	Practices []PracticeRow
}

func (v TradeoffView) live() bool   { return v.State == assessment.Live }
func (v TradeoffView) veiled() bool { return !v.Pulls[0].Applicable || !v.Pulls[1].Applicable }

// tension reports whether both sides are pursued, blind whether one is without its guard.
func (v TradeoffView) tension() bool { return v.holds(assessment.Tension) }
func (v TradeoffView) blind() bool   { return v.holds(assessment.BlindSpot) && !v.tension() }

func (v TradeoffView) holds(kind assessment.SignalKind) bool {
	return v.live() && slices.ContainsFunc(v.Signals, func(s TrueSignal) bool { return s.Kind == kind })
}
func (v TradeoffView) possible() bool { return v.State == assessment.Possible }

func (v TradeoffView) stateInText() string { return words.Lower(words.State(v.State)) }

// says returns the sentences of the signals that hold.
func (v TradeoffView) says() []string {
	says := make([]string, len(v.Signals))
	for i, signal := range v.Signals {
		says[i] = signal.Says
	}
	return says
}

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
