package plan

import (
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// PlanView is the improvement plan: what the team means to do, and what else it could do.
type PlanView struct {
	templates.Page
	URL        string
	Bands      templates.Bands
	Items      []PlanItemRow
	Open       int         // items that are to be done
	Outside    int         // items out of scope
	Everything *Projection // of all open items; nil where there are none
	Filters    []templates.FilterChoice
	ShowsAll   bool
	Rows       []PlanRow
	Matching   int    // practices that the filters leave
	Shown      int    // of these, without those in sight only because they are ticked
	Total      int    // practices that are not adopted yet
	AllURL     string // every matching row; empty where they are shown already
	AllRowsURL string // without filters; empty where there are none
	ClearURL   string // without ticks
	Answered   bool   // anything at all
	AnswersURL string
	Projection Projection
	Errors     templates.FormErrors
	Failure    string // why nothing was stored; empty otherwise
	Denied     string // why the visitor may not change the plan; empty where they may
	Scope      templates.Scope
}

// PlanItemRow is a practice that the team means to adopt.
type PlanItemRow struct {
	Practice  string
	Title     string
	URL       string
	Status    assessment.Status
	Done      bool // adopted, or not applicable any more
	Outside   bool // out of scope
	Owner     string
	Due       string
	Overdue   bool
	Tracker   string // address where the work is tracked
	Ticket    string // what it is called there
	Gain      string
	Version   int
	ChangeURL string // empty where the visitor may not change it
	RemoveURL string
	Form      *PlanItemForm // while it is changed
}

// PlanItemForm is the form of an item with what was typed.
type PlanItemForm struct {
	URL       string
	RemoveURL string
	CancelURL string
	Version   int
	Owner     string
	Due       string
	Tracker   string
	Errors    templates.FormErrors
	Conflict  *PlanItemRow // what is stored now, where somebody else was faster
	Gone      bool         // somebody else took it out of the plan
}

// PlanRow is one recommendation.
type PlanRow struct {
	Rank      int
	Practice  string
	Title     string
	URL       string
	Pillar    string
	Status    assessment.Status
	Severity  assessment.Level
	Gain      string
	Effort    assessment.Effort
	Tradeoffs []templates.Link // that it touches; the title begins with the id
	InPlan    bool
	Ticked    bool
}

// Projection is what every score and every tradeoff would be with some practices adopted.
type Projection struct {
	Count     int // practices
	Bands     templates.Bands
	Overall   ProjectionRow
	Pillars   []ProjectionRow
	Tradeoffs []TradeoffShift
}

// ProjectionRow is one score now and then.
type ProjectionRow struct {
	Title  string
	Before assessment.Range
	After  assessment.Range
}

// TradeoffShift is a tradeoff that would change.
type TradeoffShift struct {
	Title string
	URL   string
	From  assessment.TradeoffState
	To    assessment.TradeoffState // the same where only other signals would hold
}

func (s TradeoffShift) words() string {
	if s.From == s.To {
		return "stays " + words.Lower(words.State(s.From)) + ", for different reasons"
	}
	return words.Lower(words.State(s.From)) + " to " + words.Lower(words.State(s.To))
}

const selectToPreview = "Select practices to preview scores and tradeoffs."

// said is the projection in one line.
func (p Projection) said() string {
	if p.Count == 0 {
		return "Nothing selected."
	}
	text := strconv.Itoa(p.Count) + " selected: " + p.Overall.words(p.Bands)
	if n := len(p.Tradeoffs); n > 0 {
		text += ", " + words.Plural(n, "tradeoff changes", "tradeoffs change")
	}
	return text + "."
}

func (r ProjectionRow) words(b templates.Bands) string {
	if !r.Before.Applicable {
		return "no score"
	}
	return words.Score(b, r.Before) + " → " + words.Score(b, r.After)
}

// gain is what is certain to rise, in points.
func (r ProjectionRow) gain() string {
	if !r.Before.Applicable {
		return "–"
	}
	return words.Signed(r.After.Low-r.Before.Low, 1)
}

func (r ProjectionRow) label(b templates.Bands) string {
	return r.Title + ": " + words.ScoreSaid(b, r.Before) + " now, " + words.ScoreSaid(b, r.After) + " then"
}

func (v PlanView) itemsNote() string {
	note := words.Plural(v.Open, "practice", "practices")
	done := len(v.Items) - v.Open - v.Outside
	if done+v.Outside > 0 {
		note += " open"
	}
	if done > 0 {
		note += ", " + strconv.Itoa(done) + " done"
	}
	if v.Outside > 0 {
		note += ", " + strconv.Itoa(v.Outside) + " out of scope"
	}
	return note
}

// nothingOpen says why the plan raises no score any more.
func (v PlanView) nothingOpen() string {
	if v.Outside > 0 {
		return "Nothing in the plan is open."
	}
	return "The whole plan is done and counts in the scores."
}

func (v PlanView) rowsNote() string {
	note := words.Plural(v.Matching, "practice", "practices")
	if v.Matching < v.Total {
		note = strconv.Itoa(v.Matching) + " of " + words.Plural(v.Total, "practice", "practices")
	}
	if v.AllURL != "" {
		note += ", first " + strconv.Itoa(v.Shown) + " shown"
	}
	return note
}
