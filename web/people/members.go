package people

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// changeMember gives a member the chosen role, or takes them out of the team.
func (h *handlers) changeMember(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	seen, err := page.SeenText(r)
	if err != nil {
		return err
	}
	team := page.TeamOf(r)
	member, err := h.member(r, team.ID, chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	role, field := access.Role(r.PostFormValue("role")), "role-"+member.User.ID
	switch do := r.PostFormValue(templates.FieldDo); do {
	case view.DoRemove:
		role = ""
	case view.DoChange:
		if problem := access.CheckRole(role); problem != nil {
			return h.teamPage(w, r, http.StatusUnprocessableEntity, teamExtra{problems: templates.FormErrors{{Field: field,
				Message: "Role of " + member.User.Name + ": choose a role"}}})
		}
	default:
		return assessment.Errorf(assessment.Invalid, "A member can be changed or removed, not “%s”", words.Cut(do, 40))
	}
	err = h.store.ChangeMember(r.Context(), page.ActorOf(r), team.ID, member.User.ID, access.Role(seen), role)
	if problems, ok := page.Complaints(err); ok {
		return h.teamPage(w, r, page.StatusOf(err), teamExtra{failure: "Role of " + member.User.Name + ": " + problems[0].Message + "."})
	}
	if err != nil {
		return err
	}
	return h.memberChanged(w, r, team, member, role)
}

// memberChanged leads back to the team, or, where somebody took themselves out of it, away.
func (h *handlers) memberChanged(w http.ResponseWriter, r *http.Request, team access.Team, member access.Member, role access.Role) error {
	name, actor := words.Cut(member.User.Name, 60), page.ActorOf(r)
	if role != "" {
		h.Notify(w, name+" is now "+words.ARole(role)+" of the team.")
		return page.Redirect(w, r, templates.TeamURL(team.ID))
	}
	h.Notify(w, name+" is no longer in the team "+words.Cut(team.Name, 60)+".")
	if member.User.ID == actor.User.ID && !actor.User.Admin {
		return page.Redirect(w, r, templates.TeamsURL)
	}
	return page.Redirect(w, r, templates.TeamURL(team.ID))
}

// member returns a person of a team, NotFound where they are not in it.
func (h *handlers) member(r *http.Request, team, account string) (access.Member, error) {
	members, err := h.store.Members(r.Context(), team)
	if err != nil {
		return access.Member{}, err
	}
	for _, member := range members {
		if member.User.ID == account {
			return member, nil
		}
	}
	return access.Member{}, assessment.Errorf(assessment.NotFound, "Choose a member of the team")
}
