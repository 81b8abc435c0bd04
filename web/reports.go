package web

import (
	"context"
	"errors"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/templates"
)

func (s *Server) showReports(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	reports, err := s.Store.Reports(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	snapshots, err := s.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	approvals, err := s.Store.Approvals(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	view := s.reportsView(r, c, reports, snapshots, approvals)
	view.Page = s.placed(w, r, c, tabReports, "Reports")
	return s.render(w, r, http.StatusOK, templates.Reports(view))
}

// showReport answers with a stored report: to be kept, or to be shown where the address says so.
func (s *Server) showReport(w http.ResponseWriter, r *http.Request) error {
	stored := reportOf(r)
	serveDocument(w, r, download{media: stored.Media, name: stored.FileName, tag: stored.SHA256, content: stored.document,
		inline: r.URL.Query().Get("inline") == "1"})
	return nil
}

// makeReport leads to the stored PDF of a snapshot or a comparison. It is drawn where there is none yet.
func (s *Server) makeReport(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	request, err := s.reportRequested(r.Context(), visitorOf(r), r.PostFormValue("before"))
	if err != nil {
		return err
	}
	info, drawn, err := s.reportOn(r.Context(), actorOf(r), request)
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", busyPatience)
		s.failurePage(w, r, http.StatusServiceUnavailable, busyText)
		return nil
	}
	if err != nil {
		return err
	}
	if !drawn {
		return s.leadToReport(w, r, request, info, "This report was made before, and is in the list: ")
	}
	return s.leadToReport(w, r, request, info, "The report is made: ")
}

// leadToReport leads to the document, or back to the list where the form stood there: a download leaves the page that it
// began on as it was, and that would go on to say that there is no report.
func (s *Server) leadToReport(w http.ResponseWriter, r *http.Request, request reportRequest, info assessment.ReportInfo, says string) error {
	if r.PostFormValue("then") != "list" {
		return redirect(w, r, templates.ReportURL(info.ID))
	}
	s.notify(w, says+ellipsized(request.after.Title, 80)+".")
	return redirect(w, r, templates.ReportsURL(request.after.current.State.ID))
}

// reportOn returns the stored PDF that is asked for, and whether it had to be drawn, which is limited by rate. errBusy
// is in the chain of the error where too many are drawn at once.
func (s *Server) reportOn(ctx context.Context, actor assessment.Actor, request reportRequest) (info assessment.ReportInfo, drawn bool, err error) {
	info, found, err := s.Store.FindReport(ctx, request.kind(), request.after.ID, request.beforeID(), report.PDF.Media(), report.Version)
	if err != nil || found {
		return info, false, err
	}
	if overUnseen(ctx, s.limits.reports, actor.User.ID) {
		return info, false, assessment.Errorf(assessment.TooMany,
			"At most %d new reports a minute are made for one person. Wait a minute, then try again", reportsPerUser)
	}
	made, err := s.draw(ctx, request)
	if err != nil {
		return info, false, err
	}
	info, err = s.Store.SaveReport(ctx, actor, made)
	return info, true, err
}

// reportRequest is the report that somebody asks for.
type reportRequest struct {
	before *snapshotFile // nil for the report of one snapshot
	after  *snapshotFile
}

func (q reportRequest) kind() string {
	if q.before == nil {
		return assessment.ReportSnapshot
	}
	return assessment.ReportComparison
}

func (q reportRequest) beforeID() string {
	if q.before == nil {
		return ""
	}
	return q.before.ID
}

// reportRequested returns the report on the snapshot that the address names: where before is the id of another one, on
// the change since that.
func (s *Server) reportRequested(ctx context.Context, v *visitor, before string) (request reportRequest, err error) {
	request.after = v.named.snapshot
	if before != "" {
		request.before, err = s.otherSnapshot(ctx, v.Actor, before, request.after.current)
	}
	return request, err
}

// otherSnapshot returns a snapshot to compare with an assessment. One of another workload must be of the same team, and
// the person one who may compare across workloads.
func (s *Server) otherSnapshot(ctx context.Context, actor assessment.Actor, id string, c *assessment.Current) (*snapshotFile, error) {
	file, err := s.storedSnapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	mine, other := c.State.Workload, file.current.State.Workload
	if mine.Team != other.Team {
		return nil, assessment.Errorf(assessment.NotFound, "There is no such snapshot")
	}
	if mine.ID != other.ID {
		return file, assessment.Allow(actor, assessment.ActCompareAcross, mine.Team)
	}
	return file, nil
}

func (s *Server) draw(ctx context.Context, request reportRequest) (assessment.Report, error) {
	made := assessment.Report{Kind: request.kind(), Snapshot: request.after.ID, Before: request.beforeID(), Media: report.PDF.Media(), Renderer: report.Version}
	after, err := request.after.named()
	if err != nil {
		return made, err
	}
	made.FileName = snapshotFileName(after.Snapshot, report.PDF)
	write := func(ctx context.Context, w io.Writer) error { return s.drawer.Snapshot(ctx, w, report.PDF, after) }
	if request.before != nil {
		before, err := request.before.named()
		if err != nil {
			return made, err
		}
		if err := assessment.CheckComparable(before.Snapshot, after.Snapshot); err != nil {
			return made, err
		}
		comparison, err := assessment.Compare(before.Snapshot, after.Snapshot)
		if err != nil {
			return made, err
		}
		made.FileName = comparisonFileName(before.Snapshot, after.Snapshot, report.PDF)
		write = func(ctx context.Context, w io.Writer) error {
			return s.drawer.Comparison(ctx, w, report.PDF, comparison, before, after)
		}
	}
	made.Document, err = s.drawer.draw(ctx, write)
	return made, err
}

// named returns the snapshot as the report knows it.
func (f *snapshotFile) named() (report.Named, error) {
	snapshot, err := assessment.ReadSnapshot(f.document)
	if err != nil {
		return report.Named{}, assessment.Wrap(assessment.Internal, err, "The stored snapshot cannot be read")
	}
	return report.Named{Hash: f.SHA256, Snapshot: snapshot}, nil
}
