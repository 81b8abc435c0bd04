package history

import (
	"net/http"
	"strconv"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/history"
	"plumbline/web/page"
)

// pageSize is how many changes a page shows.
const pageSize = 50

func (h *handlers) show(w http.ResponseWriter, r *http.Request) error {
	return h.render(w, r, http.StatusOK, page.CurrentOf(r), query(r), "")
}

// query reads which changes an address asks for. What it cannot mean is left out.
func query(r *http.Request) assessment.EventFilter {
	asked := r.URL.Query()
	before, err := strconv.ParseInt(asked.Get(view.ParamBefore), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	return assessment.EventFilter{Subject: page.Printable(asked.Get(templates.ParamSubject)), Before: before}
}

// render shows one page of the history. One change more is read to see whether there are older ones.
func (h *handlers) render(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, f assessment.EventFilter, problem string) error {
	f.Limit = pageSize + 1
	events, err := h.store.History(r.Context(), c.State.ID, f)
	if err != nil {
		return err
	}
	v := view.HistoryView{Page: h.Placed(w, r, c, "", "History"), Subject: subject(c, f.Subject), SubjectID: f.Subject, Later: f.Before > 0,
		URL: templates.HistoryURL(c.State.ID, f.Subject), AllURL: templates.HistoryURL(c.State.ID, "")}
	if problem != "" {
		v.Errors = templates.FormErrors{{Message: problem}}
	}
	if len(events) > pageSize {
		events = events[:pageSize]
		v.Older = view.OlderURL(c.State.ID, f.Subject, events[pageSize-1].Sequence)
	}
	v.Changes, err = h.changes(r, c, events)
	if err != nil {
		return err
	}
	return h.Render(w, r, status, view.History(v))
}

func (h *handlers) undo(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, "Undone.", func(sequence int64) error {
		_, err := h.store.Undo(r.Context(), page.ActorOf(r), page.CurrentOf(r).State.ID, []int64{sequence})
		return err
	})
}

func (h *handlers) restore(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, "Restored.", func(sequence int64) error {
		_, err := h.store.Restore(r.Context(), page.ActorOf(r), page.CurrentOf(r).State.ID, sequence)
		return err
	})
}

// change takes one change back and leads to the history that the visitor came from, where a refusal is shown, too.
func (h *handlers) change(w http.ResponseWriter, r *http.Request, done string, apply func(sequence int64) error) error {
	sequence, err := strconv.ParseInt(chi.URLParam(r, "sequence"), 10, 64)
	if err != nil {
		return errNoChange()
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	from := assessment.EventFilter{Subject: page.Printable(r.PostForm.Get(templates.ParamSubject))}
	if err := apply(sequence); err != nil {
		return h.refuse(w, r, err, from)
	}
	if page.Live(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	h.Notify(w, done)
	return page.Redirect(w, r, templates.HistoryURL(page.CurrentOf(r).State.ID, from.Subject))
}

func errNoChange() error {
	return assessment.Errorf(assessment.NotFound, "There is no change with this number")
}

// refuse shows the history with why a change was not taken back.
func (h *handlers) refuse(w http.ResponseWriter, r *http.Request, err error, from assessment.EventFilter) error {
	status := page.StatusOf(err)
	if !page.ShowsAgain(status) {
		return err
	}
	c, again := h.CurrentNow(r)
	if again != nil {
		return again
	}
	return h.render(w, r, status, c, from, refused(status, err))
}

// refused says why a change was not taken back: in the words of who knows, or that it is not possible now.
func refused(status int, err error) string {
	if status == http.StatusConflict || status == http.StatusUnprocessableEntity {
		return err.Error() + "."
	}
	return page.RefusalText(status)
}
