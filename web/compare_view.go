package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (s *Server) compareView(r *http.Request, c *comparing) templates.CompareView {
	id := c.current.State.ID
	view := templates.CompareView{Title: "Compare", Action: templates.CompareURL(id), Alone: alone(r, c)}
	if c.before == nil {
		view.Lead = "What changed between two snapshots, and why the score moved."
		view.Missing = templates.CompareMissing{Take: templates.SnapshotsURL(id),
			Text: "There is no snapshot yet. Take one now and another one later: this page then shows what changed between them."}
		if len(c.snapshots) == 1 {
			view.Missing.Text = "There is one snapshot. Take another one when answers have changed, or compare the one there is with the assessment as it is now."
			view.Missing.Now = templates.CompareTwoURL(id, c.snapshots[0].ID, sideNow)
		}
		view.Missing.Others = s.otherGroups(r, c, "")
		return view
	}
	view.Bands = c.after.snapshot.Questionnaire.Bands
	view.Told, view.Title, view.Lead, view.Note = c.Change, c.Title(), c.Verdict(), c.Note()
	view.Before, view.After = s.sideView(r, c, c.before), s.sideView(r, c, c.after)
	view.Between = between(c)
	view.Export = compareExport(c)
	view.Export.Denied = denied(r, assessment.ActReport, c.current.State.Workload)
	view.Defects = append(sideDefects("before", c.before), sideDefects("after", c.after)...)
	view.Axes = compareAxes(c.Change)
	view.Steps = s.waterfall(r, c)
	addChanges(&view, c)
	return view
}

// alone says why the assessment cannot be compared with other workloads, nothing where it can.
func alone(r *http.Request, c *comparing) string {
	if known, ok := errors.AsType[*assessment.Error](allow(r, assessment.ActCompareAcross, c.current.State.Workload)); ok {
		return known.Message + "."
	}
	return ""
}

func (s *Server) sideView(r *http.Request, c *comparing, side *compareSide) templates.CompareSide {
	view := templates.CompareSide{Groups: s.sideGroups(r, c, side.id)}
	if !side.stored() {
		return view
	}
	if side.approvedBy != "" {
		view.Approved = "approved by " + side.approvedBy + ","
	}
	view.URL, view.Hash, view.Verified = templates.SnapshotURL(side.id), side.found.Hash, side.found.OK()
	if !offered(view.Groups, side.id) {
		label := words.Cut(side.snapshot.Title, 60) + ", " + words.Day(side.snapshot.TakenAt.In(s.zone(r)))
		if side.approvedBy != "" {
			label = approvedLabel(label)
		}
		view.Groups = append(view.Groups, templates.SnapshotGroup{Title: words.Cut(side.snapshot.Workload.Name, story.LongestName),
			Options: []templates.SnapshotOption{{ID: side.id, Selected: true, Label: label}}})
	}
	return view
}

// offered reports whether a snapshot is in one of the groups.
func offered(groups []templates.SnapshotGroup, id string) bool {
	return slices.ContainsFunc(groups, func(g templates.SnapshotGroup) bool {
		return slices.ContainsFunc(g.Options, func(o templates.SnapshotOption) bool { return o.ID == id })
	})
}

// between says what lies between both sides in the chain of the assessment.
func between(c *comparing) string {
	if c.Across() {
		return "Two workloads"
	}
	if !c.ofThis(c.before) || !c.ofThis(c.after) {
		return "Not of one assessment"
	}
	n := c.after.snapshot.Sequence - c.before.snapshot.Sequence
	text := words.Plural(max(n, -n)-1, "snapshot between them", "snapshots between them")
	switch n {
	case 0:
		text = "One snapshot"
	case 1, -1:
		text = "No snapshot between them"
	}
	says, broken := chainOf(c.snapshots)
	switch {
	case broken:
		text += ", the chain is broken"
	case says != "":
		text += ", chain verified"
	}
	return text
}

// ofThis reports whether a side belongs to the assessment that the page is about.
func (c *comparing) ofThis(side *compareSide) bool {
	return side.snapshot.Assessment == c.current.State.ID
}

func compareExport(c *comparing) templates.CompareExport {
	if !c.before.stored() || !c.after.stored() {
		return templates.CompareExport{Refused: "Now is not stored: take a snapshot to export this."}
	}
	id, before, after := c.current.State.ID, c.before.id, c.after.id
	return templates.CompareExport{Before: before, After: after,
		CSV: templates.CompareFileURL(id, "csv", before, after), JSON: templates.CompareFileURL(id, "json", before, after)}
}

// sideDefects lists what recomputing a side found, the first few of it.
func sideDefects(which string, side *compareSide) []string {
	const most = 5
	if side.found.OK() || !side.stored() {
		return nil
	}
	var list []string
	for i, defect := range side.found.Differences {
		if i == most {
			return append(list, fmt.Sprintf("%s: %d more, see the snapshot", which, len(side.found.Differences)-most))
		}
		list = append(list, which+": "+defect)
	}
	if !side.found.Canonical {
		list = append(list, which+": the document is not in its canonical form")
	}
	return list
}
