package walk

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// SheetView is the worksheet: every practice in scope, in rows.
type SheetView struct {
	templates.Page
	Views    []templates.Tab // the ways to look at the answers
	Action   string          // where the filters and the rows go
	Rows     string          // address of a part of the rows; the number of the part follows
	Row      string          // address of one row; the id of the practice follows
	Save     string          // saves one row; the id of the practice follows
	Changes  string          // where the script asks for what has changed
	SignIn   string
	User     string // ids that keep drafts of different people and assessments apart
	Of       string
	Search   string
	Groups   []ChipGroup
	Tradeoff Choice
	Found    Found
	Lines    []SheetLine
	Pager    Pager
	Toast    Toast
	Errors   templates.FormErrors
	Denied   string // why the visitor may not answer; empty where they may
}

// ChipGroup are the choices of one kind, of which several may be on.
type ChipGroup struct {
	Legend string
	Name   string // of the field
	Chips  []Chip
}

// Choice is a list of a filter; its first option takes all.
type Choice struct {
	Name    string // of the field
	Options []templates.Option
}

// Chip is one choice of a filter, with how many practices it takes.
type Chip struct {
	Value string
	Label string
	Glyph string // empty for none
	Count int
	On    bool
}

// Found says how many practices are shown, of how many.
type Found struct {
	Sequence string // of the assessment
	Shown    int
	All      int
	Out      int    // out of scope
	Scope    string // address of the scope
	Clear    string // address without filters; empty where there is none
	Mask     string // "1" for each row that is shown and "0" for each that is not, in their order
}

// SheetLine is one line of the worksheet: a pillar, a principle or the row of a practice.
type SheetLine struct {
	Pillar    *PillarLine
	Principle *PrincipleLine
	Row       *SheetRow
}

// PillarLine heads the rows of a pillar.
type PillarLine struct {
	ID       string
	Title    string
	Bands    templates.Bands
	Now, Was assessment.Range
	Count    string // for example "12 of 27 answered"
	Hidden   bool   // none of its rows is shown
}

// PrincipleLine heads the rows of a principle.
type PrincipleLine struct {
	ID     string
	Number string
	Title  string
	URL    string // of the guided page
	Count  string // for example "3 of 5"
	Hidden bool
}

// SheetRow is a practice in the worksheet.
type SheetRow struct {
	templates.PracticeView
	Index   int    // among all rows
	Open    bool   // with help, note, evidence and history
	URL     string // of the page where it is open, or is not any more
	Hidden  bool
	Changed bool // since the last snapshot
	History []PastChange
	AllURL  string // of its whole history
	Guided  string // of its place in the guided page
	Plan    string // adds it to the plan; empty where it is there
	Planned bool
	PlanURL string
}

// PastChange is one earlier change of a practice.
type PastChange struct {
	At      templates.Instant
	By      string
	Shifts  []story.ValueShift
	PutBack string // address that undoes it or sets it again; empty where neither is offered
	Label   string // Undo or Restore
}

// Pager leads to the other parts of a long worksheet.
type Pager struct {
	Page, Pages    int
	Previous, Next string // addresses; empty at the ends
	Parts          int    // of all rows, for the script
	Whole          bool   // the page is the first part of all rows
}

// Toast says what was changed, and offers to take it back for a while.
type Toast struct {
	Says      string
	URL       string
	Sequences []string
	Practice  string // that it is about; empty for several
}

// SheetAround is what any answer may change beside its row.
type SheetAround struct {
	Sequence   string
	Pillars    []PillarLine
	Principles []PrincipleLine
	Groups     []ChipGroup
	Tradeoffs  string // count beside the tab
	Toast      Toast
	Toasted    bool // the toast is to be shown
	Say        string
}

// bulkAnswers are the answers that several practices can be given at once.
var bulkAnswers = []assessment.Status{assessment.Absent, assessment.Partial, assessment.Adopted, assessment.NotApplicable}

func (f Found) sentence() string {
	if f.Clear == "" {
		return words.Plural(f.All, "practice", "practices")
	}
	return words.Count(f.Shown) + " of " + words.Plural(f.All, "practice", "practices")
}

func (r SheetRow) evidenceSaid() string {
	return words.Plural(len(r.Stored.Evidence), "link", "links") + " of evidence"
}

func severity(level assessment.Level) string { return "sv sv-" + string(level) }
