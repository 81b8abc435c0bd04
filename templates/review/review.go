package review

import (
	"plumbline/assessment"
	"plumbline/templates"
)

// ReviewUploadView asks for the file of another assessment.
type ReviewUploadView struct {
	templates.Page
	Action   string
	Overview string
	Open     assessment.Status // what was chosen for recommendations that are not done
	Errors   templates.FormErrors
}

// ReviewRowsView is some rows of another assessment, each with the practice that it may be about.
type ReviewRowsView struct {
	templates.Page
	Action   string
	Again    string // address where another file is chosen
	Title    string // of the other assessment
	Of       string // for example "Rows 1 to 22 of 98"; empty where there are none
	Packed   string
	Name     string
	Open     assessment.Status
	OpenWord string
	From     string
	Seen     string
	Rows     []ReviewRowView
	Silent   []string // rows that would write nothing
	Losses   []string // what of the file is not read
	Before   string   // the first of the rows before these; empty where there are none
	After    string   // the first of the rows after these
	Errors   templates.FormErrors
}

// ReviewRowView is one row.
type ReviewRowView struct {
	Line      int
	Title     string
	Question  string
	Link      string // http or https; may be empty
	Words     []string
	Note      string
	Strength  string // how well the suggestion fits, for example "Weak match"; empty where there is none
	Suggested string // title of the suggested practice
	Reasons   string
	Status    assessment.Status // that would be written; empty for none
	Groups    []templates.OptionGroup
	Stored    *ReviewStored // what the chosen practice says already
	Conflict  bool          // it was saved since the page was shown
	Over      bool
}

// ReviewStored is an answer that stands already.
type ReviewStored struct {
	Practice string
	Answer   assessment.Answer
	By       string
	When     string
}

// ReviewDoneView says what was written and what was not.
type ReviewDoneView struct {
	templates.Page
	Title    string
	Lead     string
	Overview string
	Rows     string // address of the rows
	Packed   string
	Name     string
	Open     assessment.Status
	From     string // of the rows that were shown
	After    string // of the next ones; empty where there are none
	Next     string // for example "Continue with rows 23 to 44"
	Written  []ReviewWritten
	Left     []ReviewLeft
}

// ReviewWritten is an answer that was written.
type ReviewWritten struct {
	Title  string
	URL    string
	Status assessment.Status
	Lines  string // for example "line 17" or "lines 17, 18"
}

// ReviewLeft is a row that was not written.
type ReviewLeft struct {
	Line  string
	Title string
	Why   string
}
