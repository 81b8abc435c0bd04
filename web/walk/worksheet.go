package walk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/worksheet"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// perPage is about how many rows a page of the worksheet has: a principle is never divided.
const perPage = 300

// Names of what the address of a worksheet says beside its filters.
const (
	paramPage = "page" // from 1
	paramOpen = "open" // a practice, with all that belongs to it
	paramUndo = "undo" // changes that were just made
)

// sheets answer for the worksheet.
type sheets struct {
	*rows
	store Store
	texts searchTexts
}

// sheet is an assessment as its worksheet shows it.
type sheet struct {
	*assessment.Current
	last   time.Time // of the last snapshot, zero where there is none
	rows   []worksheet.Row
	filter worksheet.Filter
	chosen []bool // of rows
	open   string // practice
	typed  pageForm
}

// sheetOf returns the worksheet of an assessment that a query asks for.
func (h *sheets) sheetOf(r *http.Request, c *assessment.Current, query url.Values) (*sheet, error) {
	s := &sheet{Current: c, filter: worksheet.Read(c.Model, query), open: query.Get(paramOpen)}
	s.filter.Search = page.Shortened(page.Printable(s.filter.Search), longestSearch)
	taken, err := h.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return nil, err
	}
	if len(taken) > 0 {
		s.last = taken[0].TakenAt
	}
	s.rows = worksheet.Rows(c, worksheet.Since{Person: page.ActorOf(r).User.Name, Snapshot: s.last})
	s.chosen = s.filter.Chosen(c.Model, s.rows, h.texts.of(c.Model))
	return s, nil
}

// longestSearch is how many characters of a search are looked at.
const longestSearch = 200

func (h *sheets) showWorksheet(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sheetOf(r, page.CurrentOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	return h.renderSheet(w, r, http.StatusOK, s)
}

func (h *sheets) renderSheet(w http.ResponseWriter, r *http.Request, status int, s *sheet) error {
	v, err := h.sheetView(w, r, s)
	if err != nil {
		return err
	}
	return h.Render(w, r, status, view.Worksheet(v))
}

// showSheetRows draws one part of the rows, for the script: all of them, where a page without it leaves out those that
// are not looked for.
func (h *sheets) showSheetRows(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sheetOf(r, page.CurrentOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	parts := partsOfRows(s.rows)
	part := parts[pageNumber(r.URL.Query(), len(parts))-1]
	lines, err := h.sheetLines(r, s, part)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, view.SheetLines(lines, page.Denied(r, access.ActAnswer, s.State.Workload) != ""))
}

// showFound says which rows a filter takes, for the script.
func (h *sheets) showFound(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sheetOf(r, page.CurrentOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, view.SheetFound(s.found()))
}

// showSheetRow draws one row, open or not.
func (h *sheets) showSheetRow(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sheetOf(r, page.CurrentOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	practice := chi.URLParam(r, "practice")
	i := slices.IndexFunc(s.rows, func(row worksheet.Row) bool { return row.Practice.ID == practice })
	if i < 0 {
		return assessment.Errorf(assessment.NotFound, "This practice is not in the questionnaire, or out of scope")
	}
	lines, err := h.sheetLine(r, s, i)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, view.SheetLines([]view.SheetLine{{Row: &lines}}, page.Denied(r, access.ActAnswer, s.State.Workload) != ""))
}

// showSheetChanges draws rows that have changed, as the script asks for them, and what is around them.
func (h *sheets) showSheetChanges(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	s, err := h.sheetOf(r, page.CurrentOf(r), query)
	if err != nil {
		return err
	}
	return h.renderRows(w, r, s, query["practice"], query["opened"], view.Toast{})
}

// renderRows draws some rows, those in opened with all that belongs to them, and what is around them.
func (h *sheets) renderRows(w http.ResponseWriter, r *http.Request, s *sheet, practices, opened []string, toast view.Toast) error {
	var rows []view.SheetRow
	for i := range s.rows {
		practice := s.rows[i].Practice.ID
		if !slices.Contains(practices, practice) {
			continue
		}
		s.open = ""
		if slices.Contains(opened, practice) {
			s.open = practice
		}
		row, err := h.sheetLine(r, s, i)
		if err != nil {
			return err
		}
		if by := row.Stored.By; by != page.ActorOf(r).User.Name && by != "" {
			row.Mark = h.newsMark(r, row.Stored)
		}
		rows = append(rows, row)
	}
	return h.Render(w, r, http.StatusOK, view.SheetChanged(rows, h.sheetAround(s, toast)))
}

// partOfRows are rows of the sheet that stand on one page, from the first to before the end.
type partOfRows struct{ first, end int }

// partsOfRows divides rows into pages. There is always one.
func partsOfRows(rows []worksheet.Row) []partOfRows {
	var parts []partOfRows
	first := 0
	for i := range rows {
		if i-first >= perPage && rows[i].Place.Principle != rows[i-1].Place.Principle {
			parts = append(parts, partOfRows{first, i})
			first = i
		}
	}
	return append(parts, partOfRows{first, len(rows)})
}

// pageNumber reads which page is asked for, from 1 to pages.
func pageNumber(query url.Values, pages int) int {
	n, err := strconv.Atoi(query.Get(paramPage))
	if err != nil {
		return 1
	}
	return min(max(n, 1), pages)
}

// filtered reports whether anything is looked for.
func (s *sheet) filtered() bool { return len(s.filter.Query()) > 0 }

// found says how many rows are looked for.
func (s *sheet) found() view.Found {
	f := view.Found{Sequence: strconv.FormatInt(s.State.Sequence, 10), All: len(s.rows), Out: s.Model.PracticeCount() - len(s.rows),
		Scope: templates.ScopeURL(s.State.ID)}
	var mask strings.Builder
	for _, chosen := range s.chosen {
		if chosen {
			f.Shown++
			mask.WriteByte('1')
		} else {
			mask.WriteByte('0')
		}
	}
	f.Mask = mask.String()
	if s.filtered() {
		f.Clear = templates.WorksheetURL(s.State.ID, nil)
	}
	return f
}
