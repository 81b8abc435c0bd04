package move

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

// showAssessedBy says which questionnaire an assessment uses, and what another one that the address names would do.
func (h *handlers) showAssessedBy(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	choices, err := h.MoveChoices(r, c)
	if err != nil {
		return err
	}
	if !r.URL.Query().Has(templates.ParamMove) {
		return h.assessedByPage(w, r, http.StatusOK, c, choices, nil)
	}
	entry, ok := choices.Find(r.URL.Query().Get(templates.ParamMove))
	if !ok {
		return h.noSuchChoice(w, r, c, choices)
	}
	m := moving{to: entry, form: view.MoveForm{Title: words.Cut("Before moving to "+editionName(entry.QuestionnaireRef), assessment.MaxShort)}}
	return h.triagePage(w, r, http.StatusOK, c, m)
}

// moving is a move that is being prepared.
type moving struct {
	to       assessment.LibraryEntry
	form     view.MoveForm // title and note
	kept     []string      // practices whose answer is to count as it is
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
		h.Notify(w, "The assessment answers "+editionName(c.State.Questionnaire)+" already.")
		return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
	}
	entry, ok := choices.Find(to)
	if !ok {
		return h.noSuchChoice(w, r, c, choices)
	}
	m := moving{to: entry, kept: r.PostForm[templates.FieldKeep], form: view.MoveForm{Title: r.PostForm.Get("title"), Note: r.PostForm.Get("note")}}
	after, err := h.store.MoveAssessment(r.Context(), page.ActorOf(r), c.State.ID, assessment.MoveRequest{Questionnaire: to, Sequence: int64(version),
		Kept: m.kept, Title: m.form.Title, Note: m.form.Note})
	if assessment.CodeOf(err) == assessment.Conflict {
		return h.moveConflict(w, r, m)
	}
	if problems, is := page.Complaints(err); is {
		m.problems = problems
		return h.triagePage(w, r, http.StatusUnprocessableEntity, c, m)
	}
	if err != nil {
		return err
	}
	h.Notify(w, movedNotice(c, after))
	return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
}

// moveConflict shows what would become of the assessment as it is now, with everything that was chosen and typed.
func (h *handlers) moveConflict(w http.ResponseWriter, r *http.Request, m moving) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	m.stale = "Somebody changed this assessment after the page was opened. Nothing was moved. What you chose is still here; look again, and move it then."
	return h.triagePage(w, r, http.StatusConflict, c, m)
}

// movedNotice says what a move did.
func movedNotice(before, after *assessment.Current) string {
	notice := "The assessment now answers " + editionName(after.State.Questionnaire) + "."
	if offered := len(page.OffersOf(after)); offered > 0 {
		notice += " " + words.Plural(offered, "practice is", "practices are") + " to be answered again."
	}
	gone := 0
	for id, answer := range before.State.Answers {
		if _, known := after.Model.Place(id); !known && answer.Says() {
			gone++
		}
	}
	if gone > 0 {
		notice += " " + words.Plural(gone, "answer is kept: its practice is", "answers are kept: their practices are") + " gone."
	}
	return notice + " The snapshot before it is taken."
}

// noSuchChoice says that an assessment cannot move to what was asked for.
func (h *handlers) noSuchChoice(w http.ResponseWriter, r *http.Request, c *assessment.Current, choices assessment.MoveChoices) error {
	problem := templates.FieldError{Field: templates.ParamMove, Message: "Questionnaire: choose one of these. The team is not offered the one that was asked for, or there is no such one any more"}
	return h.assessedByPage(w, r, http.StatusUnprocessableEntity, c, choices, templates.FormErrors{problem})
}

func (h *handlers) assessedByPage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, choices assessment.MoveChoices,
	problems templates.FormErrors) error {
	now := c.State.Questionnaire
	v := view.AssessedByView{Page: h.Placed(w, r, c, page.TabOverview, "Questionnaire"), Errors: problems, Name: editionName(now),
		URL: templates.QuestionnaireURL(now.SHA256), Since: h.assessedSince(r, c), Denied: page.Denied(r, access.ActMove, c.State.Workload), Kept: h.keptView(r, c)}
	for _, group := range []struct {
		id, title, says string
		list            []assessment.LibraryEntry
	}{
		{"newer", "Newer versions", "Of the same questionnaire.", choices.Newer},
		{"before", "Had before", "Moving back brings back what was said then.", choices.Before},
		{"others", "Other questionnaires", "What the team is offered. Practices are matched by their ids.", choices.Others},
	} {
		if len(group.list) > 0 {
			v.Choices = append(v.Choices, view.MoveGroup{ID: group.id, Title: group.title, Says: group.says, Rows: h.moveRows(r, c, group.list)})
		}
	}
	return h.Render(w, r, status, view.AssessedBy(v))
}

// assessedSince says how much of the questionnaire is answered.
func (h *handlers) assessedSince(r *http.Request, c *assessment.Current) string {
	overall := c.Result.Overall
	return strconv.Itoa(overall.Answered) + " of " + words.Plural(overall.Applicable, "practice", "practices") + " answered"
}

func (h *handlers) moveRows(r *http.Request, c *assessment.Current, list []assessment.LibraryEntry) []view.MoveChoice {
	rows := make([]view.MoveChoice, 0, len(list))
	for _, entry := range list {
		row := view.MoveChoice{Name: editionName(entry.QuestionnaireRef), URL: templates.MoveURL(c.State.ID, entry.SHA256),
			Difference: templates.DifferenceURL(c.State.Questionnaire.SHA256, entry.SHA256)}
		row.About = append(row.About, words.Plural(entry.Counts.Practices, "practice", "practices"))
		if entry.AddedBy != "" {
			row.About = append(row.About, "added by "+words.Cut(entry.AddedBy, 60))
		}
		row.About = append(row.About, words.Day(entry.AddedAt.In(h.Zone(r))))
		rows = append(rows, row)
	}
	return rows
}
