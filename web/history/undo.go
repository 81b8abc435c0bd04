package history

import (
	"net/http"
	"net/url"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/page"
)

// undoSeveral takes back the changes that a form names, all or none, and leads back to where they were made.
func (h *handlers) undoSeveral(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	var sequences []int64
	for _, one := range r.PostForm["undo"] {
		sequence, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return errNoChange()
		}
		sequences = append(sequences, sequence)
	}
	c := page.CurrentOf(r)
	if len(sequences) == 0 {
		return assessment.Errorf(assessment.Invalid, "Choose a change to undo")
	}
	_, undoing, err := h.store.Undo(r.Context(), page.ActorOf(r), c.State.ID, sequences)
	if err != nil {
		return h.refuse(w, r, assessment.EventFilter{}, err)
	}
	if page.Live(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	h.Notify(w, page.UndoneNotice(undoing))
	return page.Redirect(w, r, cameFrom(r, templates.HistoryURL(c.State.ID, "")))
}

// cameFrom is the page that a form stood on, without its offer to undo; other is for who does not say it.
func cameFrom(r *http.Request, other string) string {
	from, err := url.Parse(page.OwnPath(r.Header.Get("Referer"), r.Host))
	if err != nil || from.Path == "/" {
		return other
	}
	query := from.Query()
	query.Del("undo")
	from.RawQuery = query.Encode()
	return from.RequestURI()
}
