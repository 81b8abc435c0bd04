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
	rows, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: actor.Teams(access.ActRead).Teams})
	if err != nil {
		return err
	}
	workloads := map[string]int{}
	for _, row := range rows {
		workloads[row.Assessment.Workload.Team]++
	}
	for _, team := range teams {
		members, err := h.store.Members(r.Context(), team.ID)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, view.TeamRow{Name: team.Name, URL: templates.TeamURL(team.ID), Role: words.Role(page.MembershipIn(actor, team.ID)),
			Leads: leadsOf(members), Members: len(members), Workloads: workloads[team.ID]})
	}
	return h.Render(w, r, status, view.Teams(v))
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

// teamPage is what the page of a team shows besides the team.
type teamPage struct {
	rename   *view.RenameForm // nil for the name as it is stored
	invite   view.InviteForm
	link     *templates.NewLink
	problems templates.FormErrors
	failure  string
}

func (h *handlers) teamPage(w http.ResponseWriter, r *http.Request, status int, p teamPage) error {
	team, err := h.store.Team(r.Context(), page.TeamOf(r).ID)
	if err != nil {
		return err
	}
	v := view.TeamView{Page: h.Page(r, team.Name), ID: team.ID, Name: team.Name, Link: p.link, Errors: p.problems, Failure: p.failure,
		Denied: page.Denied(r, access.ActMembers, assessment.Workload{Team: team.ID}), Role: ownPlace(page.ActorOf(r), team.ID), Invite: p.invite,
		Rename: view.RenameForm{Name: team.Name, Seen: team.Name}}
	if p.rename != nil {
		v.Rename = *p.rename
	}
	if v.Invite.Roles == nil {
		v.Invite.Roles = view.Roles(access.Architect)
	}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}, {Title: team.Name, URL: templates.TeamURL(team.ID)}}
	if page.Allow(r, access.ActWorkload, assessment.Workload{Team: team.ID}) == nil {
		v.New = templates.NewWorkloadInURL(team.ID)
	}
	if page.Allow(r, access.ActAudit, assessment.Workload{Team: team.ID}) == nil {
		v.Audit = templates.TeamAuditURL(team.ID)
	}
	if err := h.fillTeam(r, team.ID, &v); err != nil {
		return err
	}
	if page.ActorOf(r).May(access.ActAdminister, "") {
		if err := h.fillDelete(r, team.ID, &v); err != nil {
			return err
		}
	}
	return h.Render(w, r, status, view.Team(v))
}

// ownPlace says what the visitor is in a team.
func ownPlace(actor access.Actor, team string) string {
	role := page.MembershipIn(actor, team)
	switch {
	case role != "" && actor.User.Admin:
		return "You are " + words.ARole(role) + " of this team, and administer this installation."
	case role != "":
		return "You are " + words.ARole(role) + " of this team."
	default:
		return "You are not in this team, but administer this installation."
	}
}

// fillTeam reads who is in a team, who is invited, and what it reviews.
func (h *handlers) fillTeam(r *http.Request, team string, v *view.TeamView) error {
	members, err := h.store.Members(r.Context(), team)
	if err != nil {
		return err
	}
	for _, m := range members {
		v.Members = append(v.Members, view.MemberRow{ID: m.User.ID, Name: m.User.Name, Email: m.User.Email, Role: m.Role,
			Roles: view.Roles(m.Role), URL: templates.MemberURL(team, m.User.ID), Self: m.User.ID == page.ActorOf(r).User.ID,
			Admin: m.User.Admin, Disabled: m.User.Disabled()})
	}
	rows, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: []string{team}})
	if err != nil {
		return err
	}
	for _, row := range rows {
		workload := view.TeamWorkload{Name: row.Assessment.Workload.Name, URL: templates.AssessmentURL(row.Assessment.ID),
			Score: "not started", About: page.AboutWorkload(row.Assessment.Workload)}
		if row.Summary.Overall.Started() {
			workload.Score = words.Range(row.Summary.Overall.Range)
		}
		v.Workloads = append(v.Workloads, workload)
	}
	if v.Denied != "" {
		return nil
	}
	invitations, err := h.store.Invitations(r.Context(), team)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		v.Invitations = append(v.Invitations, view.InvitationRow{Email: i.Email, Role: words.Role(i.Role), By: i.InvitedBy,
			Made: words.Day(i.CreatedAt.In(h.Zone(r))), Until: words.Day(i.ExpiresAt.In(h.Zone(r))),
			Revoke: templates.RevokeInvitationURL(team, i.ID)})
	}
	return nil
}
