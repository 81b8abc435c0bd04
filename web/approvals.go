package web

import (
	"context"
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// ApprovalStore keeps who approved which snapshot, beside the snapshots, whose documents never change.
type ApprovalStore interface {
	ApproveSnapshot(ctx context.Context, actor assessment.Actor, snapshot, note string) (assessment.Approval, error)
	WithdrawApproval(ctx context.Context, actor assessment.Actor, snapshot string, given time.Time) error
	Approval(ctx context.Context, snapshot string) (assessment.Approval, bool, error)
	Approvals(ctx context.Context, id string) (map[string]assessment.Approval, error)
}

// approvedLabel is what a list to choose from, where no glyph can stand, says of an approved snapshot.
func approvedLabel(label string) string { return "✓ " + label + ", approved" }

// approvalView returns who approved a snapshot, with what was typed where nobody has.
func (s *Server) approvalView(r *http.Request, file *snapshotFile, view templates.ApprovalView) (templates.ApprovalView, error) {
	view.Denied = denied(r, assessment.ActApprove, file.current.State.Workload)
	view.Action = templates.ApproveURL(file.ID)
	approval, ok, err := s.Store.Approval(r.Context(), file.ID)
	if err != nil || !ok {
		return view, err
	}
	at := approval.At.In(s.zone(r))
	view.Action = templates.WithdrawApprovalURL(file.ID)
	view.Approved = &templates.Approval{By: approval.Person, Day: words.Day(at), Time: words.Clock(at), Note: approval.Note,
		Given: approval.At.UTC().Format(time.RFC3339Nano)}
	return view, nil
}

// approveSnapshot stores the approval of a snapshot that has none. The form needs no version: it says that nobody has
// approved it, and where somebody else has meanwhile, it says who.
func (s *Server) approveSnapshot(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	file, note := snapshotOf(r), r.PostFormValue("note")
	_, err := s.Store.ApproveSnapshot(r.Context(), actorOf(r), file.ID, note)
	if problems, ok := complaints(err); ok {
		typed := templates.ApprovalView{Note: printable(note), Errors: problems}
		if assessment.CodeOf(err) == assessment.Conflict {
			typed.Failure, typed.Errors = problems[0].Message+". Nothing was changed.", nil
		}
		return s.renderSnapshot(w, r, statusOf(err), typed)
	}
	if err != nil {
		return err
	}
	s.notify(w, "The snapshot is approved: "+words.Cut(file.Title, 80)+".")
	return redirect(w, r, templates.SnapshotURL(file.ID))
}

// withdrawApproval takes back the approval that the form saw. One that is gone already is not a fault.
func (s *Server) withdrawApproval(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	given, err := time.Parse(time.RFC3339Nano, r.PostFormValue("given"))
	if err != nil {
		return assessment.Errorf(assessment.VersionRequired, "The form does not say which approval it saw. Open the page again")
	}
	file := snapshotOf(r)
	err = s.Store.WithdrawApproval(r.Context(), actorOf(r), file.ID, given)
	if problems, ok := complaints(err); ok {
		return s.renderSnapshot(w, r, statusOf(err), templates.ApprovalView{Failure: problems[0].Message + ". Nothing was changed."})
	}
	if err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	s.notify(w, "The approval is withdrawn: "+words.Cut(file.Title, 80)+".")
	return redirect(w, r, templates.SnapshotURL(file.ID))
}

// approvedWords says, after the kind of a report, that what it shows is approved.
func approvedWords(info assessment.ReportInfo, approvals map[string]assessment.Approval) string {
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
