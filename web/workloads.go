package web

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/ids"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (s *Server) showNewWorkload(w http.ResponseWriter, r *http.Request) error {
	form := workloadForm{request: ids.New(), team: r.URL.Query().Get(templates.FieldTeam)}
	return s.newWorkloadPage(w, r, http.StatusOK, form, nil)
}

func (s *Server) newWorkloadPage(w http.ResponseWriter, r *http.Request, status int, form workloadForm, problems templates.FormErrors) error {
	team, err := s.teamChoice(r, form.team)
	if err != nil {
		return err
	}
	choice, err := s.choice(r.Context(), form.questionnaire, team.asked())
	if err != nil {
		return err
	}
	view := form.view(problems)
	view.Page = s.page(r, "New workload")
	if view.Teams = team.options; len(team.options) == 1 {
		view.Team, view.Teams = team.options[0].Title, nil
	}
	view.Crumbs = []templates.Crumb{{Title: "New workload", URL: templates.NewWorkloadURL}}
	view.Action = templates.NewWorkloadURL
	view.Questionnaires = choice.options
	view.Priorities = prioritiesForm(choice.pillars(), form.priorities, problems)
	return s.render(w, r, status, templates.NewWorkload(view))
}

// createWorkload stores what was typed and leads to the first question. The same form sent twice makes one workload.
func (s *Server) createWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	form := readWorkloadForm(r)
	if r.PostFormValue(templates.FieldDo) == templates.DoShowPillars {
		return s.newWorkloadPage(w, r, http.StatusOK, form, nil)
	}
	team, err := s.teamChoice(r, form.team)
	if err != nil {
		return err
	}
	choice, err := s.choice(r.Context(), form.questionnaire, team.asked())
	if err != nil {
		return err
	}
	workload, problems := form.check()
	if team.id == "" {
		problems = append(problems, templates.FieldError{Field: templates.FieldTeam, Message: "Team: choose one of the list"})
	}
	if !choice.known {
		problems = append(problems, templates.FieldError{Field: templates.FieldQuestionnaire, Message: notOffered})
	}
	priorities, wrong := readPriorities(choice.pillars(), form.priorities)
	problems = append(problems, wrong...)
	if len(problems) > 0 {
		return s.newWorkloadPage(w, r, http.StatusUnprocessableEntity, form, problems)
	}
	workload.ID, workload.Team = form.request, team.id
	started, err := s.Store.CreateWorkload(r.Context(), actorOf(r), workload, choice.sha256, priorities)
	if problems, ok := complaints(err); ok {
		return s.newWorkloadPage(w, r, statusOf(err), form, problems)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, templates.WalkURL(started.ID))
}

func (s *Server) showWorkload(w http.ResponseWriter, r *http.Request) error {
	workload := workloadOf(r)
	return s.workloadPage(w, r, http.StatusOK, workload, formOf(workload), nil)
}

// workloadPage is the page of a known workload with what was typed. Where that was typed over an older version, what
// is stored now stands beside it.
func (s *Server) workloadPage(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, form workloadForm, problems templates.FormErrors) error {
	assessments, err := s.Store.AssessmentsOf(r.Context(), workload.ID)
	if err != nil {
		return err
	}
	team, err := s.Store.Team(r.Context(), workload.Team)
	if err != nil {
		return err
	}
	view := form.view(problems)
	view.Team = team.Name
	view.Denied = denied(r, assessment.ActWorkload, workload)
	view.Page = s.page(r, "Settings, "+workload.Name)
	view.Notice = s.takeNotice(w, r)
	view.Action = templates.EditWorkloadURL(workload.ID)
	view.Archive = templates.ArchiveWorkloadURL(workload.ID)
	view.Version = strconv.Itoa(workload.Version)
	if view.Denied == "" {
		if err := s.fillMove(r, workload, form, &view); err != nil {
			return err
		}
	}
	for _, a := range assessments {
		view.Assessments = append(view.Assessments, s.assessmentLink(r, a))
	}
	if view.Denied == "" && !workload.Archived() {
		view.Another = templates.NewAssessmentURL(workload.ID)
	}
	if len(assessments) > 0 {
		view.Overview = templates.AssessmentURL(assessments[0].ID)
		view.Priority = templates.PrioritiesURL(assessments[0].ID)
	}
	view.Crumbs = []templates.Crumb{{Title: workload.Name, URL: view.Overview}, {Title: "Settings", URL: view.Action}}
	if workload.Archived() {
		view.ArchivedOn = words.Day(workload.ArchivedAt.In(s.zone(r)))
	}
	if status == http.StatusConflict {
		view.Stored = form.differences(workload)
	}
	return s.render(w, r, status, templates.EditWorkload(view))
}

func (s *Server) updateWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	stored := workloadOf(r)
	version, err := seenVersion(r)
	if err != nil {
		return err
	}
	form := readWorkloadForm(r)
	workload, problems := form.check()
	if len(problems) > 0 {
		stored.Version = version
		return s.workloadPage(w, r, http.StatusUnprocessableEntity, stored, form, problems)
	}
	if stored.Archived() {
		return s.workloadPage(w, r, http.StatusConflict, stored, form, nil)
	}
	workload.ID, workload.Version = stored.ID, version
	_, err = s.Store.UpdateWorkload(r.Context(), actorOf(r), workload)
	if assessment.CodeOf(err) == assessment.Conflict {
		return s.workloadConflict(w, r, form, "Somebody changed these settings in the meantime. "+
			"What you typed is still here, what is stored stands beside it; save again to replace it.")
	}
	if err != nil {
		return err
	}
	s.notify(w, "The settings are saved.")
	return redirect(w, r, templates.EditWorkloadURL(stored.ID))
}

// workloadConflict shows what was typed over an older version beside what is stored now.
func (s *Server) workloadConflict(w http.ResponseWriter, r *http.Request, form workloadForm, message string) error {
	stored, err := s.workloadNow(r)
	if err != nil {
		return err
	}
	return s.workloadPage(w, r, http.StatusConflict, stored, form, templates.FormErrors{{Message: message}})
}

func (s *Server) archiveWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	stored := workloadOf(r)
	version, err := seenVersion(r)
	if err != nil {
		return err
	}
	archive := false
	switch do := r.PostFormValue(templates.FieldDo); do {
	case templates.DoArchive:
		archive = true
	case templates.DoRestore:
	default:
		return assessment.Errorf(assessment.Invalid, "A workload can be archived or restored, not “%s”", words.Cut(do, 40))
	}
	err = s.Store.ArchiveWorkload(r.Context(), actorOf(r), stored.ID, version, archive)
	if assessment.CodeOf(err) == assessment.Conflict {
		return s.workloadConflict(w, r, formOf(stored), "Somebody changed these settings in the meantime. Look at them, then repeat the step.")
	}
	if err != nil {
		return err
	}
	if archive {
		s.notify(w, words.Cut(stored.Name, 60)+" is archived.")
		return redirect(w, r, templates.PortfolioURL)
	}
	s.notify(w, words.Cut(stored.Name, 60)+" is back in use.")
	return redirect(w, r, templates.EditWorkloadURL(stored.ID))
}
