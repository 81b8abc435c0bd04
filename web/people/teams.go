package people

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

func (h *handlers) showTeams(w http.ResponseWriter, r *http.Request) error {
	return h.teamsPage(w, r, http.StatusOK, "", nil)
}

// createTeam makes a team and leads to it, where its first lead is invited.
func (h *handlers) createTeam(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	name := r.PostFormValue("name")
	team, err := h.store.CreateTeam(r.Context(), page.ActorOf(r), name)
	if problems, ok := page.Complaints(err); ok {
		return h.teamsPage(w, r, page.StatusOf(err), page.Printable(name), problems)
	}
	if err != nil {
		return err
	}
	h.Notify(w, "Team created. Invite its lead.")
	return page.Redirect(w, r, templates.TeamURL(team.ID))
}

// teamsPage lists the teams that the visitor sees, with what was typed for a new one.
func (h *handlers) teamsPage(w http.ResponseWriter, r *http.Request, status int, typed string, problems templates.FormErrors) error {
	actor := page.ActorOf(r)
	v := view.TeamsView{Page: h.Page(r, "Teams"), All: actor.May(access.ActAdminister, ""), Name: typed, Errors: problems}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}}
	if v.All {
		page.AdministrationTabs(&v.Page, "Teams")
	}
	teams, err := h.TeamsIn(r.Context(), actor, access.ActRead)
	if err != nil {
		return err
	}
	assessments, err := h.store.Assessments(r.Context(), assessment.PortfolioFilter{Teams: actor.Teams(access.ActRead).Teams})
	if err != nil {
		return err
	}
	workloads := workloadsByTeam(assessments)
	for _, team := range teams {
		members, err := h.store.Members(r.Context(), team.ID)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, view.TeamRow{Name: team.Name, URL: templates.TeamURL(team.ID),
			Role:  words.Role(page.MembershipIn(actor, team.ID)),
			Leads: leadsOf(members), Members: len(members), Workloads: len(workloads[team.ID])})
	}
	return h.Render(w, r, status, view.Teams(v))
}

// workloadsByTeam returns the ids of workloads by team: one that is reviewed with several questionnaires counts once.
func workloadsByTeam(assessments []assessment.Assessment) map[string]map[string]bool {
	teams := map[string]map[string]bool{}
	for _, a := range assessments {
		if teams[a.Workload.Team] == nil {
			teams[a.Workload.Team] = map[string]bool{}
		}
		teams[a.Workload.Team][a.Workload.ID] = true
	}
	return teams
}

// leadsOf names the leads of a team who may sign in.
func leadsOf(members []access.Member) string {
	const shownAtMost = 3
	var names []string
	for _, member := range members {
		if member.Role == access.Lead && !member.User.Disabled() {
			names = append(names, words.Cut(member.User.Name, 60))
		}
	}
	if len(names) > shownAtMost {
		names = append(names[:shownAtMost], "and others")
	}
	return strings.Join(names, ", ")
}
