package snapshots

import "plumbline/templates"

// ApprovalView is a lead's word on a snapshot, or the form that gives it.
type ApprovalView struct {
	Approved *Approval // nil while nobody has
	Action   string    // address that approves it, or takes the approval back
	Denied   string    // why the visitor may do neither; empty where they may
	Note     string    // what was typed
	Failure  string    // what somebody else did meanwhile; empty for nothing
	Errors   templates.FormErrors
}

// Approval says who approved a snapshot.
type Approval struct {
	By    string
	Day   string
	Time  string
	Note  string
	Given string // the moment, by which a form names the approval that it saw
}

// says is the approval in a sentence.
func (a Approval) says() string { return "Approved by " + a.By + " on " + a.Day + " at " + a.Time }

// ApproveURL approves a snapshot.
func ApproveURL(snapshot string) string { return templates.SnapshotURL(snapshot) + "/approval" }

// WithdrawApprovalURL takes the approval of a snapshot back.
func WithdrawApprovalURL(snapshot string) string { return ApproveURL(snapshot) + "/withdraw" }
