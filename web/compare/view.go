package compare

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/compare"
	"plumbline/web/page"
)

func (h *handlers) compareView(r *http.Request, c *Comparison) view.CompareView {
	id := c.Current.State.ID
	v := view.CompareView{Title: "Compare", Action: templates.CompareURL(id), Alone: alone(r, c)}
	if c.before == nil {
		v.Lead = "What changed between two snapshots, and why the score changed."
		v.Missing = view.CompareMissing{Take: templates.SnapshotsURL(id),
			Text: "No snapshots yet. Create one now and another later to compare them."}
		if len(c.Snapshots) == 1 {
			v.Missing.Text = "There is one snapshot. Create another when answers have changed, or compare it with the current assessment."
			v.Missing.Now = templates.CompareTwoURL(id, c.Snapshots[0].ID, page.SideNow)
		}
		v.Missing.Others = h.otherGroups(r, c, "")
		return v
	}
	v.Bands = c.after.snapshot.Questionnaire.Bands
	v.Told, v.Title, v.Lead, v.Note = c.Change, c.Title(), c.Verdict(), c.Note()
	v.Before, v.After = h.sideView(r, c, c.before), h.sideView(r, c, c.after)
	v.Between = between(c)
	v.Export = compareExport(c)
	v.Export.Denied = page.Denied(r, access.ActReport, c.Current.State.Workload)
	v.Defects = append(sideDefects("before", c.before), sideDefects("after", c.after)...)
	v.Axes = compareAxes(c.Change)
	v.Steps = h.waterfall(r, c)
	addChanges(&v, c)
	return v
}

// alone says why the assessment cannot be compared with other workloads, nothing where it can.
func alone(r *http.Request, c *Comparison) string {
	if known, ok := errors.AsType[*assessment.Error](page.Allow(r, access.ActCompareAcross, c.Current.State.Workload)); ok {
		return known.Message + "."
	}
	return ""
}

func (h *handlers) sideView(r *http.Request, c *Comparison, side *side) view.CompareSide {
	v := view.CompareSide{Groups: h.sideGroups(r, c, side.id)}
	if !side.stored() {
		return v
	}
	if side.approvedBy != "" {
		v.Approved = "approved by " + side.approvedBy + ","
	}
	v.URL, v.Hash, v.Verified = templates.SnapshotURL(side.id), side.found.Hash, side.found.OK()
	if !offered(v.Groups, side.id) {
		label := words.Cut(side.snapshot.Title, 60) + ", " + words.Day(side.snapshot.TakenAt.In(h.Zone(r)))
		if side.approvedBy != "" {
			label = page.ApprovedLabel(label)
		}
		v.Groups = append(v.Groups, templates.OptionGroup{Title: words.Cut(side.snapshot.Workload.Name, story.LongestName),
			Options: []templates.Option{{Value: side.id, Title: label, Chosen: true}}})
	}
	return v
}

// offered reports whether a snapshot is in one of the groups.
func offered(groups []templates.OptionGroup, id string) bool {
	return slices.ContainsFunc(groups, func(g templates.OptionGroup) bool {
		return slices.ContainsFunc(g.Options, func(o templates.Option) bool { return o.Value == id })
	})
}

// between says what lies between both sides in the chain of the assessment.
func between(c *Comparison) string {
	if c.Across() {
		return "Two workloads"
	}
	if !c.ofThis(c.before) || !c.ofThis(c.after) {
		return "Different assessments"
	}
	n := c.after.snapshot.Sequence - c.before.snapshot.Sequence
	text := words.Plural(max(n, -n)-1, "snapshot between them", "snapshots between them")
	switch n {
	case 0:
		text = "One snapshot"
	case 1, -1:
		text = "Consecutive snapshots"
	}
	says, broken := page.ChainOf(c.Snapshots)
	switch {
	case broken:
		text += ", integrity check failed"
	case says != "":
		text += ", integrity verified"
	}
	return text
}

// ofThis reports whether a side belongs to the assessment that the page is about.
func (c *Comparison) ofThis(side *side) bool {
	return side.snapshot.Assessment == c.Current.State.ID
}

func compareExport(c *Comparison) view.CompareExport {
	if !c.before.stored() || !c.after.stored() {
		return view.CompareExport{Refused: "To export this comparison, create a snapshot first."}
	}
	id, before, after := c.Current.State.ID, c.before.id, c.after.id
	return view.CompareExport{Before: before, After: after,
		CSV: templates.CompareFileURL(id, "csv", before, after), JSON: templates.CompareFileURL(id, "json", before, after)}
}

// sideDefects lists what recomputing a side found, the first few of it.
func sideDefects(which string, side *side) []string {
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
