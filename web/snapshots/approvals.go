package snapshots

import (
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

// approvalView returns who approved a snapshot, with what was typed where nobody has.
func (h *handlers) approvalView(r *http.Request, file *page.SnapshotFile, v view.ApprovalView) (view.ApprovalView, error) {
	v.Denied = page.Denied(r, access.ActApprove, file.Current.State.Workload)
	v.Action = view.ApproveURL(file.ID)
	approval, ok, err := h.store.Approval(r.Context(), file.ID)
	if err != nil || !ok {
		return v, err
	}
	at := approval.At.In(h.Zone(r))
	v.Action = view.WithdrawApprovalURL(file.ID)
	v.Approved = &view.Approval{By: approval.Person, Day: words.Day(at), Time: words.Clock(at), Note: approval.Note,
		Given: approval.At.UTC().Format(time.RFC3339Nano)}
	return v, nil
}

// approveSnapshot stores the approval of a snapshot that has none. The form needs no version: it says that nobody has
// approved it, and where somebody else has meanwhile, it says who.
func (h *handlers) approveSnapshot(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	file, note := page.SnapshotOf(r), r.PostFormValue("note")
	_, err := h.store.ApproveSnapshot(r.Context(), page.ActorOf(r), file.ID, note)
	if problems, ok := page.Complaints(err); ok {
		typed := view.ApprovalView{Note: page.Printable(note), Errors: problems}
		if assessment.CodeOf(err) == assessment.Conflict {
			typed.Failure, typed.Errors = problems[0].Message+". Nothing was changed.", nil
		}
		return h.renderSnapshot(w, r, page.StatusOf(err), typed)
	}
	if err != nil {
		return err
	}
	h.Notify(w, "Snapshot approved: "+words.Cut(file.Title, 80)+".")
	return page.Redirect(w, r, templates.SnapshotURL(file.ID))
}

// withdrawApproval takes back the approval that the form saw. One that is gone already is not a fault.
func (h *handlers) withdrawApproval(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	given, err := time.Parse(time.RFC3339Nano, r.PostFormValue("given"))
	if err != nil {
		return assessment.Errorf(assessment.VersionRequired, page.FormOutdated)
	}
	file := page.SnapshotOf(r)
	err = h.store.WithdrawApproval(r.Context(), page.ActorOf(r), file.ID, given)
	if problems, ok := page.Complaints(err); ok {
		return h.renderSnapshot(w, r, page.StatusOf(err), view.ApprovalView{Failure: problems[0].Message + ". Nothing was changed."})
	}
	if err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	h.Notify(w, "Approval withdrawn: "+words.Cut(file.Title, 80)+".")
	return page.Redirect(w, r, templates.SnapshotURL(file.ID))
}
