package review

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/suggest"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/review"
	"plumbline/web/page"
)

const reviewHeading = "Import answers"

func (h *handlers) reviewUploadPage(w http.ResponseWriter, r *http.Request, c *assessment.Current, status int, open assessment.Status, problems templates.FormErrors) error {
	id := c.State.ID
	v := view.ReviewUploadView{Page: h.reviewPage(w, r, c), Action: templates.ReviewImportURL(id),
		Overview: templates.AssessmentURL(id), Open: open, Errors: problems}
	return h.Render(w, r, status, view.ReviewUpload(v))
}

func (h *handlers) reviewPage(w http.ResponseWriter, r *http.Request, c *assessment.Current) templates.Page {
	frame := h.Placed(w, r, c, page.TabAnswers, reviewHeading)
	frame.Crumbs = append(frame.Crumbs, templates.Crumb{Title: reviewHeading, URL: templates.ReviewImportURL(c.State.ID)})
	return frame
}

func (h *handlers) reviewRowsPage(w http.ResponseWriter, r *http.Request, status int, form *reviewForm) error {
	packed, err := form.pack()
	if err != nil {
		return err
	}
	id := form.c.State.ID
	v := view.ReviewRowsView{Page: h.reviewPage(w, r, form.c), Action: templates.ReviewRowsURL(id), Again: templates.ReviewImportURL(id),
		Title: form.title(), Packed: packed, Name: form.name, Open: form.open, OpenWord: openWord(form.open), From: strconv.Itoa(form.from),
		Seen: writeSeen(form.c.State.Answers), Losses: form.losses, Errors: form.faults}
	if len(form.rows) > 0 {
		v.Of = fmt.Sprintf("Rows %s of %d", span(form.from, form.to), len(form.rows))
	}
	if form.from > 0 {
		v.Before = strconv.Itoa(max(form.from-(form.to-form.from), 0))
	}
	if form.to < len(form.rows) {
		v.After = strconv.Itoa(form.to)
	}
	for _, row := range form.silent {
		v.Silent = append(v.Silent, fmt.Sprintf("Line %d: %s", row.Line, row.Title))
	}
	suggester, err := h.suggester(r.Context(), form.c.Model)
	if err != nil {
		return err
	}
	groups := form.groups()
	for _, row := range form.page() {
		if err := r.Context().Err(); err != nil {
			return err
		}
		v.Rows = append(v.Rows, h.reviewRowView(r, form, row, suggester, groups))
	}
	return h.Render(w, r, status, view.ReviewRows(v))
}

func openWord(open assessment.Status) string {
	if open == assessment.Absent {
		return "unmarked rows suggest “Not yet”"
	}
	return "unmarked rows are ignored"
}

// span says which rows of a list, counted from one.
func span(from, to int) string {
	if to-from == 1 {
		return strconv.Itoa(to)
	}
	return fmt.Sprintf("%d to %d", from+1, to)
}

func (h *handlers) reviewRowView(r *http.Request, form *reviewForm, row assessment.ReviewRow, suggester *suggest.Suggester, groups []templates.OptionGroup) view.ReviewRowView {
	v := view.ReviewRowView{Line: row.Line, Title: row.Title, Question: row.Question, Link: row.Link, Words: reviewWords(row), Note: row.Note,
		Status: row.Status(form.open), Groups: choosing(groups, form.chosen[row.Line]), Over: form.over[row.Line], Conflict: form.inWay[row.Line] != nil}
	if found, ok := suggester.Suggest(row); ok {
		place, _ := form.c.Model.Place(found.Practice)
		v.Strength, v.Suggested, v.Reasons = strength(found.Score), place.Practice.Title, strings.Join(found.Reasons, "; ")
	}
	practice := form.chosen[row.Line]
	if stored := form.c.State.Answer(practice); stored.Says() {
		v.Stored = &view.ReviewStored{Practice: practice, Answer: stored.Answer, By: stored.By, When: words.Day(stored.At.In(h.Zone(r)))}
	}
	return v
}

