package plan

import (
	"errors"
	"net/http"
	"strings"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/plan"
	"plumbline/web/page"
)

// showPlan shows the plan, or, where htmx asks, only the projection of the ticked practices.
func (h *handlers) showPlan(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	query, problems := readPlanQuery(r.URL.Query(), c.Model)
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if page.Live(r) {
		w.Header().Set("HX-Replace-Url", query.url(c.State.ID))
		v := view.PlanView{Projection: projectionOf(c, query.practices), Errors: problems}
		return h.Render(w, r, status, view.PlanProjection(v))
	}
	v := h.planView(w, r, c, query)
	v.Errors = problems
	if query.edit != "" && v.Denied == "" {
		openPlanItem(&v, c, query)
	}
	return h.Render(w, r, status, view.Plan(v))
}

// keepInPlan puts the ticked practices into the plan; those that are in it already stay as they are.
func (h *handlers) keepInPlan(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	query, problems := readPlanQuery(r.PostForm, c.Model)
	if len(problems) == 0 && len(query.practices) == 0 {
		problems = templates.FormErrors{{Field: "plan-form", Message: page.SelectPractice}}
	}
	status := http.StatusUnprocessableEntity
	if len(problems) == 0 {
		_, err := h.store.KeepPlanItems(r.Context(), page.ActorOf(r), c.State.ID, query.practices)
		if err == nil {
			h.Notify(w, keptWords(len(query.practices)))
			query.practices = nil
			return page.Redirect(w, r, query.url(c.State.ID))
		}
		if status = page.StatusOf(err); !page.ShowsAgain(status) {
			return err
		}
	}
	v := h.planView(w, r, c, query)
	v.Errors = problems
	if len(problems) == 0 {
		v.Failure = page.RefusalText(status)
	}
	return h.Render(w, r, status, view.Plan(v))
}

func keptWords(n int) string {
	return words.Plural(n, "practice", "practices") + " added to the plan."
}

func (h *handlers) savePlanItem(w http.ResponseWriter, r *http.Request) error {
	c, practice, err := planPractice(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	typed := view.PlanItemForm{Owner: r.PostFormValue("owner"), Due: r.PostFormValue("due"), Tracker: r.PostFormValue("url"),
		Version: page.VersionIn(r.PostForm, "version")}
	item := assessment.PlanItem{Practice: practice, Owner: typed.Owner, Due: assessment.Date(strings.TrimSpace(typed.Due)), URL: typed.Tracker,
		Version: typed.Version}.Normal()
	if _, err := h.store.SavePlanItem(r.Context(), page.ActorOf(r), c.State.ID, item); err != nil {
		return h.refusePlanItem(w, r, practice, &typed, err)
	}
	h.Notify(w, "Plan item saved.")
	return page.Redirect(w, r, templates.PlanURL(c.State.ID))
}

func (h *handlers) removePlanItem(w http.ResponseWriter, r *http.Request) error {
	c, practice, err := planPractice(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	if _, err := h.store.DeletePlanItem(r.Context(), page.ActorOf(r), c.State.ID, practice, page.VersionIn(r.PostForm, "version")); err != nil {
		return h.refusePlanItem(w, r, practice, nil, err)
	}
	h.Notify(w, "Removed from the plan.")
	return page.Redirect(w, r, templates.PlanURL(c.State.ID))
}

// planPractice returns the assessment and the practice that the address names, NotFound where there is no such practice.
func planPractice(r *http.Request) (*assessment.Current, string, error) {
	c := page.CurrentOf(r)
	practice := chi.URLParam(r, "practice")
	if _, ok := c.Model.Place(practice); !ok {
		return nil, "", assessment.Errorf(assessment.NotFound, "Practice %q does not exist", practice)
	}
	return c, practice, nil
}

// refusePlanItem shows the plan again with the item open, why it was not stored, and what is stored now. typed is nil
// where nothing was typed.
func (h *handlers) refusePlanItem(w http.ResponseWriter, r *http.Request, practice string, typed *view.PlanItemForm, cause error) error {
	status := page.StatusOf(cause)
	if !page.ShowsAgain(status) {
		return cause
	}
	c, err := h.CurrentNow(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	query := planQuery{edit: practice}
	v := h.planView(w, r, c, query)
	form := openPlanItem(&v, c, query)
	if typed != nil {
		form.Owner, form.Due, form.Tracker = page.Printable(typed.Owner), page.Printable(typed.Due), page.Printable(typed.Tracker)
		form.Version = page.VersionAfter(status, typed.Version, form.Version)
	}
	switch {
	case status == http.StatusConflict && typed != nil:
		form.Conflict, form.Gone = storedPlanItem(v, practice), form.Version == 0
	case status == http.StatusUnprocessableEntity:
		form.Errors = page.InFormOrder(cause, "owner", "due", "url")
		v.Errors = form.Errors
	default:
		v.Failure = page.RefusalText(status)
	}
	return h.Render(w, r, status, view.Plan(v))
}
