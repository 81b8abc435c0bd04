package library

import (
	"cmp"
	"io"
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

// Files is what the library asks about questionnaires as files.
type Files interface {
	Formats() []assessment.FileFormat
	Detect(name string, data []byte) (kind string, ok bool)
	// Import's error is an assessment.RefusedFile, or an assessment.Error.
	Import(kind, name string, data []byte) (*assessment.Questionnaire, []assessment.Remark, error)
	WriteYAML(w io.Writer, q *assessment.Questionnaire) error
	// Lens returns a custom lens of AWS, and what it cannot say.
	Lens(q *assessment.Questionnaire) ([]byte, []assessment.Remark, error)
}

// manyQuestionnaires is from how many on the library has a search.
const manyQuestionnaires = 12

// showLibrary lists the questionnaires that the address asks for. A search that is not valid text shows all of them.
func (h *handlers) showLibrary(w http.ResponseWriter, r *http.Request) error {
	entries, err := h.LibraryOf(r)
	if err != nil {
		return err
	}
	teams, err := h.TeamsIn(r.Context(), page.ActorOf(r), access.ActRead)
	if err != nil {
		return err
	}
	v := view.LibraryView{Page: h.Page(r, "Library"), Search: page.Printable(r.URL.Query().Get(templates.ParamSearch)), Many: len(entries) >= manyQuestionnaires}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}}
	if page.ActorOf(r).Teams(access.ActLibrary).Empty() {
		v.Denied = "Team leads can add questionnaires and choose which ones their team can use."
	}
	status := http.StatusOK
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", r.URL.Query().Get(templates.ParamSearch), assessment.MaxShort, false)
	if problem != nil {
		status = http.StatusUnprocessableEntity
		v.Errors = templates.FormErrors{{Field: problem.Field, Message: problem.Message}}
		v.Many = true
	}
	shown := fitting(entries, search)
	v.Count = words.Plural(len(entries), "version", "versions")
	if len(shown) < len(entries) {
		v.Count = strconv.Itoa(len(shown)) + " of " + v.Count
	}
	for _, group := range page.GroupsOf(shown) {
		v.Groups = append(v.Groups, h.libraryGroup(r, group, teams))
	}
	return h.Render(w, r, status, view.Library(v))
}

// fitting returns the entries in which each word of a search occurs.
func fitting(entries []assessment.LibraryEntry, search string) []assessment.LibraryEntry {
	var shown []assessment.LibraryEntry
	for _, e := range entries {
		if assessment.Matches(search, e.ID, e.Title, e.Version, e.Source.Title, e.Source.Licence, e.FileName, e.AddedBy) {
			shown = append(shown, e)
		}
	}
	return shown
}

func (h *handlers) libraryGroup(r *http.Request, versions []assessment.LibraryEntry, teams []access.Team) view.LibraryGroup {
	newest := versions[0]
	group := view.LibraryGroup{ID: newest.ID, Title: newest.Title, Licence: newest.Source.Licence,
		Source: templates.Link{Title: cmp.Or(newest.Source.Title, newest.Source.URL), URL: newest.Source.URL}}
	for _, e := range versions {
		row := view.LibraryRow{Version: e.Version, URL: templates.QuestionnaireURL(e.SHA256), Practices: strconv.Itoa(e.Counts.Practices),
			Offered: offeredMark(e, teams), Added: h.added(r, e)}
		if e.Title != newest.Title {
			row.Title = e.Title
		}
		if e.Assessments > 0 {
			row.Used = words.Plural(e.Assessments, "assessment", "assessments")
		}
		group.Rows = append(group.Rows, row)
	}
	return group
}

// offeredMark says which of the visitor's teams are offered a questionnaire.
func offeredMark(e assessment.LibraryEntry, teams []access.Team) view.OfferedMark {
	n := 0
	for _, team := range teams {
		if e.EnabledFor(team.ID) {
			n++
		}
	}
	switch {
	case len(teams) == 0:
		return view.OfferedMark{Glyph: "na", Tone: "dim", Word: "you are not in a team"}
	case n == 0:
		return view.OfferedMark{Glyph: "na", Tone: "dim", Word: "none"}
	case len(teams) == 1:
		return view.OfferedMark{Glyph: "check", Tone: "good", Word: "your team"}
	case n == len(teams):
		return view.OfferedMark{Glyph: "check", Tone: "good", Word: "all teams"}
	}
	return view.OfferedMark{Glyph: "check", Tone: "good", Word: strconv.Itoa(n) + " of " + strconv.Itoa(len(teams)) + " teams"}
}

// added says who brought a questionnaire, and when.
func (h *handlers) added(r *http.Request, e assessment.LibraryEntry) []string {
	if e.Builtin() {
		return []string{"built in"}
	}
	return []string{cmp.Or(e.AddedBy, "somebody"), words.Day(e.AddedAt.In(h.Zone(r)))}
}

// formatTitle names the format that a questionnaire was read from.
func (h *handlers) formatTitle(kind string) string {
	for _, f := range h.files.Formats() {
		if f.Kind == kind {
			return f.Title
		}
	}
	return kind
}
