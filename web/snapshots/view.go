package snapshots

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

func (h *handlers) snapshotsView(r *http.Request, c *assessment.Current, list []assessment.SnapshotInfo,
	approvals map[string]assessment.Approval, form view.SnapshotForm) view.SnapshotsView {
	view := view.SnapshotsView{
		Action:  templates.SnapshotsURL(c.State.ID),
		Bands:   c.Model.Questionnaire().Bands,
		Form:    form,
		Trend:   h.trend(r, list),
		Reports: templates.ReportsURL(c.State.ID),
		Denied:  page.Denied(r, access.ActSnapshot, c.State.Workload),
	}
	view.Chain, view.Broken = page.ChainOf(list)
	for i := range list {
		row := h.snapshotRow(r, &list[i])
		row.Report = page.Allow(r, access.ActReport, c.State.Workload) == nil
		if approval, ok := approvals[row.ID]; ok {
			row.Approved = "by " + approval.Person + ", " + words.Day(approval.At.In(h.Zone(r)))
		}
		if i+1 < len(list) {
			before := &list[i+1]
			row.Compare = templates.CompareTwoURL(c.State.ID, before.ID, row.ID)
			row.Was = before.Overall.Range
			row.Change = changeBetween(before.Overall.Range, row.Overall.Range)
		}
		view.Rows = append(view.Rows, row)
	}
	if len(list) > 1 {
		view.Compare = view.Rows[0].Compare
	}
	return view
}

func (h *handlers) snapshotRow(r *http.Request, info *assessment.SnapshotInfo) view.SnapshotRow {
	taken := info.TakenAt.In(h.Zone(r))
	return view.SnapshotRow{
		ID: info.ID, Title: info.Title, URL: templates.SnapshotURL(info.ID), Document: templates.SnapshotDocumentURL(info.ID),
		Day: words.Day(taken), Time: words.Clock(taken), By: info.TakenBy, Note: info.Note, Hash: info.SHA256, Overall: info.Overall,
	}
}

// changeBetween returns the change of the certain score as people see it: the difference of the rounded scores, so
// that it is the one that a comparison of both shows.
func changeBetween(before, after assessment.Range) string {
	if !before.Applicable || !after.Applicable {
		return ""
	}
	return words.Signed(assessment.RoundTo(after.Low, 1)-assessment.RoundTo(before.Low, 1), 1)
}

// trend returns the snapshots that have a score, by date where they are far enough apart to be told apart.
func (h *handlers) trend(r *http.Request, list []assessment.SnapshotInfo) view.Trend {
	const closest = 2.5 // of 100
	scored := slices.DeleteFunc(slices.Clone(list), func(i assessment.SnapshotInfo) bool { return !i.Overall.Range.Applicable })
	slices.Reverse(scored)
	if len(scored) < 2 {
		return view.Trend{}
	}
	first, last := scored[0].TakenAt, scored[len(scored)-1].TakenAt
	t := view.Trend{First: words.Day(first.In(h.Zone(r))), Last: words.Day(last.In(h.Zone(r)))}
	if t.First == t.Last {
		t.First, t.Last = t.First+", "+words.Clock(first.In(h.Zone(r))), words.Clock(last.In(h.Zone(r)))
	}
	span := last.Sub(first).Seconds()
	for i := range scored {
		x := 100 * float64(i) / float64(len(scored)-1)
		if span > 0 {
			x = 100 * scored[i].TakenAt.Sub(first).Seconds() / span
		}
		if i > 0 && x-t.Points[i-1].X < closest {
			t.Even = true
		}
		t.Points = append(t.Points, view.TrendPoint{X: x, Range: scored[i].Overall.Range})
	}
	for i := range t.Points {
		if t.Even {
			t.Points[i].X = 100 * float64(i) / float64(len(scored)-1)
		}
	}
	return t
}
