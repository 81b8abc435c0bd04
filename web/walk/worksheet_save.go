package walk

import (
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/assessment/worksheet"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// maxBulk is how many practices can be changed, and taken back, at once.
const maxBulk = 2000

// What can be done with several practices.
const (
	doAnswer = "answer"
	doPlan   = "plan"

	bulkClear = "clear" // an answer that is none
)

// saveWorksheet saves what a page of the worksheet says, and does what is asked for with the selected practices: all of
// it or nothing.
func (h *sheets) saveWorksheet(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	s, err := h.sheetOf(r, c, r.URL.Query())
	if err != nil {
		return err
	}
	s.typed = pageForm{}
	for i := range s.rows {
		practice := s.rows[i].Practice.ID
		if answer, ok := readAnswer(r.PostForm, practice, s.rows[i].Answer); ok {
			s.typed[practice] = answer
		}
	}
	s.typed.choose(r.PostForm.Get("keep"))
	s.typed.takeEarlier(r.PostForm.Get("keep"), &c.State)
	picked := r.PostForm["pick"]
	switch r.PostForm.Get("do") {
	case doPlan:
		return h.planSelected(w, r, s, picked)
	case doAnswer:
		if problem := s.answerSelected(picked, r.PostForm.Get("bulk"), r.PostForm.Get("bulk_reason")); problem != "" {
			return h.sheetRefused(w, r, http.StatusUnprocessableEntity, s, problem)
		}
	}
	return h.saveSheet(w, r, s, picked)
}

// answerSelected gives the selected practices one answer, or says what is wrong with that.
func (s *sheet) answerSelected(picked []string, bulk, reason string) (problem string) {
	switch {
	case len(picked) == 0:
		return page.SelectPractice
	case bulk == "":
		return "Choose an answer for the selected practices"
	case bulk == string(assessment.NotApplicable) && reason == "":
		return "Enter a reason why the selected practices do not apply"
	}
	for i := range s.rows {
		form, ok := s.typed[s.rows[i].Practice.ID]
		if !ok || !slices.Contains(picked, form.practice) {
			continue
		}
		form.answer.Status, form.answer.Reason, form.seen = assessment.Status(bulk), "", ""
		if bulk == bulkClear {
			form.answer.Status = assessment.Unanswered
		}
		if bulk == string(assessment.NotApplicable) {
			form.answer.Reason = reason
		}
		form.answer = form.answer.Normal()
		form.faults, _ = assessment.CheckAnswer(form.answer).(assessment.Errors)
	}
	return ""
}

// sheetRefused shows the worksheet again with what was typed and what is wrong with it.
func (h *sheets) sheetRefused(w http.ResponseWriter, r *http.Request, status int, s *sheet, problem string) error {
	v, err := h.sheetView(w, r, s)
	if err != nil {
		return err
	}
	if problem != "" {
		v.Errors = append(templates.FormErrors{{Field: "bulk-answer", Message: problem}}, v.Errors...)
	}
	return h.Render(w, r, status, view.Worksheet(v))
}

func (h *sheets) saveSheet(w http.ResponseWriter, r *http.Request, s *sheet, picked []string) error {
	var saves []assessment.SaveAnswer
	faulty := false
	for i := range s.rows {
		form, ok := s.typed[s.rows[i].Practice.ID]
		if !ok {
			continue
		}
		if !form.changes(s.rows[i].Answer) {
			delete(s.typed, form.practice)
			continue
		}
		faulty = faulty || len(form.faults) > 0
		saves = append(saves, form.save())
	}
	if faulty {
		return h.sheetRefused(w, r, http.StatusUnprocessableEntity, s, "")
	}
	after := s.Current
	if len(saves) > 0 {
		saved, err := h.store.SaveAnswers(r.Context(), page.ActorOf(r), s.State.ID, saves)
		if conflicts := page.ConflictsIn(err); len(conflicts) > 0 {
			return h.sheetConflicts(w, r, s, conflicts)
		}
		if err != nil {
			return err
		}
		after = saved
	}
	sequences := sequencesOf(after, len(saves))
	if page.Live(r) {
		now, err := h.sheetOf(r, after, r.URL.Query())
		if err != nil {
			return err
		}
		return h.renderRows(w, r, now, picked, r.PostForm["opened"], toastOf(after, sequences))
	}
	query := s.filter.Query()
	if len(sequences) > 0 {
		query[paramUndo] = sequences
	}
	return page.Redirect(w, r, templates.WorksheetURL(s.State.ID, query))
}

// sheetConflicts shows the worksheet as it is now, with both answers wherever somebody else was faster.
func (h *sheets) sheetConflicts(w http.ResponseWriter, r *http.Request, s *sheet, conflicts map[string]*assessment.AnswerConflict) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	now, err := h.sheetOf(r, c, r.URL.Query())
	if err != nil {
		return err
	}
	now.typed = s.typed
	for practice, conflict := range conflicts {
		now.typed[practice].conflict = conflict
	}
	return h.sheetRefused(w, r, http.StatusConflict, now, "")
}

