package web

import (
	"context"
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// administrationTabs are the pages of an administrator, with the current one.
func administrationTabs(page *templates.Page, current string) {
	page.TabsOf = "Administration"
	page.Tabs = []templates.Tab{{Title: "People", URL: templates.PeopleURL}, {Title: "Teams", URL: templates.TeamsURL},
		{Title: "Audit log", URL: templates.AuditURL}}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == current
	}
}

// teamsPage lists the teams that the visitor sees, with what was typed for a new one.
func (s *Server) teamsPage(w http.ResponseWriter, r *http.Request, status int, typed string, problems templates.FormErrors) error {
	actor := actorOf(r)
	view := templates.TeamsView{Page: s.page(r, "Teams"), All: actor.May(assessment.ActAdminister, ""), Name: typed, Errors: problems}
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}}
	if view.All {
		administrationTabs(&view.Page, "Teams")
	}
	teams, err := s.teamsIn(r.Context(), actor, assessment.ActRead)
	if err != nil {
		return err
	}
	rows, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: actor.Teams(assessment.ActRead).Teams})
	if err != nil {
		return err
	}
	workloads := map[string]int{}
	for _, row := range rows {
		workloads[row.Assessment.Workload.Team]++
	}
	for _, team := range teams {
		members, err := s.Store.Members(r.Context(), team.ID)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, templates.TeamRow{Name: team.Name, URL: templates.TeamURL(team.ID), Role: words.Role(membershipIn(actor, team.ID)),
			Leads: leadsOf(members), Members: len(members), Workloads: workloads[team.ID]})
	}
	return s.render(w, r, status, templates.Teams(view))
}

// teamsIn returns the teams in which somebody may do something, by their names.
func (s *Server) teamsIn(ctx context.Context, actor assessment.Actor, action assessment.Action) ([]assessment.Team, error) {
	scope := actor.Teams(action)
	if scope.All {
		return s.Store.Teams(ctx)
	}
	var teams []assessment.Team
	for _, membership := range actor.Memberships {
		if scope.Has(membership.Team.ID) {
			teams = append(teams, membership.Team)
		}
	}
	return teams, nil
}

// membershipIn returns the role of somebody's membership of a team, "" where there is none.
func membershipIn(actor assessment.Actor, team string) assessment.Role {
	for _, membership := range actor.Memberships {
		if membership.Team.ID == team {
			return membership.Role
		}
	}
	return ""
}

// leadsOf names the leads of a team who may sign in.
func leadsOf(members []assessment.Member) string {
	const shownAtMost = 3
	var names []string
	for _, member := range members {
		if member.Role == assessment.Lead && !member.User.Disabled() {
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
	rename   *templates.RenameForm // nil for the name as it is stored
	invite   templates.InviteForm
	link     *templates.NewLink
	problems templates.FormErrors
	failure  string
}

func (s *Server) teamPage(w http.ResponseWriter, r *http.Request, status int, p teamPage) error {
	team, err := s.Store.Team(r.Context(), teamOf(r).ID)
	if err != nil {
		return err
	}
	view := templates.TeamView{Page: s.page(r, team.Name), ID: team.ID, Name: team.Name, Link: p.link, Errors: p.problems, Failure: p.failure,
		Denied: denied(r, assessment.ActMembers, assessment.Workload{Team: team.ID}), Role: ownPlace(actorOf(r), team.ID), Invite: p.invite,
		Rename: templates.RenameForm{Name: team.Name, Seen: team.Name}}
	if p.rename != nil {
		view.Rename = *p.rename
	}
	if view.Invite.Roles == nil {
		view.Invite.Roles = templates.Roles(assessment.Architect)
	}
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}, {Title: team.Name, URL: templates.TeamURL(team.ID)}}
	if allow(r, assessment.ActWorkload, assessment.Workload{Team: team.ID}) == nil {
		view.New = templates.NewWorkloadInURL(team.ID)
	}
	if allow(r, assessment.ActAudit, assessment.Workload{Team: team.ID}) == nil {
		view.Audit = templates.TeamAuditURL(team.ID)
	}
	if err := s.fillTeam(r, team.ID, &view); err != nil {
		return err
	}
	if actorOf(r).May(assessment.ActAdminister, "") {
		if err := s.fillDelete(r, team.ID, &view); err != nil {
			return err
		}
	}
	return s.render(w, r, status, templates.Team(view))
}

// ownPlace says what the visitor is in a team.
func ownPlace(actor assessment.Actor, team string) string {
	role := membershipIn(actor, team)
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
func (s *Server) fillTeam(r *http.Request, team string, view *templates.TeamView) error {
	members, err := s.Store.Members(r.Context(), team)
	if err != nil {
		return err
	}
	for _, m := range members {
		view.Members = append(view.Members, templates.MemberRow{ID: m.User.ID, Name: m.User.Name, Email: m.User.Email, Role: m.Role,
			Roles: templates.Roles(m.Role), URL: templates.MemberURL(team, m.User.ID), Self: m.User.ID == actorOf(r).User.ID,
			Admin: m.User.Admin, Disabled: m.User.Disabled()})
	}
	rows, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: []string{team}})
	if err != nil {
		return err
	}
	for _, row := range rows {
		workload := templates.TeamWorkload{Name: row.Assessment.Workload.Name, URL: templates.AssessmentURL(row.Assessment.ID),
			Score: "not started", About: aboutWorkload(row.Assessment.Workload)}
		if started(row.Summary.Overall) {
			workload.Score = words.Range(row.Summary.Overall.Range)
		}
		view.Workloads = append(view.Workloads, workload)
	}
	if view.Denied != "" {
		return nil
	}
	invitations, err := s.Store.Invitations(r.Context(), team)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		view.Invitations = append(view.Invitations, templates.InvitationRow{Email: i.Email, Role: words.Role(i.Role), By: i.InvitedBy,
			Made: words.Day(i.CreatedAt.In(s.zone(r))), Until: words.Day(i.ExpiresAt.In(s.zone(r))),
			Revoke: templates.RevokeInvitationURL(team, i.ID)})
	}
	return nil
}
