package move

import "plumbline/templates"

// DifferenceView sets two questionnaires side by side.
type DifferenceView struct {
	templates.Page
	Errors templates.FormErrors
	Before templates.SelectInput
	After  templates.SelectInput
	Ready  bool   // both are chosen; without that only the form shows
	Lead   string // the difference in a sentence
	Swap   string
	Totals []PartTotal
	Groups []templates.DifferenceGroup
}

// PartTotal is one row of the summary.
type PartTotal struct {
	Kind                          string
	Added, Removed, Changed, Same int
	Of                            string // in what the changed ones changed
}
