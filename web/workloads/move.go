package workloads

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/workloads"
	"plumbline/web/page"
)

// moveWorkload puts a workload into another team, which the visitor must lead as well.
func (h *handlers) moveWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	workload := page.WorkloadOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	teams, err := h.teamsToMoveTo(r, workload)
	if err != nil {
		return err
	}
	to := r.PostFormValue(templates.FieldTeam)
	i := slices.IndexFunc(teams, func(t access.Team) bool { return t.ID == to })
	if i < 0 && to != workload.Team {
		return h.workloadNotMoved(w, r, http.StatusUnprocessableEntity, workload, "Choose a team that you lead")
	}
	_, err = h.store.MoveWorkload(r.Context(), page.ActorOf(r), workload.ID, version, to)
	if assessment.CodeOf(err) == assessment.Conflict {
		if workload, err = h.WorkloadNow(r); err != nil {
			return err
		}
		return h.workloadNotMoved(w, r, http.StatusConflict, workload, "Someone else changed this workload. Check the changes, then move it")
	}
	if err != nil {
		return err
	}
	if i >= 0 {
		h.Notify(w, "Workload moved to the team "+words.Cut(teams[i].Name, 60)+".")
	}
	return page.Redirect(w, r, templates.EditWorkloadURL(workload.ID))
}

func (h *handlers) workloadNotMoved(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, why string) error {
	form := formOf(workload)
	form.notMoved = templates.FormErrors{{Field: templates.FieldTeam, Message: why}}
	return h.workloadPage(w, r, status, workload, form, nil)
}

// teamsToMoveTo returns the other teams whose workloads the visitor may move, by name; none where they may not move
// this one.
func (h *handlers) teamsToMoveTo(r *http.Request, workload assessment.Workload) ([]access.Team, error) {
	actor := page.ActorOf(r)
	if !actor.May(access.ActTransfer, workload.Team) {
		return nil, nil
	}
	teams, err := h.store.Teams(r.Context())
	return slices.DeleteFunc(teams, func(t access.Team) bool {
		return t.ID == workload.Team || !actor.May(access.ActTransfer, t.ID)
	}), err
}

// fillMove offers the teams that a workload can go to, or says why there is none.
func (h *handlers) fillMove(r *http.Request, workload assessment.Workload, form workloadForm, v *view.FormView) error {
	v.Move, v.MoveErrors = templates.MoveWorkloadURL(workload.ID), form.notMoved
	teams, err := h.teamsToMoveTo(r, workload)
	if err != nil {
		return err
	}
	if len(teams) == 0 {
		v.Unmovable = "It belongs to the team " + v.Team + ". Only an administrator or a lead of both teams can move it."
		return nil
	}
	options := []templates.Option{{Title: "Choose a team"}}
	for _, team := range teams {
		options = append(options, templates.Option{Value: team.ID, Title: team.Name})
	}
	v.MoveTo = []templates.OptionGroup{{Options: options}}
	return nil
}
