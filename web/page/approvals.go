package page

import (
	"context"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// ApprovalStore keeps who approved which snapshot, beside the snapshots, whose documents never change.
type ApprovalStore interface {
	ApproveSnapshot(ctx context.Context, actor access.Actor, snapshot, note string) (assessment.Approval, error)
	WithdrawApproval(ctx context.Context, actor access.Actor, snapshot string, given time.Time) error
	Approval(ctx context.Context, snapshot string) (assessment.Approval, bool, error)
	Approvals(ctx context.Context, id string) (map[string]assessment.Approval, error)
}

// ApprovedLabel is what a list to choose from, where no glyph can stand, says of an approved snapshot.
func ApprovedLabel(label string) string { return "✓ " + label + ", approved" }

// ApprovedWords says, after the kind of a report, that what it shows is approved.
func ApprovedWords(info assessment.ReportInfo, approvals map[string]assessment.Approval) string {
	_, approved := approvals[info.Snapshot]
	if info.Kind == assessment.ReportSnapshot {
		if approved {
			return ", approved"
		}
		return ""
	}
	if _, before := approvals[info.Before]; approved && before {
		return " of approved snapshots"
	}
	return ""
}
