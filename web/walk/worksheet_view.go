package walk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/assessment/worksheet"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// answerViews are the ways to look at the answers; current is the title of one.
func answerViews(c *assessment.Current, current string) []templates.Tab {
	tabs := []templates.Tab{
		{Title: viewGuided, URL: templates.WalkURL(c.State.ID)},
		{Title: viewWorksheet, URL: templates.WorksheetURL(c.State.ID, nil)},
		{Title: "Scope", URL: templates.ScopeURL(c.State.ID)},
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Title == current
	}
	return tabs
}

// Titles of the ways to look at the answers.
const (
	viewGuided    = "Guided"
	viewWorksheet = "Worksheet"
)

func (h *sheets) sheetView(w http.ResponseWriter, r *http.Request, s *sheet) (view.SheetView, error) {
	id := s.State.ID
	query := s.filter.Query()
	here := templates.WorksheetURL(id, query)
	v := view.SheetView{
		Page:     h.Placed(w, r, s.Current, page.TabAnswers, viewWorksheet),
		Views:    answerViews(s.Current, viewWorksheet),
		Action:   templates.WorksheetURL(id, nil),
		Row:      templates.WorksheetURL(id, nil) + "/practices/",
		Save:     templates.WalkURL(id) + "/",
		Changes:  templates.WorksheetURL(id, nil) + "/changes",
		SignIn:   templates.LoginURL(here),
		User:     page.ActorOf(r).User.ID,
		Of:       id,
		Search:   s.filter.Search,
		Groups:   s.chips(),
		Tradeoff: view.Choice{Name: worksheet.ParamTradeoff, Options: s.tradeoffs()},
		Found:    s.found(),
		Denied:   page.Denied(r, access.ActAnswer, s.State.Workload),
	}
	v.Feed = h.Feed(r, s.Current, "")
	v.Sheet = h.Files.Address("worksheet.js")
	shown, pager := s.part(r.URL.Query())
	v.Pager = pager
	v.Rows = templates.WorksheetURL(id, nil) + "/rows?" + query.Encode()
	var err error
	if v.Lines, err = h.linesOf(r, s, shown); err != nil {
		return v, err
	}
	for _, line := range v.Lines {
		if line.Row != nil {
			v.Errors = append(v.Errors, summary(line.Row.PracticeView)...)
		}
	}
	v.Toast = toastOf(s.Current, r.URL.Query()[paramUndo])
	return v, nil
}

// part returns the positions of the rows of the page that a query asks for. A long worksheet has only what is looked for,
// in pages; a short one has all its rows, so that a script can show them again at once.
func (s *sheet) part(query url.Values) ([]int, view.Pager) {
	var at []int
	for i := range s.rows {
		if s.chosen[i] || len(s.rows) <= perPage {
			at = append(at, i)
		}
	}
	pages := [][]int{}
	for first := 0; first < len(at) || first == 0; {
		end := min(first+perPage, len(at))
		for end < len(at) && s.rows[at[end]].Place.Principle == s.rows[at[end-1]].Place.Principle {
			end++
		}
		pages = append(pages, at[first:end])
		if end == first {
			break
		}
		first = end
	}
	n := pageNumber(query, len(pages))
	pager := view.Pager{Page: n, Pages: len(pages), Parts: len(partsOfRows(s.rows)), Whole: !s.filtered() && n == 1}
	if n > 1 {
		pager.Previous = s.pageURL(n - 1)
	}
	if n < len(pages) {
		pager.Next = s.pageURL(n + 1)
	}
	return pages[n-1], pager
}

func (s *sheet) pageURL(n int) string {
	query := s.filter.Query()
	query.Set(paramPage, strconv.Itoa(n))
	return templates.WorksheetURL(s.State.ID, query)
}

// sheetLines are the lines of a part of all rows.
func (h *sheets) sheetLines(r *http.Request, s *sheet, part partOfRows) ([]view.SheetLine, error) {
	at := make([]int, 0, part.end-part.first)
	for i := part.first; i < part.end; i++ {
		at = append(at, i)
	}
	return h.linesOf(r, s, at)
}

// linesOf are rows, each new pillar and principle with its heading before. The heading of a pillar that began in the part
// before is not said again.
func (h *sheets) linesOf(r *http.Request, s *sheet, at []int) ([]view.SheetLine, error) {
	var lines []view.SheetLine
	var before assessment.Place
	shown := s.shownIn()
	for _, i := range at {
		place := s.rows[i].Place
		if place.Pillar != before.Pillar {
			heading := s.pillarLine(place.Pillar)
			heading.Hidden = !shown[place.Pillar.ID]
			lines = append(lines, view.SheetLine{Pillar: &heading})
		}
		if place.Principle != before.Principle {
			heading := s.principleLine(place)
			heading.Hidden = !shown[place.Principle.ID]
			lines = append(lines, view.SheetLine{Principle: &heading})
		}
		before = place
		row, err := h.sheetLine(r, s, i)
		if err != nil {
			return nil, err
		}
		lines = append(lines, view.SheetLine{Row: &row})
	}
	return lines, nil
}

// shownIn are the pillars and principles with a row that is looked for.
func (s *sheet) shownIn() map[string]bool {
	shown := map[string]bool{}
	for i := range s.rows {
		if s.chosen[i] {
			shown[s.rows[i].Place.Pillar.ID], shown[s.rows[i].Place.Principle.ID] = true, true
		}
	}
	return shown
}

