package web

import (
	"fmt"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) snapshotsView(r *http.Request, c *assessment.Current, list []assessment.SnapshotInfo,
	approvals map[string]assessment.Approval, form templates.SnapshotForm) templates.SnapshotsView {
	view := templates.SnapshotsView{
		Action:  templates.SnapshotsURL(c.State.ID),
		Bands:   c.Model.Questionnaire().Bands,
		Form:    form,
		Trend:   s.trend(r, list),
		Reports: templates.ReportsURL(c.State.ID),
		Denied:  denied(r, assessment.ActSnapshot, c.State.Workload),
	}
	view.Chain, view.Broken = chainOf(list)
	for i := range list {
		row := s.snapshotRow(r, &list[i])
		row.Report = allow(r, assessment.ActReport, c.State.Workload) == nil
		if approval, ok := approvals[row.ID]; ok {
			row.Approved = "by " + approval.Person + ", " + templates.Day(approval.At.In(s.zone(r)))
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

func (s *Server) snapshotRow(r *http.Request, info *assessment.SnapshotInfo) templates.SnapshotRow {
	taken := info.TakenAt.In(s.zone(r))
	return templates.SnapshotRow{
		ID: info.ID, Title: info.Title, URL: templates.SnapshotURL(info.ID), Document: templates.SnapshotDocumentURL(info.ID),
		Day: templates.Day(taken), Time: taken.Format("15:04"), By: info.TakenBy, Note: info.Note, Hash: info.SHA256, Overall: info.Overall,
	}
}

// changeBetween returns the change of the certain score as people see it: the difference of the rounded scores, so
// that it is the one that a comparison of both shows.
func changeBetween(before, after assessment.Range) string {
	if !before.Applicable || !after.Applicable {
		return ""
	}
	return templates.Signed(assessment.RoundTo(after.Low, 1)-assessment.RoundTo(before.Low, 1), 1)
}

// chainOf says whether each snapshot names the hash of the one before; the list has the newest first. Empty for fewer
// than two.
func chainOf(list []assessment.SnapshotInfo) (says string, broken bool) {
	if len(list) < 2 {
		return "", false
	}
	for i := range list[:len(list)-1] {
		later, earlier := &list[i], &list[i+1]
		if later.Previous != earlier.SHA256 || later.Sequence != earlier.Sequence+1 {
			return fmt.Sprintf("The chain is broken: “%s” does not name the hash of “%s”. One of them was changed or removed outside Plumbline.",
				later.Title, earlier.Title), true
		}
	}
	if last := &list[len(list)-1]; last.Previous != "" || last.Sequence != 1 {
		return fmt.Sprintf("The chain is broken: “%s” is not the first snapshot, and the one before it is missing.", last.Title), true
	}
	return "Chain verified", false
}

// trend returns the snapshots that have a score, by date where they are far enough apart to be told apart.
func (s *Server) trend(r *http.Request, list []assessment.SnapshotInfo) templates.Trend {
	const closest = 2.5 // of 100
	scored := slices.DeleteFunc(slices.Clone(list), func(i assessment.SnapshotInfo) bool { return !i.Overall.Range.Applicable })
	slices.Reverse(scored)
	if len(scored) < 2 {
		return templates.Trend{}
	}
	first, last := scored[0].TakenAt, scored[len(scored)-1].TakenAt
	t := templates.Trend{First: templates.Day(first.In(s.zone(r))), Last: templates.Day(last.In(s.zone(r)))}
	if t.First == t.Last {
		t.First, t.Last = first.In(s.zone(r)).Format("2 January 2006, 15:04"), last.In(s.zone(r)).Format("15:04")
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
		t.Points = append(t.Points, templates.TrendPoint{X: x, Range: scored[i].Overall.Range})
	}
	for i := range t.Points {
		if t.Even {
			t.Points[i].X = 100 * float64(i) / float64(len(scored)-1)
		}
	}
	return t
}
