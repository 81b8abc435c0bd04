package web

import (
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// showAssessedBy says which questionnaire an assessment uses, and what another one that the address names would do.
func (s *Server) showAssessedBy(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	choices, err := s.moveChoices(r, c)
	if err != nil {
		return err
	}
	if !r.URL.Query().Has(templates.ParamMove) {
		return s.assessedByPage(w, r, http.StatusOK, c, choices, nil)
	}
	entry, ok := choices.find(r.URL.Query().Get(templates.ParamMove))
	if !ok {
		return s.noSuchChoice(w, r, c, choices)
	}
	m := moving{to: entry, form: templates.MoveForm{Title: shortened("Before moving to "+editionName(entry.QuestionnaireRef), assessment.MaxShort)}}
	return s.triagePage(w, r, http.StatusOK, c, m)
}

// moving is a move that is being prepared.
type moving struct {
	to       assessment.LibraryEntry
	form     templates.MoveForm // title and note
	kept     []string           // practices whose answer is to count as it is
	problems templates.FormErrors
	stale    string
}

// moveAssessment takes a snapshot and moves an assessment to another questionnaire.
func (s *Server) moveAssessment(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	c := currentOf(r)
	version, err := seenVersion(r)
	if err != nil {
		return err
	}
	choices, err := s.moveChoices(r, c)
	if err != nil {
		return err
	}
	to := r.PostForm.Get(templates.ParamMove)
	if to == c.State.Questionnaire.SHA256 {
		s.notify(w, "The assessment answers "+editionName(c.State.Questionnaire)+" already.")
		return redirect(w, r, templates.AssessmentURL(c.State.ID))
	}
	entry, ok := choices.find(to)
	if !ok {
		return s.noSuchChoice(w, r, c, choices)
	}
	m := moving{to: entry, kept: r.PostForm[templates.FieldKeep], form: templates.MoveForm{Title: r.PostForm.Get("title"), Note: r.PostForm.Get("note")}}
	after, err := s.Store.MoveAssessment(r.Context(), actorOf(r), c.State.ID, assessment.MoveRequest{Questionnaire: to, Sequence: int64(version),
		Kept: m.kept, Title: m.form.Title, Note: m.form.Note})
	if assessment.CodeOf(err) == assessment.Conflict {
		return s.moveConflict(w, r, m)
	}
	if problems, is := complaints(err); is {
		m.problems = problems
		return s.triagePage(w, r, http.StatusUnprocessableEntity, c, m)
	}
	if err != nil {
		return err
	}
	s.notify(w, movedNotice(c, after))
	return redirect(w, r, templates.AssessmentURL(c.State.ID))
}

// moveConflict shows what would become of the assessment as it is now, with everything that was chosen and typed.
func (s *Server) moveConflict(w http.ResponseWriter, r *http.Request, m moving) error {
	c, err := s.currentNow(r)
	if err != nil {
		return err
	}
	m.stale = "Somebody changed this assessment after the page was opened. Nothing was moved. What you chose is still here; look again, and move it then."
	return s.triagePage(w, r, http.StatusConflict, c, m)
}

// movedNotice says what a move did.
func movedNotice(before, after *assessment.Current) string {
	notice := "The assessment now answers " + editionName(after.State.Questionnaire) + "."
	if offered := len(offersOf(after)); offered > 0 {
		notice += " " + templates.Plural(offered, "practice is", "practices are") + " to be answered again."
	}
	gone := 0
	for id, answer := range before.State.Answers {
		if _, known := after.Model.Place(id); !known && answer.Says() {
			gone++
		}
	}
	if gone > 0 {
		notice += " " + templates.Plural(gone, "answer is kept: its practice is", "answers are kept: their practices are") + " gone."
	}
	return notice + " The snapshot before it is taken."
}

// offersOf returns the earlier answers that are offered, in the order of the questionnaire.
func offersOf(c *assessment.Current) []assessment.EarlierAnswer {
	var list []assessment.EarlierAnswer
	if len(c.State.Earlier.Answers) == 0 {
		return nil
	}
	for practice := range c.Model.Questionnaire().Practices() {
		if offer, ok := c.State.Offer(practice.ID); ok {
			list = append(list, offer)
		}
	}
	return list
}

// moveChoices are the questionnaires that an assessment can move to.
type moveChoices struct {
	newer  []assessment.LibraryEntry // of the same questionnaire, the newest first
	others []assessment.LibraryEntry
	before []assessment.LibraryEntry // that it had before, whether they are offered or not
}

func (s *Server) moveChoices(r *http.Request, c *assessment.Current) (moveChoices, error) {
	var choices moveChoices
	library, err := s.Store.Library(r.Context())
	if err != nil {
		return choices, err
	}
	snapshots, err := s.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return choices, err
	}
	now := c.State.Questionnaire
	for _, entry := range library {
		had := slices.ContainsFunc(snapshots, func(i assessment.SnapshotInfo) bool { return i.Questionnaire == entry.SHA256 })
		offered := entry.EnabledFor(c.State.Workload.Team)
		switch {
		case entry.SHA256 == now.SHA256:
		case offered && isNewer(entry, now):
			choices.newer = append(choices.newer, entry)
		case had:
			choices.before = append(choices.before, entry)
		case offered:
			choices.others = append(choices.others, entry)
		}
	}
	slices.SortStableFunc(choices.newer, func(a, b assessment.LibraryEntry) int { return assessment.CompareVersions(b.Version, a.Version) })
	return choices, nil
}