func (s *sheet) pillarLine(pillar *assessment.Pillar) view.PillarLine {
	result := pillarResult(s.Current, pillar)
	return view.PillarLine{ID: pillar.ID, Title: pillar.Title, Bands: s.Model.Questionnaire().Bands, Now: result.Range,
		Count: strconv.Itoa(result.Answered) + " of " + strconv.Itoa(result.Applicable) + " answered"}
}

func (s *sheet) principleLine(place assessment.Place) view.PrincipleLine {
	line := view.PrincipleLine{ID: place.Principle.ID, Title: place.Principle.Title, URL: templates.PrincipleURL(s.State.ID, place.Principle.ID)}
	result := pillarResult(s.Current, place.Pillar)
	for i := range place.Pillar.Principles {
		if &place.Pillar.Principles[i] == place.Principle {
			score := result.Principles[i].Score
			line.Number = strconv.Itoa(i + 1)
			line.Count = strconv.Itoa(score.Answered) + " of " + strconv.Itoa(score.Applicable)
		}
	}
	return line
}

// sheetLine is one row.
func (h *sheets) sheetLine(r *http.Request, s *sheet, i int) (view.SheetRow, error) {
	row := &s.rows[i]
	id := s.State.ID
	practice := row.Practice
	v := view.SheetRow{
		PracticeView: h.practiceView(r, s.Current, practice, 0, s.typed[practice.ID]),
		Index:        i,
		Open:         s.open == practice.ID,
		Hidden:       !s.chosen[i] && s.typed[practice.ID] == nil,
		Changed:      row.Changed,
	}
	v.Number = row.Number
	query := s.filter.Query()
	if v.Open {
		v.Guided = templates.PracticeURL(id, row.Place.Principle.ID, practice.ID)
		v.AllURL = templates.HistoryURL(id, practice.ID)
		v.PlanURL = templates.PlanURL(id)
		_, v.Planned = s.State.Plan[practice.ID]
		if !v.Planned && s.Counted(practice.ID) != assessment.Adopted {
			v.Plan = templates.PlanURL(id)
		}
		var err error
		if v.History, err = h.pastOf(r, s.Current, practice.ID); err != nil {
			return v, err
		}
	} else {
		if s.typed[practice.ID] == nil {
			v.Seen = seenMark(assessment.Answer{Status: v.Stored.Status, Reason: v.Stored.Reason})
		}
		query.Set(paramOpen, practice.ID)
	}
	v.URL = templates.WorksheetURL(id, query) + "#p-" + url.PathEscape(practice.ID)
	return v, nil
}

// maxPast is how many changes of a practice stand beside it.
const maxPast = 4

// pastOf are the last changes of a practice.
func (h *sheets) pastOf(r *http.Request, c *assessment.Current, practice string) ([]view.PastChange, error) {
	events, err := h.store.History(r.Context(), c.State.ID, assessment.EventFilter{Subject: practice, Limit: maxPast})
	if err != nil {
		return nil, err
	}
	may := page.Allow(r, access.ActAnswer, c.State.Workload) == nil
	list := make([]view.PastChange, len(events))
	for i := range events {
		e := &events[i]
		one := view.PastChange{At: view.InstantAt(e.At.In(h.Zone(r)), h.Now(r)), By: e.User}
		if one.Shifts, err = story.EventShifts(c.Model, e, practice); err != nil {
			return nil, err
		}
		if about := strings.HasPrefix(e.Kind, "answer"); about && may && e.Reversible() {
			holds, err := c.Holds(e)
			if err != nil {
				return nil, err
			}
			if one.PutBack, one.Label = templates.RestoreURL(c.State.ID, e.Sequence), "Restore"; holds {
				one.PutBack, one.Label = templates.UndoURL(c.State.ID, e.Sequence), "Undo"
			}
		}
		if strings.HasPrefix(e.Kind, "plan.") {
			one.Shifts = append([]story.ValueShift{{Name: "Plan", Is: words.Action(e.Kind)}}, one.Shifts...)[:1]
		}
		list[i] = one
	}
	return list, nil
}

// sheetAround is what an answer may change beside its row.
func (h *sheets) sheetAround(s *sheet, toast view.Toast) view.SheetAround {
	around := view.SheetAround{Sequence: strconv.FormatInt(s.State.Sequence, 10), Groups: s.chips(), Tradeoffs: page.OpenDecisions(s.Current),
		Toast: toast, Toasted: toast.Says != "", Say: toast.Says}
	pillars := s.Model.Questionnaire().Pillars
	for i := range pillars {
		around.Pillars = append(around.Pillars, s.pillarLine(&pillars[i]))
		for j := range pillars[i].Principles {
			around.Principles = append(around.Principles, s.principleLine(assessment.Place{Pillar: &pillars[i], Principle: &pillars[i].Principles[j]}))
		}
	}
	return around
}

// toastOf offers to take back the changes that an address names.
func toastOf(c *assessment.Current, sequences []string) view.Toast {
	if len(sequences) == 0 || len(sequences) > maxBulk {
		return view.Toast{}
	}
	for _, sequence := range sequences {
		if n, err := strconv.ParseInt(sequence, 10, 64); err != nil || n < 1 || n > c.State.Sequence {
			return view.Toast{}
		}
	}
	return view.Toast{Says: words.Plural(len(sequences), "change", "changes") + " saved", URL: templates.UndoneURL(c.State.ID), Sequences: sequences}
}
