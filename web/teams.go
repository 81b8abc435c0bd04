package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) showTeams(w http.ResponseWriter, r *http.Request) error {
	return s.teamsPage(w, r, http.StatusOK, "", nil)
}

// createTeam makes a team and leads to it, where its first lead is invited.
func (s *Server) createTeam(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	name := r.PostFormValue("name")
	team, err := s.Store.CreateTeam(r.Context(), name)
	if problems, ok := complaints(err); ok {
		return s.teamsPage(w, r, statusOf(err), printable(name), problems)
	}
	if err != nil {
		return err
	}
	s.notify(w, "The team is created. Invite its lead.")
	return redirect(w, r, templates.TeamURL(team.ID))
}

func (s *Server) showTeam(w http.ResponseWriter, r *http.Request) error {
	return s.teamPage(w, r, http.StatusOK, teamPage{})
}

// renameTeam changes the name that the form saw.
func (s *Server) renameTeam(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	seen, err := seenText(r)
	if err != nil {
		return err
	}
	team, typed := teamOf(r), r.PostFormValue("name")
	err = s.Store.RenameTeam(r.Context(), actorOf(r), team.ID, seen, typed)
	if err == nil {
		s.notify(w, "The name of the team is saved.")
		return redirect(w, r, templates.TeamURL(team.ID))
	}
	problems, ok := complaints(err)
	if !ok {
		return err
	}
	page := teamPage{rename: &templates.RenameForm{Name: printable(typed), Seen: printable(seen)}, problems: problems}
	if problems.On("name") == "" {
		page.rename.Stored, page.rename.Seen = team.Name, team.Name
		page.problems[0].Field = "name"
	}
	return s.teamPage(w, r, statusOf(err), page)
}

// changeMember gives a member the chosen role, or takes them out of the team.
func (s *Server) changeMember(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	seen, err := seenText(r)
	if err != nil {
		return err
	}
	team := teamOf(r)
	member, err := s.member(r, team.ID, chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	role, field := assessment.Role(r.PostFormValue("role")), "role-"+member.User.ID
	switch do := r.PostFormValue(templates.FieldDo); do {
	case templates.DoRemove:
		role = ""
	case templates.DoChange:
		if problem := assessment.CheckRole(role); problem != nil {
			return s.teamPage(w, r, http.StatusUnprocessableEntity, teamPage{problems: templates.FormErrors{{Field: field,
				Message: "Role of " + member.User.Name + ": choose one of the list"}}})
		}
	default:
		return assessment.Errorf(assessment.Invalid, "A member can be changed or removed, not “%s”", shortened(do, 40))
	}
	err = s.Store.ChangeMember(r.Context(), actorOf(r), team.ID, member.User.ID, assessment.Role(seen), role)
	if problems, ok := complaints(err); ok {
		return s.teamPage(w, r, statusOf(err), teamPage{failure: "Role of " + member.User.Name + ": " + problems[0].Message + "."})
	}
	if err != nil {
		return err
	}
	return s.memberChanged(w, r, team, member, role)
}

// memberChanged leads back to the team, or, where somebody took themselves out of it, away.
func (s *Server) memberChanged(w http.ResponseWriter, r *http.Request, team assessment.Team, member assessment.Member, role assessment.Role) error {
	name, actor := shortened(member.User.Name, 60), actorOf(r)
	if role != "" {
		s.notify(w, name+" is now "+article(role)+" of the team.")
		return redirect(w, r, templates.TeamURL(team.ID))
	}
	s.notify(w, name+" is no longer in the team "+shortened(team.Name, 60)+".")
	if member.User.ID == actor.User.ID && !actor.User.Admin {
		return redirect(w, r, templates.TeamsURL)
	}
	return redirect(w, r, templates.TeamURL(team.ID))
}

// article is what a person with a role is: a viewer, an architect, a lead.
func article(role assessment.Role) string {
	if role == assessment.Architect {
		return "an architect"
	}
	return "a " + string(role)
}

// member returns a person of a team, NotFound where they are not in it.
func (s *Server) member(r *http.Request, team, account string) (assessment.Member, error) {
	members, err := s.Store.Members(r.Context(), team)
	if err != nil {
		return assessment.Member{}, err
	}
	for _, member := range members {
		if member.User.ID == account {
			return member, nil
		}
	}
	return assessment.Member{}, assessment.Errorf(assessment.NotFound, "This person is not in the team")
}
