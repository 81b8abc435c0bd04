package web

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/ids"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// assessmentLink leads to an assessment of a workload, by what it is reviewed with.
func (s *Server) assessmentLink(r *http.Request, a assessment.Assessment) templates.Link {
	q := a.Questionnaire
	return templates.Link{Title: q.Title + " " + q.Version + ", since " + words.Day(a.CreatedAt.In(s.zone(r))), URL: templates.AssessmentURL(a.ID)}
}

func (s *Server) showNewAssessment(w http.ResponseWriter, r *http.Request) error {
	workload := workloadOf(r)
	return s.newAssessmentPage(w, r, http.StatusOK, workload, workloadForm{request: ids.New()}, nil)
}

func (s *Server) newAssessmentPage(w http.ResponseWriter, r *http.Request, status int, workload assessment.Workload, form workloadForm, problems templates.FormErrors) error {
	if workload.Archived() {
		return assessment.Errorf(assessment.Conflict, "This workload is archived. Take it back into use to review it")
	}
	choice, err := s.choice(r.Context(), form.questionnaire, []string{workload.Team})
	if err != nil {
		return err
	}
	there, err := s.Store.AssessmentsOf(r.Context(), workload.ID)
	if err != nil {
		return err
	}
	view := templates.NewAssessmentView{WorkloadFormView: form.view(problems)}
	for _, a := range there {
		view.There = append(view.There, s.assessmentLink(r, a))
	}
	view.Page = s.page(r, "One more assessment, "+workload.Name)
	view.Crumbs = []templates.Crumb{{Title: workload.Name, URL: templates.EditWorkloadURL(workload.ID)}, {Title: "One more assessment", URL: templates.NewAssessmentURL(workload.ID)}}
	view.Name = workload.Name
	view.Action = templates.NewAssessmentURL(workload.ID)
	view.Overview = templates.EditWorkloadURL(workload.ID)
	view.Questionnaires = choice.options
	view.Priorities = prioritiesForm(choice.pillars(), form.priorities, problems)
	return s.render(w, r, status, templates.NewAssessment(view))
}

// startAssessment starts one more assessment of a workload and leads to its first question. The same form sent twice
// starts one.
func (s *Server) startAssessment(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	workload := workloadOf(r)
	form := readWorkloadForm(r)
	if r.PostFormValue(templates.FieldDo) == templates.DoShowPillars {
		return s.newAssessmentPage(w, r, http.StatusOK, workload, form, nil)
	}
	choice, err := s.choice(r.Context(), form.questionnaire, []string{workload.Team})
	if err != nil {
		return err
	}
	var problems templates.FormErrors
	if !choice.known {
		problems = append(problems, templates.FieldError{Field: templates.FieldQuestionnaire, Message: notOffered})
	}
	priorities, wrong := readPriorities(choice.pillars(), form.priorities)
	if problems = append(problems, wrong...); len(problems) > 0 {
		return s.newAssessmentPage(w, r, http.StatusUnprocessableEntity, workload, form, problems)
	}
	started, err := s.Store.StartAssessment(r.Context(), actorOf(r), assessment.Assessment{ID: form.request, Workload: workload,
		Questionnaire: assessment.QuestionnaireRef{SHA256: choice.sha256}, Priorities: priorities})
	if problems, ok := complaints(err); ok && assessment.CodeOf(err) == assessment.Invalid {
		return s.newAssessmentPage(w, r, http.StatusUnprocessableEntity, workload, form, problems)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, templates.WalkURL(started.ID))
}
