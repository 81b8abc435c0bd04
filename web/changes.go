package web

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/templates"
)

// showChanges draws the practices of a page that others have answered, as the script asks for them, and what is around
// them.
func (s *Server) showChanges(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, currentOf(r))
	if err != nil {
		return err
	}
	query := r.URL.Query()
	view := templates.ChangesView{Around: s.around(r, a, readSince(query))}
	number := 0
	for practice := range a.Principle.Practices() {
		number++
		if !slices.Contains(query["practice"], practice.ID) {
			continue
		}
		row := s.practiceView(r, a.Current, practice, number, nil)
		if by := row.Stored.By; by != "" && by != actorOf(r).User.Name {
			row.Mark = s.newsMark(r, row.Stored)
			view.Say += "Answer " + row.Number + ": " + by + ", " + templates.StatusWord(row.Stored.Status) + ". "
		}
		view.Practices = append(view.Practices, row)
	}
	return s.render(w, r, http.StatusOK, templates.Changes(view))
}

// newsMark says who has just saved an answer.
func (s *Server) newsMark(r *http.Request, stored assessment.SavedAnswer) templates.SaveMark {
	did := " chose this,"
	if stored.Status == assessment.Unanswered {
		did = " wrote this,"
	}
	return templates.SaveMark{Glyph: "person", Word: stored.By + did, At: templates.InstantAgo(stored.At.In(s.zone(r)), s.now(r)), News: true}
}
