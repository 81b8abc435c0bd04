package walk

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// showChanges draws the practices of a page that others have answered, as the script asks for them, and what is around
// them.
func (h *handlers) showChanges(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	query := r.URL.Query()
	v := view.ChangesView{Around: h.around(r, a, readSince(query))}
	for number, practice := range a.InScope(a.Principle) {
		if !slices.Contains(query["practice"], practice.ID) {
			continue
		}
		row := h.practiceView(r, a.Current, practice, number, nil)
		news := row.Version > page.VersionIn(query, "version."+practice.ID)
		if by := row.Stored.By; news && by != "" && by != page.ActorOf(r).User.Name {
			row.Mark = h.newsMark(r, row.Stored)
			v.Say += "Answer " + row.Number + ": " + by + ", " + words.Status(row.Stored.Status) + ". "
		}
		v.Practices = append(v.Practices, row)
	}
	return h.Render(w, r, http.StatusOK, view.Changes(v))
}

// newsMark says who has just saved an answer.
func (h *rows) newsMark(r *http.Request, stored assessment.SavedAnswer) templates.SaveMark {
	return templates.SaveMark{Glyph: "person", Word: "Changed by " + stored.By, At: view.InstantAgo(stored.At.In(h.Zone(r)), h.Now(r)), News: true}
}
