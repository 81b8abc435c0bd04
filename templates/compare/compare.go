package compare

import (
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/templates"
)

// CompareView is the comparison of two snapshots, or of one with the assessment as it is now.
type CompareView struct {
	templates.Page
	Action  string
	Missing CompareMissing // what to do where there is nothing to compare yet
	Told    *story.Change  // nil where there is nothing to compare yet
	Title   string
	Lead    string
	Note    string // what to know about both sides; empty for nothing
	Alone   string // why the visitor may not compare with other workloads; empty where they may
	Before  CompareSide
	After   CompareSide
	Between string // what lies between both
	Export  CompareExport
	Defects []string
	Bands   templates.Bands
	Steps   []WaterfallStep
	Axes    []templates.RadarAxis

	Left      []PracticeChanges // in two columns
	Right     []PracticeChanges
	States    []StateShift
	Decisions []DecisionShift
	Content   ContentChanges

	WordedBefore string // after the name of a text
	WordedAfter  string
}

// CompareMissing says what has to be done before there is something to compare.
type CompareMissing struct {
	Text string
	Take string // address of the timeline
	Now  string // address of the comparison with the assessment as it is now; empty without a snapshot

	Others []templates.OptionGroup // snapshots of other workloads, to compare the assessment as it is now with
}

// CompareSide is one of the two sides.
type CompareSide struct {
	Groups   []templates.OptionGroup // snapshots of a workload each
	URL      string                  // of the snapshot; empty for the assessment as it is now
	Hash     string                  // empty for the assessment as it is now
	Verified bool
	Approved string // by whom; empty while nobody has approved it
}

// CompareExport is what can be kept of a comparison.
type CompareExport struct {
	Before  string // ids; empty where a side is not stored
	After   string
	CSV     string
	JSON    string
	Refused string // why nothing can be kept
	Denied  string // why the visitor may not have a report drawn; empty where they may
}

// WaterfallStep is one row of the waterfall. Positions are 0–100 of the chart's width.
type WaterfallStep struct {
	Title  string
	Note   string
	Total  bool
	From   float64 // where the bar begins and ends
	To     float64
	Points float64 // rounded to one decimal: the total, or the part of the change
	First  bool
	Last   bool
}

func (s WaterfallStep) left() float64  { return min(s.From, s.To) }
func (s WaterfallStep) width() float64 { return max(max(s.From, s.To)-s.left(), 0.15) }

// moves reports whether the step has a bar; one that changes nothing is a line through.
func (s WaterfallStep) moves() bool { return size(s.To-s.From) > 1e-9 }

// enter is where the line from the row above arrives, leave where the line to the row below goes.
func (s WaterfallStep) enter() float64 {
	if s.Total {
		return s.To
	}
	return s.From
}

func (s WaterfallStep) leave() float64 { return s.To }

func (s WaterfallStep) class() string {
	switch {
	case s.Total:
		return "w-total"
	case s.To < s.From:
		return "w-down"
	}
	return "w-up"
}

// PracticeChanges is a list of practices that changed: what shows at once, and what unfolds.
type PracticeChanges struct {
	story.List
	First []PracticeShift
	More  []PracticeShift
}

// PracticeShift is a practice before and after.
type PracticeShift struct {
	story.PracticeShift
	URL string // empty where the assessment does not have the practice
}

// StateShift is a tradeoff in another state.
type StateShift struct {
	assessment.TradeoffChange
	URL string // empty where the assessment does not have it
}

// DecisionShift is a decision that was recorded, changed or withdrawn.
type DecisionShift struct {
	story.DecisionShift
	URL string // empty where the assessment does not have the tradeoff
}

// ContentChanges is what changed in the questionnaire.
type ContentChanges struct {
	Part       string // what the questionnaire's part of the change is; empty where both sides ask the same
	Difference string // address of all that differs; empty where a side is not in the library
	Names      []story.ContentList
	Reworded   []Rewording
}

// Count is how many practices changed.
func (c ContentChanges) Count() int {
	n := len(c.Reworded)
	for _, list := range c.Names {
		n += len(list.Names)
	}
	return n
}

// Rewording is a practice whose text, risk or weight changed.
type Rewording struct {
	Word   string // what became of it
	Title  string
	Values []templates.ValueChange
	Texts  []templates.WordingChange
}

// pillarsCaption says what the table of the pillars shows.
func (v CompareView) pillarsCaption() string {
	before, after := v.Told.Names()
	return v.Told.Say("Confirmed score before (open) and after (filled)", "Confirmed score of "+before+" (open) and of "+after+" (filled)") + v.Bands.Marks()
}

// radarCaption says what the lines of the radar are.
func (v CompareView) radarCaption() string {
	before, after := v.Told.Names()
	return v.Told.Say("Gray line: confirmed before. Filled: confirmed after. Dashed: best case.",
		"Gray line: "+before+", confirmed. Filled: "+after+", confirmed. Dashed: its best case.")
}

func dumbbellLabel(s story.ScoreChange) string {
	return s.Title + ": from " + story.Low(s.Before) + " to " + story.Low(s.After)
}

// size is a number without its sign.
func size(v float64) float64 { return max(v, -v) }

// isZero reports whether nothing is left of a number at so many decimals.
func isZero(v float64, decimals int) bool { return assessment.RoundTo(v, decimals) == 0 }

// fixed returns a number with the decimals.
func fixed(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }
