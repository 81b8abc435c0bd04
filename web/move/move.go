package move

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/move"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

// proposal is a move that is being prepared.
type proposal struct {
	to       assessment.LibraryEntry
	form     view.Form // title and note
	chosen   move.Chosen
	problems templates.FormErrors
	stale    string
}

// moveAssessment takes a snapshot and moves an assessment to another questionnaire.
func (h *handlers) moveAssessment(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	c := page.CurrentOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	choices, err := h.MoveChoices(r, c)
	if err != nil {
		return err
	}
	to := r.PostForm.Get(templates.ParamMove)
	if to == c.State.Questionnaire.SHA256 {
		h.Notify(w, "The assessment already uses "+editionName(c.State.Questionnaire)+".")
		return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
	}
	entry, ok := choices.Find(to)
	if !ok {
		return h.noSuchChoice(w, r, c, choices)
	}
	m := proposal{to: entry, chosen: move.Chosen{Kept: r.PostForm[templates.FieldKeep], Again: r.PostForm[templates.FieldAgain]},
		form: view.Form{Title: r.PostForm.Get("title"), Note: r.PostForm.Get("note")}}
	after, err := h.store.MoveAssessment(r.Context(), page.ActorOf(r), c.State.ID, move.Request{Questionnaire: to, Sequence: int64(version),
		Chosen: m.chosen, Title: m.form.Title, Note: m.form.Note})
	if assessment.CodeOf(err) == assessment.Conflict {
		return h.moveConflict(w, r, m)
	}
	if problems, is := page.Complaints(err); is {
		m.problems = problems
		return h.outcomePage(w, r, http.StatusUnprocessableEntity, c, m)
	}
	if err != nil {
		return err
	}
	h.Notify(w, movedNotice(c, after))
	return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
}

// moveConflict shows what would become of the assessment as it is now, with everything that was chosen and typed.
func (h *handlers) moveConflict(w http.ResponseWriter, r *http.Request, m proposal) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	m.stale = "Someone else changed this assessment. Nothing was moved. Your choices are kept. Check the changes, then move again."
	return h.outcomePage(w, r, http.StatusConflict, c, m)
}

// movedNotice says what a move did.
func movedNotice(before, after *assessment.Current) string {
	notice := "The assessment now uses " + editionName(after.State.Questionnaire) + "."
	if offered := len(page.OffersOf(after)); offered > 0 {
		notice += " " + words.Plural(offered, "practice needs", "practices need") + " review."
	}
	gone := 0
	for id, answer := range before.State.Answers {
		if _, known := after.Model.Place(id); !known && answer.Says() {
			gone++
		}
	}
	if gone > 0 {
		notice += " " + words.Plural(gone, "answer of a removed practice is", "answers of removed practices are") + " kept."
	}
	return notice + " A snapshot of the earlier state was created."
}
