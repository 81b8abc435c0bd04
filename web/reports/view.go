package reports

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/reports"
	"plumbline/web/page"
)

func (h *handlers) reportsView(r *http.Request, c *assessment.Current, reports []assessment.ReportInfo,
	snapshots []assessment.SnapshotInfo, approvals map[string]assessment.Approval) view.ReportsView {
	v := view.ReportsView{
		Snapshots: h.SnapshotOptions(r, snapshots, approvals, ""),
		Compare:   templates.CompareURL(c.State.ID),
		Take:      templates.SnapshotsURL(c.State.ID),
		Denied:    page.Denied(r, access.ActReport, c.State.Workload),
	}
	mayShare := page.Allow(r, access.ActShare, c.State.Workload)
	if mayShare != nil {
		v.Unshared = page.FailureText(http.StatusForbidden, mayShare)
	}
	for _, info := range reports {
		made := info.CreatedAt.In(h.Zone(r))
		row := view.ReportRow{Title: info.Title, Kind: "Snapshot", Format: formatOf(info), Size: view.FileSize(info.Size),
			Hash: info.SHA256, Day: words.Day(made), Time: words.Clock(made), By: info.CreatedBy,
			URL: templates.ReportURL(info.ID), Show: templates.ShowReportURL(info.ID)}
		if info.Kind == assessment.ReportComparison {
			row.Kind = "Comparison"
		}
		if mayShare == nil {
			row.Share = templates.ShareURL(info.ID)
		}
		row.Kind += approvedWords(info, approvals)
		v.Rows = append(v.Rows, row)
	}
	return v
}

// formatOf returns the format of a stored report for people.
func formatOf(info assessment.ReportInfo) string {
	if info.Media == report.PDF.Media() {
		return "PDF"
	}
	_, kind, _ := strings.Cut(info.Media, "/")
	return kind
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
