package scope

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/scope"
	"plumbline/web/page"
)

// typed is what a form says, and which version of the stored facets it saw.
type typed struct {
	version int
	facets  assessment.Facets
	errors  templates.FormErrors
	stored  assessment.Facets // what somebody else saved meanwhile; nil where nobody did
}

// show shows the facets as they are stored, or as the address says them: what a choice would leave.
func (h *handlers) show(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	t := typed{version: c.State.FacetsVersion, facets: c.State.Facets.Of(c.Model)}
	if asks(c, r.URL.Query()) {
		t.facets, t.errors = read(c, r.URL.Query())
		if seen := page.VersionIn(r.URL.Query(), "version"); seen > 0 {
			t.version = seen
		}
	}
	status := http.StatusOK
	if len(t.errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return h.page(w, r, status, c, t)
}

func (h *handlers) save(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	c := page.CurrentOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	facets, problems := read(c, r.PostForm)
	if len(problems) > 0 {
		return h.page(w, r, http.StatusUnprocessableEntity, c, typed{version: version, facets: facets, errors: problems})
	}
	after, err := h.store.SetFacets(r.Context(), page.ActorOf(r), c.State.ID, version, facets)
	if assessment.CodeOf(err) == assessment.Conflict && c.State.Workload.CheckInUse() == nil {
		return h.conflict(w, r, facets)
	}
	if err != nil {
		return err
	}
	h.Notify(w, saved(c, after))
	return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
}

// saved says what a change of the scope did.
func saved(before, after *assessment.Current) string {
	total := after.Model.PracticeCount()
	said := fmt.Sprintf("Scope saved: %s of %s apply.", words.Count(total-len(after.Result.OutOfScope)), words.Plural(total, "practice", "practices"))
	bands := after.Model.Questionnaire().Bands
	was, is := before.Result.Overall.Range, after.Result.Overall.Range
	if was == is {
		return said
	}
	return said + fmt.Sprintf(" Overall score: %s → %s.", words.Score(bands, was), words.Score(bands, is))
}

// conflict shows what was chosen again, with what somebody else saved meanwhile beside it.
func (h *handlers) conflict(w http.ResponseWriter, r *http.Request, facets assessment.Facets) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	problem := templates.FieldError{Message: "Someone else changed the scope. Your choices are kept, with the saved values next to them. Save again to replace them."}
	return h.page(w, r, http.StatusConflict, c, typed{version: c.State.FacetsVersion, facets: facets,
		errors: templates.FormErrors{problem}, stored: c.State.Facets.Of(c.Model)})
}

func (h *handlers) page(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, t typed) error {
	v := viewOf(c, t)
	v.Page = h.Placed(w, r, c, page.TabAnswers, "Scope")
	v.Denied = denied(r, c)
	v.Version = strconv.Itoa(t.version)
	return h.Render(w, r, status, view.Scope(v))
}

// asks reports whether an address holds choices of its own.
func asks(c *assessment.Current, form url.Values) bool {
	for _, facet := range c.Model.Questionnaire().Facets {
		if form.Has(view.FacetName(facet.ID)) {
			return true
		}
	}
	return false
}

// read returns the facets that a form says; what it does not ask for is not said.
func read(c *assessment.Current, form url.Values) (assessment.Facets, templates.FormErrors) {
	facets := assessment.Facets{}
	var problems templates.FormErrors
	for _, facet := range c.Model.Questionnaire().Facets {
		name := view.FacetName(facet.ID)
		switch form.Get(name) {
		case view.Yes:
			facets[facet.ID] = true
		case view.No:
			facets[facet.ID] = false
		case view.Unsure, "":
		default:
			problems = append(problems, templates.FieldError{Field: name, Message: facet.Title + " Choose yes, no or not sure"})
		}
	}
	return facets, problems
}
