package web

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// otherWorkloads reads the snapshots of the team's other workloads, for those who may compare with them.
func (s *Server) otherWorkloads(r *http.Request, c *comparing) (err error) {
	workload := c.current.State.Workload
	if allow(r, assessment.ActCompareAcross, workload) != nil {
		return nil
	}
	c.others, err = s.Store.TeamSnapshots(r.Context(), workload.Team, workload.ID)
	return err
}

// sideGroups lists what can be chosen for a side: the assessment's own snapshots, then those of the other workloads.
func (s *Server) sideGroups(r *http.Request, c *comparing, selected string) []templates.SnapshotGroup {
	own := s.snapshotOptions(r, c.snapshots, c.approvals, selected)
	now := templates.SnapshotOption{ID: sideNow, Label: "Now, " + words.Day(s.now(r)), Selected: selected == sideNow}
	groups := []templates.SnapshotGroup{{Options: append([]templates.SnapshotOption{now}, own...)}}
	if len(c.others) == 0 {
		return groups
	}
	groups[0].Title = words.Cut(c.current.State.Workload.Name, story.LongestName) + ", this workload"
	return append(groups, s.otherGroups(r, c, selected)...)
}

// otherGroups lists the snapshots of the other workloads, the workload with the newest one first.
func (s *Server) otherGroups(r *http.Request, c *comparing, selected string) []templates.SnapshotGroup {
	var groups []templates.SnapshotGroup
	at := map[string]int{}
	titles := groupTitles(c.others)
	for _, one := range c.others {
		i, known := at[one.Workload.ID]
		if !known {
			i = len(groups)
			at[one.Workload.ID] = i
			groups = append(groups, templates.SnapshotGroup{Title: titles[one.Workload.ID]})
		}
		label := words.Cut(one.Title, 60) + ", " + words.Day(one.TakenAt.In(s.zone(r)))
		if one.Questionnaire.ID != c.current.State.Questionnaire.ID {
			label += ", reviewed with " + words.Cut(one.Questionnaire.Title, story.LongestName)
		}
		if one.Approved {
			label = approvedLabel(label)
		}
		groups[i].Options = append(groups[i].Options, templates.SnapshotOption{ID: one.ID, Label: label, Selected: one.ID == selected})
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
		names[strings.ToLower(plain(one.Workload))]++
		details[strings.ToLower(longer(one.Workload))]++
	}
	titles := map[string]string{}
	for id, w := range workloads {
		title := plain(w)
		if names[strings.ToLower(title)] > 1 {
			title = longer(w)
			if details[strings.ToLower(title)] > 1 {
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
