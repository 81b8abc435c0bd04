package review

import (
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/page"
)

// showReviewImport asks for the file of another assessment.
func (h *handlers) showReviewImport(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	return h.reviewUploadPage(w, r, c, http.StatusOK, assessment.Unanswered, nil)
}

// uploadReview shows the rows of a file with what each may be about. Nothing is stored.
func (h *handlers) uploadReview(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	file, err := readReviewFile(r)
	if err == nil && len(file.data) == 0 {
		err = assessment.InvalidField(templates.FieldReviewFile, page.ChooseFile)
	}
	if err == nil {
		err = file.read(h.read)
	}
	if problems := fileProblems(err); len(problems) > 0 {
		return h.reviewUploadPage(w, r, c, page.StatusOf(err), file.open, problems)
	}
	if err != nil {
		return err
	}
	form := newReviewForm(file, c, 0)
	return h.suggestedRowsPage(w, r, form)
}

// suggestedRowsPage shows rows with what is suggested for them chosen.
func (h *handlers) suggestedRowsPage(w http.ResponseWriter, r *http.Request, form *reviewForm) error {
	suggester, err := h.suggester(r.Context(), form.c.Model)
	if err != nil {
		return err
	}
	if err := form.suggest(r.Context(), suggester); err != nil {
		return err
	}
	return h.reviewRowsPage(w, r, http.StatusOK, form)
}

// fileProblems returns what is wrong with a file, one message a place; none for errors that are not about the file.
func fileProblems(err error) templates.FormErrors {
	code := assessment.CodeOf(err)
	if code != assessment.Invalid && code != assessment.TooLarge {
		return nil
	}
	if known, ok := err.(*assessment.Error); ok {
		return templates.FormErrors{{Field: templates.FieldReviewFile, Message: known.Message}}
	}
	var problems templates.FormErrors
	for line := range strings.Lines(err.Error()) {
		if len(problems) == problemsListed {
			break
		}
		problems = append(problems, templates.FieldError{Field: templates.FieldReviewFile, Message: page.Printable(strings.TrimSpace(line))})
	}
	return problems
}

// applyReview writes what was chosen on a page of rows, all of it or nothing, or shows other rows.
func (h *handlers) applyReview(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	form, err := h.readReviewForm(r, c)
	if problems := fileProblems(err); len(problems) > 0 {
		return h.reviewUploadPage(w, r, c, page.StatusOf(err), openStatus(r.PostForm.Get(templates.FieldReviewOpen)), problems)
	}
	if err != nil {
		return err
	}
	if r.PostForm.Get(templates.FieldDo) == templates.DoShowRows {
		return h.suggestedRowsPage(w, r, form)
	}
	if form.seen == nil {
		return assessment.Errorf(assessment.VersionRequired, page.FormOutdated)
	}
	return h.writeReview(w, r, form)
}

func (h *handlers) writeReview(w http.ResponseWriter, r *http.Request, form *reviewForm) error {
	p := form.plan()
	if len(form.faults) > 0 {
		return h.reviewRowsPage(w, r, http.StatusUnprocessableEntity, form)
	}
	after := form.c
	if len(p.saves) > 0 {
		var err error
		after, err = h.store.SaveAnswers(r.Context(), page.ActorOf(r), form.c.State.ID, p.saves)
		if conflicts := page.ConflictsIn(err); len(conflicts) > 0 {
			return h.reviewConflicts(w, r, form, p, conflicts)
		}
		if err != nil {
			return err
		}
	}
	return h.reviewDonePage(w, r, form, after, p)
}

// reviewConflicts shows the rows again with what others have answered meanwhile. What was ticked for those rows is
// taken back: it was about another answer.
func (h *handlers) reviewConflicts(w http.ResponseWriter, r *http.Request, form *reviewForm, p plan, conflicts map[string]*assessment.AnswerConflict) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	form.c, form.inWay = c, map[int]*assessment.AnswerConflict{}
	for _, row := range form.page() {
		practice := form.chosen[row.Line]
		if conflict := conflicts[practice]; conflict != nil && slices.Contains(p.lines[practice], row.Line) {
			form.inWay[row.Line], form.over[row.Line] = conflict, false
			form.fault(row.Line, conflict.Saved.By+" answered this practice first. Select “Replace”, or keep their answer")
		}
	}
	return h.reviewRowsPage(w, r, http.StatusConflict, form)
}
