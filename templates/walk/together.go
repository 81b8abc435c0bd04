package walk

import "plumbline/templates"

// TogetherView asks which part of the questionnaire is not applicable, and why.
type TogetherView struct {
	templates.Page
	Errors  templates.FormErrors
	Action  string
	Back    string // the page of the principle
	Version string // of the assessment that the page shows
	Parts   []PartView
	Reason  string
	Reasons []string  // that are offered
	Before  []SetView // what was set like this before and can be undone
	Denied  string
}

// PartView is a question, a principle or a pillar that can be set not applicable.
type PartView struct {
	Value  string
	Title  string
	Says   string // how many practices it is about
	Chosen bool
	Empty  bool // nothing is left to set
}

// SetView is what was set not applicable together.
type SetView struct {
	Undo     string // address
	Sequence string
	Title    string // the part
	Says     string // how many practices, and who did it
	At       templates.Instant
	Reason   string
	Denied   bool // the visitor may not undo it
}
