package move

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

// showChoices says which questionnaire an assessment uses, and what another one that the address names would do.
func (h *handlers) showChoices(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	choices, err := h.MoveChoices(r, c)
	if err != nil {
		return err
	}
	if !r.URL.Query().Has(templates.ParamMove) {
		return h.choicesPage(w, r, http.StatusOK, c, choices, nil)
	}
	entry, ok := choices.Find(r.URL.Query().Get(templates.ParamMove))
	if !ok {
		return h.noSuchChoice(w, r, c, choices)
	}
	m := proposal{to: entry, form: view.Form{Title: words.Cut("Before moving to "+editionName(entry.QuestionnaireRef), assessment.MaxShort)}}
	return h.outcomePage(w, r, http.StatusOK, c, m)
}

// noSuchChoice says that an assessment cannot move to what was asked for.
func (h *handlers) noSuchChoice(w http.ResponseWriter, r *http.Request, c *assessment.Current, choices move.Choices) error {
	problem := templates.FieldError{Field: templates.ParamMove, Message: "Choose a questionnaire from the list. The requested one does not exist or is not available to the team"}
	return h.choicesPage(w, r, http.StatusUnprocessableEntity, c, choices, templates.FormErrors{problem})
}

func (h *handlers) choicesPage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, choices move.Choices,
	problems templates.FormErrors) error {
	now := c.State.Questionnaire
	v := view.ChoicesView{Page: h.Placed(w, r, c, page.TabOverview, "Questionnaire"), Errors: problems, Name: editionName(now),
		URL: templates.QuestionnaireURL(now.SHA256), Since: answeredSoFar(c), Denied: page.Denied(r, access.ActMove, c.State.Workload), Kept: h.kept(r, c)}
	for _, group := range []struct {
		id, title, says string
		list            []assessment.LibraryEntry
	}{
		{"newer", "Newer versions", "Newer versions of the same questionnaire.", choices.Newer},
		{"before", "Earlier questionnaires", "Moving back restores the earlier answers.", choices.Before},
		{"others", "Other questionnaires", "Available to the team. Practices are matched by ID.", choices.Others},
	} {
		if len(group.list) > 0 {
			v.Choices = append(v.Choices, view.Group{ID: group.id, Title: group.title, Says: group.says, Rows: h.moveRows(r, c, group.list)})
		}
	}
	return h.Render(w, r, status, view.Choices(v))
}

// answeredSoFar says how much of the questionnaire is answered.
func answeredSoFar(c *assessment.Current) string {
	overall := c.Result.Overall
	return strconv.Itoa(overall.Answered) + " of " + words.Plural(overall.Applicable, "practice", "practices") + " answered"
}

func (h *handlers) moveRows(r *http.Request, c *assessment.Current, list []assessment.LibraryEntry) []view.Choice {
	rows := make([]view.Choice, 0, len(list))
	for _, entry := range list {
		row := view.Choice{Name: editionName(entry.QuestionnaireRef), URL: templates.MoveURL(c.State.ID, entry.SHA256),
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
