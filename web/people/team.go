package people

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

func (h *handlers) showTeam(w http.ResponseWriter, r *http.Request) error {
	return h.teamPage(w, r, http.StatusOK, teamExtra{})
}

// renameTeam changes the name that the form saw.
func (h *handlers) renameTeam(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	seen, err := page.SeenText(r)
	if err != nil {
		return err
	}
	team, typed := page.TeamOf(r), r.PostFormValue("name")
	err = h.store.RenameTeam(r.Context(), page.ActorOf(r), team.ID, seen, typed)
	if err == nil {
		h.Notify(w, "Team renamed.")
		return page.Redirect(w, r, templates.TeamURL(team.ID))
	}
	problems, ok := page.Complaints(err)
	if !ok {
		return err
	}
	frame := teamExtra{rename: &view.RenameForm{Name: page.Printable(typed), Seen: page.Printable(seen)}, problems: problems}
	if problems.On("name") == "" {
		frame.rename.Stored, frame.rename.Seen = team.Name, team.Name
		frame.problems[0].Field = "name"
	}
	return h.teamPage(w, r, page.StatusOf(err), frame)
}

// teamExtra is what the page of a team shows besides the team.
type teamExtra struct {
	rename   *view.RenameForm // nil for the name as it is stored
	invite   view.InviteForm
	link     *templates.NewLink
	problems templates.FormErrors
	failure  string
}

func (h *handlers) teamPage(w http.ResponseWriter, r *http.Request, status int, p teamExtra) error {
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
		v.Audit, v.Tokens = templates.TeamAuditURL(team.ID), view.TeamTokensURL(team.ID)
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
		return "You are " + words.ARole(role) + " of this team and an administrator."
	case role != "":
		return "You are " + words.ARole(role) + " of this team."
	default:
		return "You are not in this team, but you are an administrator."
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
			Admin: m.User.Admin, Disabled: m.User.Disabled(), Unproven: !m.User.Confirmed()})
	}
	rows, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: []string{team}})
	if err != nil {
		return err
	}
	for _, row := range rows {
		workload := view.TeamWorkload{Name: row.Assessment.Workload.Name, URL: templates.AssessmentURL(row.Assessment.ID),
			Score: "not started", About: page.AboutWorkload(row.Assessment.Workload)}
		if row.Summary.Overall.Started() {
			workload.Score = words.Score(row.Bands, row.Summary.Overall.Range)
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
