package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

const reviewHeading = "Import answers"

func (s *Server) reviewUploadPage(w http.ResponseWriter, r *http.Request, c *assessment.Current, status int, open assessment.Status, problems templates.FormErrors) error {
	id := c.State.ID
	view := templates.ReviewUploadView{Page: s.reviewPage(w, r, c), Action: templates.ReviewImportURL(id),
		Overview: templates.AssessmentURL(id), Open: open, Errors: problems}
	return s.render(w, r, status, templates.ReviewUpload(view))
}

func (s *Server) reviewPage(w http.ResponseWriter, r *http.Request, c *assessment.Current) templates.Page {
	page := s.placed(w, r, c, tabAnswers, reviewHeading)
	page.Crumbs = append(page.Crumbs, templates.Crumb{Title: reviewHeading, URL: templates.ReviewImportURL(c.State.ID)})
	return page
}

func (s *Server) reviewRowsPage(w http.ResponseWriter, r *http.Request, status int, form *reviewForm) error {
	packed, err := form.pack()
	if err != nil {
		return err
	}
	id := form.c.State.ID
	view := templates.ReviewRowsView{Page: s.reviewPage(w, r, form.c), Action: templates.ReviewRowsURL(id), Again: templates.ReviewImportURL(id),
		Title: form.title(), Packed: packed, Name: form.name, Open: form.open, OpenWord: openWord(form.open), From: strconv.Itoa(form.from),
		Seen: writeSeen(form.c.State.Answers), Losses: form.losses, Errors: form.faults}
	if len(form.rows) > 0 {
		view.Of = fmt.Sprintf("Rows %s of %d", span(form.from, form.to), len(form.rows))
	}
	if form.from > 0 {
		view.Before = strconv.Itoa(max(form.from-(form.to-form.from), 0))
	}
	if form.to < len(form.rows) {
		view.After = strconv.Itoa(form.to)
	}
	for _, row := range form.silent {
		view.Silent = append(view.Silent, fmt.Sprintf("Line %d: %s", row.Line, row.Title))
	}
	suggester := assessment.NewSuggester(form.c.Model.Questionnaire())
	groups := form.groups()
	for _, row := range form.page() {
		view.Rows = append(view.Rows, s.reviewRowView(r, form, row, suggester, groups))
	}
	return s.render(w, r, status, templates.ReviewRows(view))
}

func openWord(open assessment.Status) string {
	if open == assessment.Absent {
		return "what is not done proposes “not yet”"
	}
	return "what is not done says nothing"
}

// span says which rows of a list, counted from one.
func span(from, to int) string {
	if to-from == 1 {
		return strconv.Itoa(to)
	}
	return fmt.Sprintf("%d to %d", from+1, to)
}

func (s *Server) reviewRowView(r *http.Request, form *reviewForm, row assessment.ReviewRow, suggester *assessment.Suggester, groups []templates.OptionGroup) templates.ReviewRowView {
	view := templates.ReviewRowView{Line: row.Line, Title: row.Title, Question: row.Question, Link: row.Link, Words: reviewWords(row), Note: row.Note,
		Status: row.Status(form.open), Groups: choosing(groups, form.chosen[row.Line]), Over: form.over[row.Line], Conflict: form.inWay[row.Line] != nil}
	if found, ok := suggester.Suggest(row); ok {
		place, _ := form.c.Model.Place(found.Practice)
		view.Strength, view.Suggested, view.Reasons = strength(found.Score), place.Practice.Title, strings.Join(found.Reasons, "; ")
	}
	practice := form.chosen[row.Line]
	if stored := form.c.State.Answer(practice); says(stored.Answer) {
		view.Stored = &templates.ReviewStored{Practice: practice, Answer: stored.Answer, By: stored.By, When: templates.Day(stored.At.In(s.zone(r)))}
	}
	return view
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
	words := []string{"Line " + strconv.Itoa(row.Line)}
	done := "marked as done"
	switch {
	case row.Question != "":
		done = "selected as an answer"
	case !row.Completed:
		done = "not marked as done"
	}
	for _, word := range []string{row.Category, row.Code, prefixed("priority ", row.Priority), prefixed("weight ", row.Weight), done} {
		if word != "" && word != row.Title {
			words = append(words, word)
		}
	}
	return words
}

func prefixed(prefix, word string) string {
	if word == "" {
		return ""
	}
	return prefix + word
}

// groups lists the practices by pillar, with the answers that they have.
func (f *reviewForm) groups() []templates.OptionGroup {
	groups := []templates.OptionGroup{{Options: []templates.FilterOption{{Title: "Leave out"}}}}
	for _, pillar := range f.c.Model.Questionnaire().Pillars {
		group := templates.OptionGroup{Title: pillar.Title}
		for practice := range pillar.Practices() {
			title := practice.ID + " " + practice.Title
			if characters := []rune(title); len(characters) > titleInList {
				title = string(characters[:titleInList-1]) + "…"
			}
			if stored := f.c.State.Answer(practice.ID); stored.Status != assessment.Unanswered {
				title += " (" + strings.ToLower(templates.StatusWord(stored.Status)) + ")"
			}
			group.Options = append(group.Options, templates.FilterOption{Value: practice.ID, Title: title})
		}
		groups = append(groups, group)
	}
	return groups
}

// choosing returns groups with one entry chosen.
func choosing(groups []templates.OptionGroup, value string) []templates.OptionGroup {
	chosen := make([]templates.OptionGroup, len(groups))
	for i, group := range groups {
		chosen[i] = templates.OptionGroup{Title: group.Title, Options: make([]templates.FilterOption, len(group.Options))}
		for j, option := range group.Options {
			option.Chosen = option.Value == value
			chosen[i].Options[j] = option
		}
	}
	return chosen
}

func (s *Server) reviewDonePage(w http.ResponseWriter, r *http.Request, form *reviewForm, after *assessment.Current, p plan) error {
	packed, err := form.pack()
	if err != nil {
		return err
	}
	id := form.c.State.ID
	view := templates.ReviewDoneView{Page: s.reviewPage(w, r, after), Title: writtenTitle(len(p.saves)), Overview: templates.AssessmentURL(id), Rows: templates.ReviewRowsURL(id),
		Packed: packed, Name: form.name, Open: form.open, From: strconv.Itoa(form.from),
		Lead: fmt.Sprintf("Rows %s of %d of %s.", span(form.from, form.to), len(form.rows), form.title())}
	if form.to < len(form.rows) {
		next := newReviewForm(form.reviewFile, after, form.to)
		view.After, view.Next = strconv.Itoa(form.to), "Go on with rows "+span(next.from, next.to)
	}
	for _, save := range p.saves {
		place, _ := after.Model.Place(save.Practice)
		view.Written = append(view.Written, templates.ReviewWritten{Title: place.Practice.Title, Status: save.Answer.Status,
			URL: templates.PracticeURL(id, place.Principle.ID, save.Practice), Lines: lineWords(p.lines[save.Practice])})
	}
	for _, row := range p.left {
		view.Left = append(view.Left, templates.ReviewLeft{Line: strconv.Itoa(row.Line), Title: row.Title, Why: row.why})
	}
	return s.render(w, r, http.StatusOK, templates.ReviewDone(view))
}

func writtenTitle(n int) string {
	if n == 0 {
		return "Nothing was written"
	}
	return templates.Plural(n, "answer", "answers") + " written"
}

func lineWords(lines []int) string {
	var words []string
	for _, line := range lines {
		words = append(words, strconv.Itoa(line))
	}
	if len(words) == 1 {
		return "line " + words[0]
	}
	return "lines " + strings.Join(words, ", ")
}
