package walk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// walkView is the page of a principle. form is what was typed and could not be saved, nil for a fresh page.
func (h *handlers) walkView(w http.ResponseWriter, r *http.Request, a onPrinciple, form pageForm) view.WalkView {
	at := slices.IndexFunc(a.Pillar.Principles, func(p assessment.Principle) bool { return p.ID == a.Principle.ID })
	address := templates.PrincipleURL(a.State.ID, a.Principle.ID)
	around := h.drawn.around(a)
	view := view.WalkView{
		Page:      h.Placed(w, r, a.Current, page.TabAnswers, a.Principle.Title),
		Action:    address,
		Changes:   templates.ChangesURL(a.State.ID, a.Principle.ID),
		SignIn:    templates.LoginURL(address),
		User:      page.ActorOf(r).User.ID,
		Of:        a.State.ID,
		Place:     a.Pillar.Title + ", principle " + strconv.Itoa(at+1) + " of " + strconv.Itoa(len(a.Pillar.Principles)),
		Principle: a.Principle.Title,
		Summary:   a.Principle.Summary,
		About:     view.AboutView{Pillar: a.Pillar.Title, Summary: a.Pillar.Summary, Source: strings.Join(assessment.References(a.Principle.Source), ", ")},
		Rail:      around.rail,
		Rest:      restView(a.Current, a.Principle),
		Since:     around.since,
		Picture:   around.picture,
		Foot:      view.Foot{Now: footNow(a.Current, a.Pillar)},
		Denied:    page.Denied(r, access.ActAnswer, a.State.Workload),
	}
	view.Views, view.NextOpen = answerViews(a.Current, viewGuided), nextOpen(a)
	view.Feed = h.Feed(r, a.Current, a.Principle.ID)
	if a.Previous != nil {
		view.Foot.Previous = templates.Link{Title: a.Previous.Title, URL: templates.PrincipleURL(a.State.ID, a.Previous.ID)}
	}
	if a.Next != nil {
		view.Foot.Next = templates.Link{Title: a.Next.Title, URL: templates.PrincipleURL(a.State.ID, a.Next.ID)}
	}
	if len(a.Principle.Questions) == 1 {
		view.Question, view.About.Help = a.Principle.Questions[0].Title, a.Principle.Questions[0].Help
	}
	view.Out = outOfScope(a)
	view.Sets, view.Together = h.recentSets(r, a), templates.TogetherURL(a.State.ID, a.Principle.ID)
	view.Sections, view.Errors = h.sections(r, a, form, view.Denied != "")
	return view
}

func (h *handlers) sections(r *http.Request, a onPrinciple, form pageForm, locked bool) ([]view.SectionView, templates.FormErrors) {
	var problems templates.FormErrors
	sections := make([]view.SectionView, 0, len(a.Principle.Questions))
	var asked *assessment.Question
	for number, practice := range a.InScope(a.Principle) {
		if place, _ := a.Model.Place(practice.ID); place.Question != asked {
			asked = place.Question
			sections = append(sections, sectionOf(asked, len(a.Principle.Questions) > 1))
		}
		typed := form[practice.ID]
		row := h.practiceView(r, a.Current, practice, number, typed)
		row.Locked = locked
		problems = append(problems, summary(row)...)
		section := &sections[len(sections)-1]
		section.Practices = append(section.Practices, h.drawn.row(row, typed == nil))
	}
	return sections, problems
}

// sectionOf is a question without its practices. It is titled where the page asks several.
func sectionOf(question *assessment.Question, titled bool) view.SectionView {
	section := view.SectionView{Practices: make([]templ.Component, 0, len(question.Practices))}
	if titled {
		section.Title, section.Help = question.Title, question.Help
	}
	return section
}

// outOfScope says which practices of the principle the scope leaves out.
func outOfScope(a onPrinciple) view.OutView {
	out := view.OutView{URL: templates.ScopeURL(a.State.ID)}
	for practice := range a.Principle.Practices() {
		if a.OutOfScope(practice.ID) {
			out.Practices = append(out.Practices, practice.Title)
		}
	}
	return out
}

// summary is what the top of the page says about a practice that could not be saved.
func summary(p templates.PracticeView) templates.FormErrors {
	var problems templates.FormErrors
	add := func(field, message string) {
		if message != "" {
			problems = append(problems, templates.FieldError{Field: field + p.ID, Message: "Answer " + p.Number + ": " + message})
		}
	}
	add("p-", p.Fault.Status)
	add("reason-", p.Fault.Reason)
	add("note-", p.Fault.Note)
	add("p-", p.Fault.Evidence)
	if p.Conflict != nil {
		add("p-", p.Conflict.By+" saved another answer first. Choose which one to keep")
	}
	return problems
}

// footNow is the score of a pillar for small screens.
func footNow(c *assessment.Current, pillar *assessment.Pillar) view.FootNow {
	return view.FootNow{Title: pillar.Title, Span: words.Score(c.Model.Questionnaire().Bands, pillarResult(c, pillar).Range)}
}

func restView(c *assessment.Current, principle *assessment.Principle) view.RestView {
	return view.RestView{URL: templates.RestURL(c.State.ID, principle.ID), Together: templates.TogetherURL(c.State.ID, principle.ID), Open: openOn(c, principle)}
}

// nextOpen is the address of the next practice without an answer on another page, empty where there is none.
func nextOpen(a onPrinciple) string {
	from := ""
	if a.Next != nil {
		from = a.Next.ID
	}
	next := a.NextPrinciple(from)
	if next == nil || next.ID == a.Principle.ID {
		return ""
	}
	for _, practice := range a.InScope(next) {
		if a.Counted(practice.ID) == assessment.Unanswered {
			return templates.PracticeURL(a.State.ID, next.ID, practice.ID)
		}
	}
	return ""
}

// openOn counts the unanswered practices of a principle.
func openOn(c *assessment.Current, principle *assessment.Principle) int {
	open := 0
	for practice := range principle.Practices() {
		if c.Counted(practice.ID) == assessment.Unanswered {
			open++
		}
	}
	return open
}

// sinceNow is what the page shows now, for the saves that come from it.
func sinceNow(a onPrinciple) view.Since {
	var live []string
	here := tradeoffsOn(a.Current, a.Principle)
	for i := range a.Result.Tradeoffs {
		tradeoff := &a.Result.Tradeoffs[i]
		if tradeoff.State == assessment.Live && here[tradeoff.ID] && lastCause(a.Current, a.Principle, tradeoff) != "" {
			live = append(live, tradeoff.ID)
		}
	}
	return view.Since{
		Pillar:  formatRange(pillarResult(a.Current, a.Pillar).Range),
		Overall: formatRange(a.Result.Overall.Range),
		Open:    openOn(a.Current, a.Principle),
		Live:    strings.Join(live, " "),
	}
}

func pillarResult(c *assessment.Current, pillar *assessment.Pillar) *assessment.PillarResult {
	i := slices.IndexFunc(c.Result.Pillars, func(p assessment.PillarResult) bool { return p.ID == pillar.ID })
	return &c.Result.Pillars[i]
}
