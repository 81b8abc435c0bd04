package reports

import (
	"context"
	"errors"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/reports"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

func (h *handlers) showReports(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	reports, err := h.store.Reports(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	snapshots, err := h.store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	approvals, err := h.store.Approvals(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	v := h.reportsView(r, c, access.Readable(page.ActorOf(r), reports), snapshots, approvals)
	v.Page = h.Placed(w, r, c, page.TabReports, "Reports")
	return h.Render(w, r, http.StatusOK, view.Reports(v))
}

// showReport answers with a stored report: to be kept, or to be shown where the address says so.
func (h *handlers) showReport(w http.ResponseWriter, r *http.Request) error {
	stored := page.ReportOf(r)
	page.ServeDocument(w, r, page.Download{Media: stored.Media, Name: stored.FileName, Tag: stored.SHA256,
		Content: h.Store.ReportDocument(r.Context(), stored), Inline: r.URL.Query().Get("inline") == "1"})
	return nil
}

// makeReport leads to the stored PDF of a snapshot or a comparison. It is drawn where there is none yet.
func (h *handlers) makeReport(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	request, err := h.ReportRequested(r.Context(), page.VisitorOf(r), r.PostFormValue("before"))
	if err != nil {
		return err
	}
	info, drawn, err := h.ReportOn(r.Context(), page.ActorOf(r), request)
	if errors.Is(err, drawing.ErrBusy) {
		w.Header().Set("Retry-After", drawing.BusyPatience)
		h.FailurePage(w, r, http.StatusServiceUnavailable, drawing.BusyText)
		return nil
	}
	if err != nil {
		return err
	}
	if !drawn {
		return h.leadToReport(w, r, request, info, "This report already exists: ")
	}
	return h.leadToReport(w, r, request, info, "Report created: ")
}

// leadToReport leads to the document, or back to the list where the form stood there: a download leaves the page that it
// began on as it was, and that would go on to say that there is no report.
func (h *handlers) leadToReport(w http.ResponseWriter, r *http.Request, request ReportRequest, info assessment.ReportInfo, says string) error {
	if r.PostFormValue("then") != "list" {
		return page.Redirect(w, r, templates.ReportURL(info.ID))
	}
	h.Notify(w, says+words.Cut(request.after.Title, 80)+".")
	return page.Redirect(w, r, templates.ReportsURL(request.after.Current.State.ID))
}

// ReportOn returns the stored PDF that is asked for, and whether it had to be drawn, which is limited by rate.
// drawing.ErrBusy is in the chain of the error where too many are drawn at once.
func (h *handlers) ReportOn(ctx context.Context, actor access.Actor, request ReportRequest) (info assessment.ReportInfo, drawn bool, err error) {
	info, found, err := h.store.FindReport(ctx, request.kind(), request.after.ID, request.beforeID(), report.PDF.Media(), report.Version)
	if err != nil || found {
		return info, false, err
	}
	if !h.Reports.Take(actor.User.ID) {
		return info, false, assessment.Errorf(assessment.TooMany,
			"You can create %d reports a minute. Wait a minute, then try again", page.ReportsPerUser)
	}
	made, err := h.draw(ctx, request)
	if err != nil {
		return info, false, err
	}
	info, err = h.store.SaveReport(ctx, actor, made)
	return info, true, err
}

// ReportRequest is the report that somebody asks for.
type ReportRequest struct {
	before *page.SnapshotFile // nil for the report of one snapshot
	after  *page.SnapshotFile
}

func (q ReportRequest) kind() string {
	if q.before == nil {
		return assessment.ReportSnapshot
	}
	return assessment.ReportComparison
}

func (q ReportRequest) beforeID() string {
	if q.before == nil {
		return ""
	}
	return q.before.ID
}

// ReportRequested returns the report on the snapshot that the address names: where before is the id of another one, on
// the change since that.
func (h *handlers) ReportRequested(ctx context.Context, v *page.Visitor, before string) (request ReportRequest, err error) {
	request.after = v.Named.Snapshot
	if before != "" {
		request.before, err = h.OtherSnapshot(ctx, v.Actor, before, request.after.Current)
	}
	return request, err
}

func (h *handlers) draw(ctx context.Context, request ReportRequest) (assessment.Report, error) {
	made := assessment.Report{Kind: request.kind(), Snapshot: request.after.ID, Before: request.beforeID(), Media: report.PDF.Media(), Renderer: report.Version}
	after, err := request.after.Read(ctx)
	if err != nil {
		return made, err
	}
	afterNamed := report.Named{Hash: request.after.SHA256, Snapshot: after}
	made.FileName = page.SnapshotFileName(after, string(report.PDF))
	write := func(ctx context.Context, w io.Writer) error { return h.drawer.Snapshot(ctx, w, report.PDF, afterNamed) }
	if request.before != nil {
		before, err := request.before.Read(ctx)
		if err != nil {
			return made, err
		}
		if err := assessment.CheckComparable(before, after); err != nil {
			return made, err
		}
		comparison, err := assessment.Compare(before, after)
		if err != nil {
			return made, err
		}
		made.FileName = page.ComparisonFileName(before, after, string(report.PDF))
		write = func(ctx context.Context, w io.Writer) error {
			return h.drawer.Comparison(ctx, w, report.PDF, comparison, report.Named{Hash: request.before.SHA256, Snapshot: before}, afterNamed)
		}
	}
	made.Document, err = h.drawer.Draw(ctx, write)
	return made, err
}
