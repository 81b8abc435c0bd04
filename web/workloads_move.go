package web

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// moveWorkload puts a workload into another team, which the visitor must lead as well.
func (s *Server) moveWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	workload := workloadOf(r)
	version, err := seenVersion(r)
	if err != nil {
		return err
	}
	teams, err := s.teamsToMoveTo(r, workload)
	if err != nil {
		return err
	}
	to := r.PostFormValue(templates.FieldTeam)
	i := slices.IndexFunc(teams, func(t assessment.Team) bool { return t.ID == to })
	if i < 0 && to != workload.Team {
		return s.workloadNotMoved(w, r, http.StatusUnprocessableEntity, workload, "Choose one of the teams that you lead")
	}
	_, err = s.Store.MoveWorkload(r.Context(), actorOf(r), workload.ID, version, to)
	if assessment.CodeOf(err) == assessment.Conflict {
		if workload, err = s.workloadNow(r); err != nil {
			return err
		}
		return s.workloadNotMoved(w, r, http.StatusConflict, workload, "Somebody changed this workload in the meantime. Look at it, then move it")
	}
	if err != nil {
		return err
	}
	if i >= 0 {
		s.notify(w, "The workload belongs to the team "+shortened(teams[i].Name, 60)+" now.")
	}
	return redirect(w, r, templates.EditWorkloadURL(workload.ID))
}

func (s *Server) workloadNotMoved(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, why string) error {
	form := formOf(workload)
	form.notMoved = templates.FormErrors{{Field: templates.FieldTeam, Message: why}}
	return s.workloadPage(w, r, status, workload, form, nil)
}

// teamsToMoveTo returns the other teams whose workloads the visitor may move, by name; none where they may not move
// this one.
func (s *Server) teamsToMoveTo(r *http.Request, workload assessment.Workload) ([]assessment.Team, error) {
	actor := actorOf(r)
	if !actor.May(assessment.ActTransfer, workload.Team) {
		return nil, nil
	}
	teams, err := s.Store.Teams(r.Context())
	return slices.DeleteFunc(teams, func(t assessment.Team) bool {
		return t.ID == workload.Team || !actor.May(assessment.ActTransfer, t.ID)
	}), err
}

// fillMove offers the teams that a workload can go to, or says why there is none.
func (s *Server) fillMove(r *http.Request, workload assessment.Workload, form workloadForm, view *templates.WorkloadFormView) error {
	view.Move, view.MoveErrors = templates.MoveWorkloadURL(workload.ID), form.notMoved
	teams, err := s.teamsToMoveTo(r, workload)
	if err != nil {
		return err
	}
	if len(teams) == 0 {
		view.Unmovable = "It belongs to the team " + view.Team + ". Only somebody who leads both teams, or an administrator, may move it to another."
		return nil
	}
	options := []templates.FilterOption{{Title: "Choose a team"}}
	for _, team := range teams {
		options = append(options, templates.FilterOption{Value: team.ID, Title: team.Name})
	}
	view.MoveTo = []templates.OptionGroup{{Options: options}}
	return nil
}

// deleteTeam removes a team that has neither members nor workloads.
func (s *Server) deleteTeam(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	team, err := s.Store.Team(r.Context(), chi.URLParam(r, "team"))
	if err != nil {
		return err
	}
	visitorOf(r).named.team = team
	seen, err := seenText(r)
	if err != nil {
		return err
	}
	err = s.Store.DeleteTeam(r.Context(), actorOf(r), team.ID, seen)
	if problems, ok := complaints(err); ok {
		return s.teamPage(w, r, statusOf(err), teamPage{failure: problems[0].Message + "."})
	}
	if err != nil {
		return err
	}
	s.notify(w, "The team "+shortened(team.Name, 60)+" is deleted.")
	return redirect(w, r, templates.TeamsURL)
}

// fillDelete offers to remove a team, or says why it cannot be removed now.
func (s *Server) fillDelete(r *http.Request, team string, view *templates.TeamView) error {
	archived, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: []string{team}, Archived: true})
	if err != nil {
		return err
	}
	view.Delete = templates.DeleteTeamURL(team)
	switch {
	case len(view.Workloads) > 0:
		view.Kept = "The team has workloads. It can be deleted when they belong to another team and nobody is in it."
	case len(archived) > 0:
		view.Kept = "The team has archived workloads. It can be deleted when they belong to another team and nobody is in it."
	case len(view.Members) > 0:
		view.Kept = "It can be deleted when nobody is in it any more."
	}
	return nil
}
