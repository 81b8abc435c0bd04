package walk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// saveAnswer saves the answer to one practice, and says what changes on the page by it.
func (h *handlers) saveAnswer(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	place, ok := c.Model.Place(chi.URLParam(r, "practice"))
	if !ok {
		return assessment.Errorf(assessment.NotFound, "This practice is not in the questionnaire")
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	form, ok := readAnswer(r.PostForm, place.Practice.ID, c.State.Answer(place.Practice.ID))
	if !ok || form.version < 0 {
		return assessment.Errorf(assessment.VersionRequired, page.FormOutdated)
	}
	if len(form.faults) > 0 {
		return h.answerRefused(w, r, c, place, form)
	}
	after, err := h.store.SaveAnswer(r.Context(), page.ActorOf(r), c.State.ID, form.save())
	if conflicts := page.ConflictsIn(err); len(conflicts) > 0 {
		form.conflict = conflicts[form.practice]
		return h.answerRefused(w, r, c, place, form)
	}
	if err != nil {
		return err
	}
	if now, ok := after.Model.Place(place.Practice.ID); ok {
		place = now // of the model that the state after rests on
	}
	h.keepPosition(r, after, place.Principle.ID)
	if !page.Live(r) {
		return page.Redirect(w, r, templates.PracticeURL(c.State.ID, place.Principle.ID, place.Practice.ID))
	}
	if r.PostForm.Has(fromWorksheet) {
		return h.sheets.sheetSaved(w, r, http.StatusOK, after, place, nil, savedToast(c, after, place))
	}
	v := h.answerView(r, after, place, nil)
	v.Toast = savedToast(c, after, place)
	return h.Render(w, r, http.StatusOK, view.AnswerSaved(v))
}

// answerRefused says what is wrong with an answer, or that somebody else was faster. Without the script it is the
// whole page, with what was typed.
func (h *handlers) answerRefused(w http.ResponseWriter, r *http.Request, c *assessment.Current, place assessment.Place, form *answerForm) error {
	status := http.StatusUnprocessableEntity
	if form.conflict != nil {
		status = http.StatusConflict
		var err error
		if c, err = h.CurrentNow(r); err != nil {
			return err
		}
	}
	if page.Live(r) && r.PostForm.Has(fromWorksheet) {
		return h.sheets.sheetSaved(w, r, status, c, place, form, view.Toast{})
	}
	if page.Live(r) {
		return h.Render(w, r, status, view.AnswerSaved(h.answerView(r, c, place, form)))
	}
	principle, _ := c.Model.Principle(place.Principle.ID)
	return h.Render(w, r, status, view.Walk(h.walkView(w, r, onPrinciple{c, principle}, pageForm{form.practice: form})))
}

// since is what the page showed when it was loaded, as far as the form says it.
type since struct {
	known           bool
	pillar, overall assessment.Range
	open            int
	live            []string
}

// readSince reads what the form says about the past. What makes no sense counts as not said: it is shown, never stored.
func readSince(form url.Values) since {
	pillar, ok := parseRange(form.Get("was_pillar"))
	overall, ok2 := parseRange(form.Get("was_overall"))
	open, err := strconv.Atoi(form.Get("was_open"))
	if !ok || !ok2 || err != nil || open < 0 {
		return since{}
	}
	return since{known: true, pillar: pillar, overall: overall, open: open, live: strings.Fields(form.Get("was_live"))}
}

// formatRange writes a range for a form; the empty text is one without anything applicable.
func formatRange(r assessment.Range) string {
	if !r.Applicable {
		return ""
	}
	return strconv.FormatFloat(r.Low, 'f', 4, 64) + " " + strconv.FormatFloat(r.High, 'f', 4, 64)
}

// parseRange reads what formatRange wrote.
func parseRange(s string) (assessment.Range, bool) {
	if s == "" {
		return assessment.Range{}, true
	}
	low, high, _ := strings.Cut(s, " ")
	l, err := strconv.ParseFloat(low, 64)
	h, err2 := strconv.ParseFloat(high, 64)
	if err != nil || err2 != nil || !(0 <= l && l <= h && h <= 100) {
		return assessment.Range{}, false
	}
	return assessment.Range{Low: l, High: h, Applicable: true}, true
}

// wasLive reports whether a tradeoff was live when the page was loaded.
func (s since) wasLive(tradeoff string) bool { return slices.Contains(s.live, tradeoff) }
