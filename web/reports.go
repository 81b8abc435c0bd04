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
	c, err := s.current(r)
	if err != nil {
		return err
	}
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
	wish, err := s.reportWish(r)
	if err != nil {
		return err
	}
	info, drawn, err := s.reportOn(r.Context(), actorOf(r), wish)
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", busyPatience)
		s.failurePage(w, r, http.StatusServiceUnavailable, busyText)
		return nil
	}
	if err != nil {
		return err
	}
	if !drawn {
		return s.leadToReport(w, r, wish, info, "This report was made before, and is in the list: ")
	}
	return s.leadToReport(w, r, wish, info, "The report is made: ")
}

// leadToReport leads to the document, or back to the list where the form stood there: a download leaves the page that it
// began on as it was, and that would go on to say that there is no report.
func (s *Server) leadToReport(w http.ResponseWriter, r *http.Request, wish reportWish, info assessment.ReportInfo, says string) error {
	if r.PostFormValue("then") != "list" {
		return redirect(w, r, templates.ReportURL(info.ID))
	}
	s.notify(w, says+ellipsized(wish.after.Title, 80)+".")
	return redirect(w, r, templates.ReportsURL(wish.after.current.State.ID))
}

// reportOn returns the stored PDF that is wished for, and whether it had to be drawn, which is limited by rate. errBusy
// is in the chain of the error where too many are drawn at once.
func (s *Server) reportOn(ctx context.Context, actor assessment.Actor, wish reportWish) (info assessment.ReportInfo, drawn bool, err error) {
	info, found, err := s.Store.FindReport(ctx, wish.kind, wish.after.ID, wish.beforeID(), report.PDF.Media(), report.Version)
	if err != nil || found {
		return info, false, err
	}
	if err := assessment.Allow(actor, assessment.ActReport, wish.after.current.State.Workload.Team); err != nil {
		return info, false, err
	}
	if overUnseen(ctx, s.limits.reports, actor.User.ID) {
		return info, false, assessment.Errorf(assessment.TooMany,
			"At most %d new reports a minute are made for one person. Wait a minute, then try again", reportsPerUser)
	}
	made, err := s.draw(ctx, wish)
	if err != nil {
		return info, false, err
	}
	info, err = s.Store.SaveReport(ctx, actor, made)
	return info, true, err
}

// reportWish is the report that a form asks for.
type reportWish struct {
	kind   string
	before *snapshotFile // nil for the report of one snapshot
	after  *snapshotFile
}

func (w reportWish) beforeID() string {
	if w.before == nil {
		return ""
	}
	return w.before.ID
}

func (s *Server) reportWish(r *http.Request) (reportWish, error) {
	wish := reportWish{kind: r.PostFormValue("kind")}
	if wish.kind != assessment.ReportSnapshot && wish.kind != assessment.ReportComparison {
		return wish, assessment.InvalidField("kind", "A report is about a snapshot or about a comparison")
	}
	var err error
	if wish.after, err = s.storedSnapshot(r.Context(), r.PostFormValue("snapshot")); err != nil {
		return wish, err
	}
	if err := allow(r, assessment.ActRead, wish.after.current.State.Workload); err != nil {
		return wish, err
	}
	if wish.kind == assessment.ReportComparison {
		wish.before, err = s.otherSnapshot(r.Context(), actorOf(r), r.PostFormValue("before"), wish.after.current)
	}
	return wish, err
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

func (s *Server) draw(ctx context.Context, wish reportWish) (assessment.Report, error) {
	made := assessment.Report{Kind: wish.kind, Snapshot: wish.after.ID, Before: wish.beforeID(), Media: report.PDF.Media(), Renderer: report.Version}
	after, err := wish.after.named()
	if err != nil {
		return made, err
	}
	made.FileName = snapshotFileName(after.Snapshot, report.PDF)
	write := func(ctx context.Context, w io.Writer) error { return s.drawer.Snapshot(ctx, w, report.PDF, after) }
	if wish.before != nil {
		before, err := wish.before.named()
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
