package web

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
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

// showLibrary lists the questionnaires that the address asks for. A search that is no text is answered with all of them.
func (s *Server) showLibrary(w http.ResponseWriter, r *http.Request) error {
	entries, err := s.Store.Library(r.Context())
	if err != nil {
		return err
	}
	teams, err := s.teamsIn(r.Context(), actorOf(r), assessment.ActRead)
	if err != nil {
		return err
	}
	view := templates.LibraryView{Page: s.page(r, "Library"), Search: printable(r.URL.Query().Get(templates.ParamSearch)), Many: len(entries) >= manyQuestionnaires}
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}}
	if actorOf(r).Teams(assessment.ActLibrary).Empty() {
		view.Denied = "A lead of a team can add questionnaires, and say which ones the team is offered."
	}
	status := http.StatusOK
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", r.URL.Query().Get(templates.ParamSearch), assessment.MaxShort, false)
	if problem != nil {
		status = http.StatusUnprocessableEntity
		view.Errors = templates.FormErrors{{Field: problem.Field, Message: problem.Message}}
		view.Many = true
	}
	shown := fitting(entries, search)
	view.Count = words.Plural(len(entries), "version", "versions")
	if len(shown) < len(entries) {
		view.Count = strconv.Itoa(len(shown)) + " of " + view.Count
	}
	for _, group := range groupsOf(shown) {
		view.Groups = append(view.Groups, s.libraryGroup(r, group, teams))
	}
	return s.render(w, r, status, templates.Library(view))
}

// fitting returns the entries in which each word of a search occurs.
func fitting(entries []assessment.LibraryEntry, search string) []assessment.LibraryEntry {
	var shown []assessment.LibraryEntry
	for _, e := range entries {
		if words.Matches(search, e.ID, e.Title, e.Version, e.Source.Title, e.Source.Licence, e.FileName, e.AddedBy) {
			shown = append(shown, e)
		}
	}
	return shown
}

// groupsOf puts the versions of a questionnaire together, in the order in which they come. What came with the program is
// first, the others follow by title.
func groupsOf(entries []assessment.LibraryEntry) [][]assessment.LibraryEntry {
	var groups [][]assessment.LibraryEntry
	for _, e := range entries {
		if last := len(groups) - 1; last >= 0 && groups[last][0].ID == e.ID {
			groups[last] = append(groups[last], e)
			continue
		}
		groups = append(groups, []assessment.LibraryEntry{e})
	}
	slices.SortStableFunc(groups, func(a, b []assessment.LibraryEntry) int { return compareEntries(a[0], b[0]) })
	return groups
}

// compareEntries puts what came with the program first, and then orders by title.
func compareEntries(a, b assessment.LibraryEntry) int {
	if a.Builtin() != b.Builtin() {
		if a.Builtin() {
			return -1
		}
		return 1
	}
	return cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
}

func (s *Server) libraryGroup(r *http.Request, versions []assessment.LibraryEntry, teams []assessment.Team) templates.LibraryGroup {
	newest := versions[0]
	group := templates.LibraryGroup{ID: newest.ID, Title: newest.Title, Licence: newest.Source.Licence,
		Source: templates.Link{Title: cmp.Or(newest.Source.Title, newest.Source.URL), URL: newest.Source.URL}}
	for _, e := range versions {
		row := templates.LibraryRow{Version: e.Version, URL: templates.QuestionnaireURL(e.SHA256), Practices: strconv.Itoa(e.Counts.Practices),
			Offered: offeredMark(e, teams), Added: s.added(r, e)}
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
func offeredMark(e assessment.LibraryEntry, teams []assessment.Team) templates.OfferedMark {
	n := 0
	for _, team := range teams {
		if e.EnabledFor(team.ID) {
			n++
		}
	}
	switch {
	case len(teams) == 0:
		return templates.OfferedMark{Glyph: "na", Tone: "dim", Word: "you are in no team"}
	case n == 0:
		return templates.OfferedMark{Glyph: "na", Tone: "dim", Word: "no"}
	case len(teams) == 1:
		return templates.OfferedMark{Glyph: "check", Tone: "good", Word: "yes"}
	case n == len(teams):
		return templates.OfferedMark{Glyph: "check", Tone: "good", Word: "all teams"}
	}
	return templates.OfferedMark{Glyph: "check", Tone: "good", Word: strconv.Itoa(n) + " of " + strconv.Itoa(len(teams)) + " teams"}
}

// added says who brought a questionnaire, and when.
func (s *Server) added(r *http.Request, e assessment.LibraryEntry) []string {
	if e.Builtin() {
		return []string{"came with Plumbline"}
	}
	return []string{cmp.Or(e.AddedBy, "somebody"), words.Day(e.AddedAt.In(s.zone(r)))}
}

// formatTitle names the format that a questionnaire was read from.
func (s *Server) formatTitle(kind string) string {
	for _, f := range s.Files.Formats() {
		if f.Kind == kind {
			return f.Title
		}
	}
	return kind
}
