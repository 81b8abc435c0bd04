package portfolio

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

// mayCompare reports whether there are two workloads in the list that the visitor may compare with each other.
func mayCompare(r *http.Request, rows []assessment.PortfolioRow) bool {
	seen := map[string]bool{}
	for _, row := range rows {
		team := row.Assessment.Workload.Team
		if seen[team] && page.ActorOf(r).May(access.ActCompareAcross, team) {
			return true
		}
		seen[team] = true
	}
	return false
}

// comparePicked leads to the comparison of the two workloads that were ticked, the one that stands first as before. An
// Error with the field pick says why it cannot be done.
func (h *handlers) comparePicked(w http.ResponseWriter, r *http.Request, rows []assessment.PortfolioRow, picks []string) error {
	const field = view.ParamPick
	rows = slices.DeleteFunc(slices.Clone(rows), func(row assessment.PortfolioRow) bool {
		return !slices.Contains(picks, row.Assessment.ID)
	})
	if len(rows) != 2 {
		selected := words.Plural(len(rows), "is", "are")
		if len(rows) == 0 {
			selected = "none is"
		}
		return assessment.InvalidField(field, "Select two workloads to compare; "+selected+" selected")
	}
	before, after := rows[0].Assessment, rows[1].Assessment
	if before.Workload.Team != after.Workload.Team {
		return assessment.InvalidField(field, "“"+before.Workload.Name+"” and “"+after.Workload.Name+
			"” belong to different teams. Select two workloads from the same team")
	}
	if err := page.Allow(r, access.ActCompareAcross, after.Workload); err != nil && before.Workload.ID != after.Workload.ID {
		return assessment.InvalidField(field, err.Error())
	}
	first, err := h.newestSnapshotOf(r, before.ID)
	if err != nil {
		return err
	}
	second, err := h.newestSnapshotOf(r, after.ID)
	switch {
	case err != nil:
		return err
	case first == "" && second == "":
		return assessment.InvalidField(field, "Neither “"+before.Workload.Name+"” nor “"+after.Workload.Name+
			"” has a snapshot yet. Create a snapshot of the first one")
	case first == "":
		return page.Redirect(w, r, templates.CompareTwoURL(before.ID, second, page.SideNow))
	case second == "":
		return page.Redirect(w, r, templates.CompareTwoURL(after.ID, first, page.SideNow))
	}
	return page.Redirect(w, r, templates.CompareTwoURL(after.ID, first, second))
}

// newestSnapshotOf returns the id of an assessment's newest snapshot, empty for none.
func (h *handlers) newestSnapshotOf(r *http.Request, id string) (string, error) {
	list, err := h.store.Snapshots(r.Context(), id)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0].ID, nil
}
