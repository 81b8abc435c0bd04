package compare

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/page"
)

// otherWorkloads reads the snapshots of the team's other workloads, for those who may compare with them.
func (h *handlers) otherWorkloads(r *http.Request, c *Comparison) (err error) {
	workload := c.Current.State.Workload
	if page.Allow(r, access.ActCompareAcross, workload) != nil {
		return nil
	}
	c.others, err = h.store.TeamSnapshots(r.Context(), workload.Team, workload.ID)
	return err
}

// sideGroups lists what can be chosen for a side: the assessment's own snapshots, then those of the other workloads.
func (h *handlers) sideGroups(r *http.Request, c *Comparison, selected string) []templates.OptionGroup {
	own := h.SnapshotOptions(r, c.Snapshots, c.approvals, selected)
	now := templates.Option{Value: page.SideNow, Title: "Now, " + words.Day(h.Now(r)), Chosen: selected == page.SideNow}
	groups := []templates.OptionGroup{{Options: append([]templates.Option{now}, own...)}}
	if len(c.others) == 0 {
		return groups
	}
	groups[0].Title = words.Cut(c.Current.State.Workload.Name, story.LongestName) + ", this workload"
	return append(groups, h.otherGroups(r, c, selected)...)
}

// otherGroups lists the snapshots of the other workloads, the workload with the newest one first.
func (h *handlers) otherGroups(r *http.Request, c *Comparison, selected string) []templates.OptionGroup {
	var groups []templates.OptionGroup
	at := map[string]int{}
	titles := groupTitles(c.others)
	for _, one := range c.others {
		i, known := at[one.Workload.ID]
		if !known {
			i = len(groups)
			at[one.Workload.ID] = i
			groups = append(groups, templates.OptionGroup{Title: titles[one.Workload.ID]})
		}
		label := words.Cut(one.Title, 60) + ", " + words.Day(one.TakenAt.In(h.Zone(r)))
		if one.Questionnaire.ID != c.Current.State.Questionnaire.ID {
			label += ", reviewed with " + words.Cut(one.Questionnaire.Title, story.LongestName)
		}
		if one.Approved {
			label = page.ApprovedLabel(label)
		}
		groups[i].Options = append(groups[i].Options, templates.Option{Value: one.ID, Title: label, Chosen: one.ID == selected})
	}
	return groups
}

// groupTitles names workloads, by their ids, so that two of one name can be told apart: by environment and owner, and
// where these are the same as well, by the id.
func groupTitles(list []assessment.TeamSnapshot) map[string]string {
	plain := func(w assessment.Workload) string { return words.Cut(w.Name, story.LongestName) }
	longer := func(w assessment.Workload) string {
		parts := []string{plain(w)}
		for _, part := range []string{w.Environment, w.Owner} {
			if part != "" {
				parts = append(parts, words.Cut(part, story.LongestName))
			}
		}
		return strings.Join(parts, ", ")
	}
	workloads, names, details := map[string]assessment.Workload{}, map[string]int{}, map[string]int{}
	for _, one := range list {
		if _, known := workloads[one.Workload.ID]; known {
			continue
		}
		workloads[one.Workload.ID] = one.Workload
		names[assessment.Folded(plain(one.Workload))]++
		details[assessment.Folded(longer(one.Workload))]++
	}
	titles := map[string]string{}
	for id, w := range workloads {
		title := plain(w)
		if names[assessment.Folded(title)] > 1 {
			title = longer(w)
			if details[assessment.Folded(title)] > 1 {
				title += ", " + id
			}
		}
		if w.Archived() {
			title += ", archived"
		}
		titles[id] = title
	}
	return titles
}
