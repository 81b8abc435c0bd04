package workloads

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/ids"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/workloads"
	"plumbline/web/page"
)

// assessmentLink leads to an assessment of a workload, by what it is reviewed with.
func (h *handlers) assessmentLink(r *http.Request, a assessment.Assessment) templates.Link {
	q := a.Questionnaire
	return templates.Link{Title: q.Title + " " + q.Version + ", since " + words.Day(a.CreatedAt.In(h.Zone(r))), URL: templates.AssessmentURL(a.ID)}
}

func (h *handlers) showNewAssessment(w http.ResponseWriter, r *http.Request) error {
	workload := page.WorkloadOf(r)
	return h.newAssessmentPage(w, r, http.StatusOK, workload, workloadForm{request: ids.New()}, nil)
}

func (h *handlers) newAssessmentPage(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, form workloadForm, problems templates.FormErrors) error {
	if workload.Archived() {
		return assessment.Errorf(assessment.Conflict, "This workload is archived. Restore it to add an assessment")
	}
	choice, err := h.chooseQuestionnaire(r.Context(), form.questionnaire, []string{workload.Team})
	if err != nil {
		return err
	}
	there, err := h.store.AssessmentsOf(r.Context(), workload.ID)
	if err != nil {
		return err
	}
	v := view.NewAssessmentView{FormView: form.view(problems)}
	for _, a := range there {
		v.There = append(v.There, h.assessmentLink(r, a))
	}
	v.Page = h.Page(r, "Add assessment, "+workload.Name)
	v.Crumbs = []templates.Crumb{{Title: workload.Name, URL: templates.EditWorkloadURL(workload.ID)}, {Title: "Add assessment", URL: templates.NewAssessmentURL(workload.ID)}}
	v.Name = workload.Name
	v.Action = templates.NewAssessmentURL(workload.ID)
	v.Overview = templates.EditWorkloadURL(workload.ID)
	v.Questionnaires = choice.options
	v.Priorities = prioritiesForm(choice.pillars(), form.priorities, problems)
	return h.Render(w, r, status, view.NewAssessment(v))
}

// startAssessment starts one more assessment of a workload and leads to its first question. The same form sent twice
// starts one.
func (h *handlers) startAssessment(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	workload := page.WorkloadOf(r)
	form := readWorkloadForm(r)
	if r.PostFormValue(templates.FieldDo) == view.DoShowPillars {
		return h.newAssessmentPage(w, r, http.StatusOK, workload, form, nil)
	}
	choice, err := h.chooseQuestionnaire(r.Context(), form.questionnaire, []string{workload.Team})
	if err != nil {
		return err
	}
	var problems templates.FormErrors
	if !choice.known {
		problems = append(problems, templates.FieldError{Field: view.FieldQuestionnaire, Message: notOffered})
	}
	priorities, wrong := readPriorities(choice.pillars(), form.priorities)
	if problems = append(problems, wrong...); len(problems) > 0 {
		return h.newAssessmentPage(w, r, http.StatusUnprocessableEntity, workload, form, problems)
	}
	started, err := h.store.StartAssessment(r.Context(), page.ActorOf(r), assessment.Assessment{ID: form.request, Workload: workload,
		Questionnaire: assessment.QuestionnaireRef{SHA256: choice.sha256}, Priorities: priorities})
	if problems, ok := page.Complaints(err); ok && assessment.CodeOf(err) == assessment.Invalid {
		return h.newAssessmentPage(w, r, http.StatusUnprocessableEntity, workload, form, problems)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, first(started.ID, choice))
}