func strength(score float64) string {
	switch {
	case score >= 0.75:
		return "Strong match"
	case score >= 0.5:
		return "Fair match"
	default:
		return "Weak match"
	}
}

// reviewWords is what the file says about a row besides its text.
func reviewWords(row assessment.ReviewRow) []string {
	parts := []string{"Line " + strconv.Itoa(row.Line)}
	done := "marked as done"
	switch {
	case row.Question != "":
		done = "selected as an answer"
	case !row.Completed:
		done = "not marked as done"
	}
	for _, word := range []string{row.Category, row.Code, prefixed("priority ", row.Priority), prefixed("weight ", row.Weight), done} {
		if word != "" && word != row.Title {
			parts = append(parts, word)
		}
	}
	return parts
}

func prefixed(prefix, word string) string {
	if word == "" {
		return ""
	}
	return prefix + word
}

// groups lists the practices by pillar, with the answers that they have.
func (f *reviewForm) groups() []templates.OptionGroup {
	groups := []templates.OptionGroup{{Options: []templates.Option{{Title: "Skip"}}}}
	for _, pillar := range f.c.Model.Questionnaire().Pillars {
		group := templates.OptionGroup{Title: pillar.Title}
		for practice := range pillar.Practices() {
			title := words.Cut(practice.ID+" "+practice.Title, titleInList)
			if stored := f.c.State.Answer(practice.ID); stored.Status != assessment.Unanswered {
				title += " (" + words.Lower(words.Status(stored.Status)) + ")"
			}
			group.Options = append(group.Options, templates.Option{Value: practice.ID, Title: title})
		}
		groups = append(groups, group)
	}
	return groups
}

// choosing returns groups with one entry chosen.
func choosing(groups []templates.OptionGroup, value string) []templates.OptionGroup {
	chosen := make([]templates.OptionGroup, len(groups))
	for i, group := range groups {
		chosen[i] = templates.OptionGroup{Title: group.Title, Options: make([]templates.Option, len(group.Options))}
		for j, option := range group.Options {
			option.Chosen = option.Value == value
			chosen[i].Options[j] = option
		}
	}
	return chosen
}

func (h *handlers) reviewDonePage(w http.ResponseWriter, r *http.Request, form *reviewForm, after *assessment.Current, p plan) error {
	packed, err := form.pack()
	if err != nil {
		return err
	}
	id := form.c.State.ID
	v := view.ReviewDoneView{Page: h.reviewPage(w, r, after), Title: writtenTitle(len(p.saves)), Overview: templates.AssessmentURL(id), Rows: templates.ReviewRowsURL(id),
		Packed: packed, Name: form.name, Open: form.open, From: strconv.Itoa(form.from),
		Lead: fmt.Sprintf("Rows %s of %d of %s.", span(form.from, form.to), len(form.rows), form.title())}
	if form.to < len(form.rows) {
		next := newReviewForm(form.reviewFile, after, form.to)
		v.After, v.Next = strconv.Itoa(form.to), "Continue with rows "+span(next.from, next.to)
	}
	for _, save := range p.saves {
		place, _ := after.Model.Place(save.Practice)
		v.Written = append(v.Written, view.ReviewWritten{Title: place.Practice.Title, Status: save.Answer.Status,
			URL: templates.PracticeURL(id, place.Principle.ID, save.Practice), Lines: lineWords(p.lines[save.Practice])})
	}
	for _, row := range p.left {
		v.Left = append(v.Left, view.ReviewLeft{Line: strconv.Itoa(row.Line), Title: row.Title, Why: row.why})
	}
	return h.Render(w, r, http.StatusOK, view.ReviewDone(v))
}

func writtenTitle(n int) string {
	if n == 0 {
		return "Nothing was imported"
	}
	return words.Plural(n, "answer", "answers") + " imported"
}

func lineWords(lines []int) string {
	var parts []string
	for _, line := range lines {
		parts = append(parts, strconv.Itoa(line))
	}
	if len(parts) == 1 {
		return "line " + parts[0]
	}
	return "lines " + strings.Join(parts, ", ")
}
