package history

import (
	"errors"
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
	v.Changes, err = h.changes(r, c, events, f.Subject)
	if err != nil {
		return err
	}
	return h.Render(w, r, status, view.History(v))
}

func (h *handlers) undo(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(sequence int64) (string, error) {
		_, undoing, err := h.store.Undo(r.Context(), page.ActorOf(r), page.CurrentOf(r).State.ID, []int64{sequence})
		if undoing.Restored+undoing.Left > 1 {
			return page.UndoneNotice(undoing), err
		}
		return "Undone.", err
	})
}

func (h *handlers) restore(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(sequence int64) (string, error) {
		_, err := h.store.Restore(r.Context(), page.ActorOf(r), page.CurrentOf(r).State.ID, sequence)
		return "Restored.", err
	})
}

// change does something about one change, says what it did and leads to the history that the visitor came from, where a
// refusal is shown, too.
func (h *handlers) change(w http.ResponseWriter, r *http.Request, apply func(sequence int64) (done string, err error)) error {
	sequence, err := strconv.ParseInt(chi.URLParam(r, "sequence"), 10, 64)
	if err != nil {
		return errNoChange()
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	from := assessment.EventFilter{Subject: page.Printable(r.PostForm.Get(templates.ParamSubject))}
	done, err := apply(sequence)
	if err != nil {
		return h.refuse(w, r, from, err)
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

// refuse shows the history with why nothing was done: in the words of who knows, or that it is not possible now.
func (h *handlers) refuse(w http.ResponseWriter, r *http.Request, from assessment.EventFilter, cause error) error {
	status := page.StatusOf(cause)
	if !page.ShowsAgain(status) {
		return cause
	}
	c, err := h.CurrentNow(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	return h.render(w, r, status, c, from, page.Refusal(cause))
}
