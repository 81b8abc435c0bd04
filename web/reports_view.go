package web

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (s *Server) reportsView(r *http.Request, c *assessment.Current, reports []assessment.ReportInfo,
	snapshots []assessment.SnapshotInfo, approvals map[string]assessment.Approval) templates.ReportsView {
	view := templates.ReportsView{
		Snapshots: s.snapshotOptions(r, snapshots, approvals, ""),
		Compare:   templates.CompareURL(c.State.ID),
		Take:      templates.SnapshotsURL(c.State.ID),
		Denied:    denied(r, assessment.ActReport, c.State.Workload),
	}
	mayShare := allow(r, assessment.ActShare, c.State.Workload)
	if mayShare != nil {
		view.Unshared = failureText(http.StatusForbidden, mayShare)
	}
	for _, info := range reports {
		made := info.CreatedAt.In(s.zone(r))
		row := templates.ReportRow{Title: info.Title, Kind: "Snapshot", Format: formatOf(info), Size: templates.FileSize(info.Size),
			Hash: info.SHA256, Day: words.Day(made), Time: words.Clock(made), By: info.CreatedBy,
			URL: templates.ReportURL(info.ID), Show: templates.ShowReportURL(info.ID)}
		if info.Kind == assessment.ReportComparison {
			row.Kind = "Comparison"
		}
		if mayShare == nil {
			row.Share = templates.ShareURL(info.ID)
		}
		row.Kind += approvedWords(info, approvals)
		view.Rows = append(view.Rows, row)
	}
	return view
}

// formatOf returns the format of a stored report for people.
func formatOf(info assessment.ReportInfo) string {
	if info.Media == report.PDF.Media() {
		return "PDF"
	}
	_, kind, _ := strings.Cut(info.Media, "/")
	return kind
}

func (s *Server) snapshotOptions(r *http.Request, list []assessment.SnapshotInfo, approvals map[string]assessment.Approval, selected string) []templates.SnapshotOption {
	options := make([]templates.SnapshotOption, len(list))
	for i, info := range list {
		options[i] = templates.SnapshotOption{ID: info.ID, Selected: info.ID == selected,
			Label: words.Cut(info.Title, 60) + ", " + words.Day(info.TakenAt.In(s.zone(r)))}
		if _, ok := approvals[info.ID]; ok {
			options[i].Label = approvedLabel(options[i].Label)
		}
	}
	return options
}
