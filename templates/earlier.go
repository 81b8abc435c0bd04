package templates

import "plumbline/assessment"

// EarlierView is an earlier answer that is offered on the walk.
type EarlierView struct {
	Who    string // You, or a name
	When   Instant
	Answer assessment.Answer
	Values []ValueChange
	Texts  []WordingChange
}
