package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// showPlan shows the plan, or, where htmx asks, only the projection of the ticked practices.
func (s *Server) showPlan(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	query, problems := readPlanQuery(r.URL.Query(), c.Model)
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if live(r) {
		w.Header().Set("HX-Replace-Url", query.url(c.State.ID))
		view := templates.PlanView{Projection: projectionOf(c, query.practices), Errors: problems}
		return s.render(w, r, status, templates.PlanProjection(view))
	}
	view := s.planView(w, r, c, query)
	view.Errors = problems
	if query.edit != "" && view.Denied == "" {
		openPlanItem(&view, c, query)
	}
	return s.render(w, r, status, templates.Plan(view))
}

// keepInPlan puts the ticked practices into the plan; those that are in it already stay as they are.
func (s *Server) keepInPlan(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	if err := readForm(r); err != nil {
		return err
	}
	query, problems := readPlanQuery(r.PostForm, c.Model)
	if len(problems) == 0 && len(query.practices) == 0 {
		problems = templates.FormErrors{{Field: "plan-form", Message: "Tick at least one practice to keep"}}
	}
	status := http.StatusUnprocessableEntity
	if len(problems) == 0 {
		_, err := s.Store.KeepPlanItems(r.Context(), actorOf(r), c.State.ID, query.practices)
		if err == nil {
			s.notify(w, keptWords(len(query.practices)))
			query.practices = nil
			return redirect(w, r, query.url(c.State.ID))
		}
		if status = statusOf(err); !showsAgain(status) {
			return err
		}
	}
	view := s.planView(w, r, c, query)
	view.Errors = problems
	if len(problems) == 0 {
		view.Failure = refusalText(status)
	}
	return s.render(w, r, status, templates.Plan(view))
}

func keptWords(n int) string {
	return templates.Plural(n, "practice is", "practices are") + " in the plan."
}

func (s *Server) savePlanItem(w http.ResponseWriter, r *http.Request) error {
	c, practice, err := s.planPractice(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	typed := templates.PlanItemForm{Owner: r.PostFormValue("owner"), Due: r.PostFormValue("due"), Tracker: r.PostFormValue("url"),
		Version: versionIn(r.PostForm, "version")}
	item := assessment.PlanItem{Practice: practice, Owner: typed.Owner, Due: assessment.Date(strings.TrimSpace(typed.Due)), URL: typed.Tracker,
		Version: typed.Version}.Normal()
	if _, err := s.Store.SavePlanItem(r.Context(), actorOf(r), c.State.ID, item); err != nil {
		return s.refusePlanItem(w, r, practice, &typed, err)
	}
	s.notify(w, "The item of the plan is saved.")
	return redirect(w, r, templates.PlanURL(c.State.ID))
}

func (s *Server) removePlanItem(w http.ResponseWriter, r *http.Request) error {
	c, practice, err := s.planPractice(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	if _, err := s.Store.DeletePlanItem(r.Context(), actorOf(r), c.State.ID, practice, versionIn(r.PostForm, "version")); err != nil {
		return s.refusePlanItem(w, r, practice, nil, err)
	}
	s.notify(w, "The practice is out of the plan.")
	return redirect(w, r, templates.PlanURL(c.State.ID))
}

// planPractice returns the assessment and the practice that the address names, NotFound where there is no such practice.
func (s *Server) planPractice(r *http.Request) (*assessment.Current, string, error) {
	c := currentOf(r)
	practice := chi.URLParam(r, "practice")
	if _, ok := c.Model.Place(practice); !ok {
		return nil, "", assessment.Errorf(assessment.NotFound, "There is no practice %q", practice)
	}
	return c, practice, nil
}

// refusePlanItem shows the plan again with the item open, why it was not stored, and what is stored now. typed is nil
// where nothing was typed.
func (s *Server) refusePlanItem(w http.ResponseWriter, r *http.Request, practice string, typed *templates.PlanItemForm, cause error) error {
	status := statusOf(cause)
	if !showsAgain(status) {
		return cause
	}
	c, err := s.currentNow(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	query := planQuery{edit: practice}
	view := s.planView(w, r, c, query)
	form := openPlanItem(&view, c, query)
	if typed != nil {
		form.Owner, form.Due, form.Tracker = printable(typed.Owner), printable(typed.Due), printable(typed.Tracker)
		form.Version = versionAfter(status, typed.Version, form.Version)
	}
	switch {
	case status == http.StatusConflict && typed != nil:
		form.Conflict, form.Gone = storedPlanItem(view, practice), form.Version == 0
	case status == http.StatusUnprocessableEntity:
		form.Errors = inFormOrder(cause, "owner", "due", "url")
		view.Errors = form.Errors
	default:
		view.Failure = refusalText(status)
	}
	return s.render(w, r, status, templates.Plan(view))
}
