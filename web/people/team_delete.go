package people

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// deleteTeam removes a team that has neither members nor workloads.
func (h *handlers) deleteTeam(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	team, err := h.store.Team(r.Context(), chi.URLParam(r, "team"))
	if err != nil {
		return err
	}
	page.VisitorOf(r).Named.Team = team
	seen, err := page.SeenText(r)
	if err != nil {
		return err
	}
	err = h.store.DeleteTeam(r.Context(), page.ActorOf(r), team.ID, seen)
	if problems, ok := page.Complaints(err); ok {
		return h.teamPage(w, r, page.StatusOf(err), teamExtra{failure: problems[0].Message + "."})
	}
	if err != nil {
		return err
	}
	h.Notify(w, "Team "+words.Cut(team.Name, 60)+" deleted.")
	return page.Redirect(w, r, templates.TeamsURL)
}

// fillDelete offers to remove a team, or says why it cannot be removed now.
func (h *handlers) fillDelete(r *http.Request, team string, view *view.TeamView) error {
	archived, err := h.store.Assessments(r.Context(), assessment.PortfolioFilter{Teams: []string{team}, Archived: true})
	if err != nil {
		return err
	}
	view.Delete = templates.DeleteTeamURL(team)
	switch {
	case len(view.Workloads) > 0:
		view.Kept = "To delete the team, move its workloads to another team and remove its members."
	case len(archived) > 0:
		view.Kept = "To delete the team, move its archived workloads to another team and remove its members."
	case len(view.Members) > 0:
		view.Kept = "To delete the team, remove its members."
	}
	return nil
}
