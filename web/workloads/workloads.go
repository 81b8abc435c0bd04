package workloads

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/workloads"
	"plumbline/web/page"
)

func (h *handlers) showNewWorkload(w http.ResponseWriter, r *http.Request) error {
	form := workloadForm{request: ids.New(), team: r.URL.Query().Get(templates.FieldTeam)}
	return h.newWorkloadPage(w, r, http.StatusOK, form, nil)
}

func (h *handlers) newWorkloadPage(w http.ResponseWriter, r *http.Request, status int, form workloadForm, problems templates.FormErrors) error {
	team, err := h.chooseTeam(r, form.team)
	if err != nil {
		return err
	}
	choice, err := h.chooseQuestionnaire(r.Context(), form.questionnaire, team.ids())
	if err != nil {
		return err
	}
	v := form.view(problems)
	v.Page = h.Page(r, "New workload")
	if v.Teams = team.options; len(team.options) == 1 {
		v.Team, v.Teams = team.options[0].Title, nil
	}
	v.Crumbs = []templates.Crumb{{Title: "New workload", URL: templates.NewWorkloadURL}}
	v.Action = templates.NewWorkloadURL
	v.Questionnaires = choice.options
	v.Priorities = prioritiesForm(choice.pillars(), form.priorities, problems)
	return h.Render(w, r, status, view.NewWorkload(v))
}

// createWorkload stores what was typed and leads to the first question. The same form sent twice makes one workload.
func (h *handlers) createWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	form := readWorkloadForm(r)
	if r.PostFormValue(templates.FieldDo) == view.DoShowPillars {
		return h.newWorkloadPage(w, r, http.StatusOK, form, nil)
	}
	team, err := h.chooseTeam(r, form.team)
	if err != nil {
		return err
	}
	choice, err := h.chooseQuestionnaire(r.Context(), form.questionnaire, team.ids())
	if err != nil {
		return err
	}
	workload, problems := form.check()
	if team.id == "" {
		problems = append(problems, templates.FieldError{Field: templates.FieldTeam, Message: page.ChooseTeam})
	}
	if !choice.known {
		problems = append(problems, templates.FieldError{Field: view.FieldQuestionnaire, Message: notOffered})
	}
	priorities, wrong := readPriorities(choice.pillars(), form.priorities)
	problems = append(problems, wrong...)
	if len(problems) > 0 {
		return h.newWorkloadPage(w, r, http.StatusUnprocessableEntity, form, problems)
	}
	workload.ID, workload.Team = form.request, team.id
	started, err := h.store.CreateWorkload(r.Context(), page.ActorOf(r), workload, choice.sha256, priorities)
	if problems, ok := page.Complaints(err); ok {
		return h.newWorkloadPage(w, r, page.StatusOf(err), form, problems)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, first(started.ID, choice))
}

func (h *handlers) showWorkload(w http.ResponseWriter, r *http.Request) error {
	workload := page.WorkloadOf(r)
	return h.workloadPage(w, r, http.StatusOK, workload, formOf(workload), nil)
}

// workloadPage is the page of a known workload with what was typed. Where that was typed over an older version, what
// is stored now stands beside it.
func (h *handlers) workloadPage(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, form workloadForm, problems templates.FormErrors) error {
	assessments, err := h.store.AssessmentsOf(r.Context(), workload.ID)
	if err != nil {
		return err
	}
	team, err := h.store.Team(r.Context(), workload.Team)
	if err != nil {
		return err
	}
	v := form.view(problems)
	v.Team = team.Name
	v.Denied = page.Denied(r, access.ActWorkload, workload)
	v.Page = h.Page(r, "Settings, "+workload.Name)
	v.Notice = h.TakeNotice(w, r)
	v.Action = templates.EditWorkloadURL(workload.ID)
	v.Archive = templates.ArchiveWorkloadURL(workload.ID)
	v.Version = strconv.Itoa(workload.Version)
	if v.Denied == "" {
		if err := h.fillMove(r, workload, form, &v); err != nil {
			return err
		}
	}
	for _, a := range assessments {
		v.Assessments = append(v.Assessments, h.assessmentLink(r, a))
	}
	if v.Denied == "" && !workload.Archived() {
		v.Another = templates.NewAssessmentURL(workload.ID)
	}
	if len(assessments) > 0 {
		v.Overview = templates.AssessmentURL(assessments[0].ID)
		v.Priority = templates.PrioritiesURL(assessments[0].ID)
	}
	v.Crumbs = []templates.Crumb{{Title: workload.Name, URL: v.Overview}, {Title: "Settings", URL: v.Action}}
	if workload.Archived() {
		v.ArchivedOn = words.Day(workload.ArchivedAt.In(h.Zone(r)))
	}
	if status == http.StatusConflict {
		v.Stored = form.differences(workload)
	}
	return h.Render(w, r, status, view.EditWorkload(v))
}

func (h *handlers) updateWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	stored := page.WorkloadOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	form := readWorkloadForm(r)
	workload, problems := form.check()
	if len(problems) > 0 {
		stored.Version = version
		return h.workloadPage(w, r, http.StatusUnprocessableEntity, stored, form, problems)
	}
	if stored.Archived() {
		return h.workloadPage(w, r, http.StatusConflict, stored, form, nil)
	}
	workload.ID, workload.Version = stored.ID, version
	_, err = h.store.UpdateWorkload(r.Context(), page.ActorOf(r), workload)
	if assessment.CodeOf(err) == assessment.Conflict {
		return h.workloadConflict(w, r, form, "Someone else changed these settings. "+
			"Your input is kept, with the saved values next to it. Save again to replace them.")
	}
	if err != nil {
		return err
	}
	h.Notify(w, "Settings saved.")
	return page.Redirect(w, r, templates.EditWorkloadURL(stored.ID))
}

// workloadConflict shows what was typed over an older version beside what is stored now.
func (h *handlers) workloadConflict(w http.ResponseWriter, r *http.Request, form workloadForm, message string) error {
	stored, err := h.WorkloadNow(r)
	if err != nil {
		return err
	}
	return h.workloadPage(w, r, http.StatusConflict, stored, form, templates.FormErrors{{Message: message}})
}

func (h *handlers) archiveWorkload(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	stored := page.WorkloadOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	archive := false
	switch do := r.PostFormValue(templates.FieldDo); do {
	case view.DoArchive:
		archive = true
	case view.DoRestore:
	default:
		return assessment.Errorf(assessment.Invalid, "Choose to archive or to restore the workload, not “%s”", words.Cut(do, 40))
	}
	err = h.store.ArchiveWorkload(r.Context(), page.ActorOf(r), stored.ID, version, archive)
	if assessment.CodeOf(err) == assessment.Conflict {
		return h.workloadConflict(w, r, formOf(stored), "Someone else changed these settings. Check the changes, then try again.")
	}
	if err != nil {
		return err
	}
	if archive {
		h.Notify(w, words.Cut(stored.Name, 60)+" is archived.")
		return page.Redirect(w, r, templates.PortfolioURL)
	}
	h.Notify(w, words.Cut(stored.Name, 60)+" is restored.")
	return page.Redirect(w, r, templates.EditWorkloadURL(stored.ID))
}