func isNewer(entry assessment.LibraryEntry, than assessment.QuestionnaireRef) bool {
	return entry.ID == than.ID && assessment.CompareVersions(entry.Version, than.Version) > 0
}

func (m moveChoices) find(sha256 string) (assessment.LibraryEntry, bool) {
	for _, list := range [][]assessment.LibraryEntry{m.newer, m.before, m.others} {
		for _, entry := range list {
			if entry.SHA256 == sha256 {
				return entry, true
			}
		}
	}
	return assessment.LibraryEntry{}, false
}

// noSuchChoice says that an assessment cannot move to what was asked for.
func (s *Server) noSuchChoice(w http.ResponseWriter, r *http.Request, c *assessment.Current, choices moveChoices) error {
	problem := templates.FieldError{Field: templates.ParamMove, Message: "Questionnaire: choose one of these. The team is not offered the one that was asked for, or there is no such one any more"}
	return s.assessedByPage(w, r, http.StatusUnprocessableEntity, c, choices, templates.FormErrors{problem})
}

func (s *Server) assessedByPage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, choices moveChoices,
	problems templates.FormErrors) error {
	now := c.State.Questionnaire
	view := templates.AssessedByView{Page: s.placed(w, r, c, tabOverview, "Questionnaire"), Errors: problems, Name: editionName(now),
		URL: templates.QuestionnaireURL(now.SHA256), Since: s.assessedSince(r, c), Denied: denied(r, assessment.ActMove, c.State.Workload), Kept: s.keptView(r, c)}
	for _, group := range []struct {
		id, title, says string
		list            []assessment.LibraryEntry
	}{
		{"newer", "Newer versions", "Of the same questionnaire.", choices.newer},
		{"before", "Had before", "Moving back brings back what was said then.", choices.before},
		{"others", "Other questionnaires", "What the team is offered. Practices are matched by their ids.", choices.others},
	} {
		if len(group.list) > 0 {
			view.Choices = append(view.Choices, templates.MoveGroup{ID: group.id, Title: group.title, Says: group.says, Rows: s.moveRows(r, c, group.list)})
		}
	}
	return s.render(w, r, status, templates.AssessedBy(view))
}

// assessedSince says how much of the questionnaire is answered.
func (s *Server) assessedSince(r *http.Request, c *assessment.Current) string {
	overall := c.Result.Overall
	return strconv.Itoa(overall.Answered) + " of " + templates.Plural(overall.Applicable, "practice", "practices") + " answered"
}

func (s *Server) moveRows(r *http.Request, c *assessment.Current, list []assessment.LibraryEntry) []templates.MoveChoice {
	rows := make([]templates.MoveChoice, 0, len(list))
	for _, entry := range list {
		row := templates.MoveChoice{Name: editionName(entry.QuestionnaireRef), URL: templates.MoveURL(c.State.ID, entry.SHA256),
			Difference: templates.DifferenceURL(c.State.Questionnaire.SHA256, entry.SHA256)}
		row.About = append(row.About, templates.Plural(entry.Counts.Practices, "practice", "practices"))
		if entry.AddedBy != "" {
			row.About = append(row.About, "added by "+shortened(entry.AddedBy, 60))
		}
		row.About = append(row.About, templates.Day(entry.AddedAt.In(s.zone(r))))
		rows = append(rows, row)
	}
	return rows
}