// planSelected adds the selected practices to the plan.
func (h *sheets) planSelected(w http.ResponseWriter, r *http.Request, s *sheet, picked []string) error {
	if len(picked) == 0 {
		return h.sheetRefused(w, r, http.StatusUnprocessableEntity, s, page.SelectPractice)
	}
	after, err := h.store.KeepPlanItems(r.Context(), page.ActorOf(r), s.State.ID, picked)
	if status := page.StatusOf(err); err != nil && page.ShowsAgain(status) {
		return h.sheetRefused(w, r, status, s, err.Error())
	}
	if err != nil {
		return err
	}
	says := words.Plural(len(picked), "practice", "practices") + " now in the plan"
	if page.Live(r) {
		now, err := h.sheetOf(r, after, r.URL.Query())
		if err != nil {
			return err
		}
		return h.renderRows(w, r, now, nil, nil, view.Toast{Says: says})
	}
	h.Notify(w, says+".")
	return page.Redirect(w, r, templates.WorksheetURL(s.State.ID, s.filter.Query()))
}

// fromWorksheet is the field of a save that comes from the worksheet.
const fromWorksheet = "sheet"

// sheetSaved says what changes in the worksheet by one answer. form is what was not saved, nil where it was.
func (h *sheets) sheetSaved(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, place assessment.Place, form *answerForm, toast view.Toast) error {
	s, err := h.sheetOf(r, c, r.URL.Query())
	if err != nil {
		return err
	}
	if form != nil {
		s.typed = pageForm{form.practice: form}
	}
	if r.PostForm.Has("note." + place.Practice.ID) {
		s.open = place.Practice.ID
	}
	i := slices.IndexFunc(s.rows, func(row worksheet.Row) bool { return row.Practice.ID == place.Practice.ID })
	if i < 0 {
		return assessment.Errorf(assessment.NotFound, "This practice is out of scope")
	}
	row, err := h.sheetLine(r, s, i)
	if err != nil {
		return err
	}
	around := h.sheetAround(s, toast)
	return h.Render(w, r, status, view.SheetSaved(row, form == nil, around))
}

// savedToast says how an answer has changed; nothing where it has not.
func savedToast(before, after *assessment.Current, place assessment.Place) view.Toast {
	was, is := before.State.Answer(place.Practice.ID), after.State.Answer(place.Practice.ID)
	if was.Version == is.Version {
		return view.Toast{}
	}
	says := "Saved"
	if was.Status != is.Status {
		says = words.Status(was.Status) + " → " + words.Status(is.Status)
	}
	return view.Toast{Says: words.Cut(place.Practice.Title, 40) + ": " + says, URL: templates.UndoneURL(after.State.ID),
		Sequences: sequencesOf(after, 1), Practice: place.Practice.ID}
}

// sequencesOf are the last n changes of an assessment, which were just made.
func sequencesOf(after *assessment.Current, n int) []string {
	sequences := make([]string, n)
	for i := range sequences {
		sequences[i] = strconv.FormatInt(after.State.Sequence-int64(n)+1+int64(i), 10)
	}
	return sequences
}
