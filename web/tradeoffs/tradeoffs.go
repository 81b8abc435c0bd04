package tradeoffs

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

// showTradeoffs shows the list with the tradeoff that asks for a decision most in hand.
func (h *handlers) showTradeoffs(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	list := listTradeoffs(c, h.Today(r))
	frame := h.Placed(w, r, c, page.TabTradeoffs, "Tradeoffs")
	if len(list) == 0 {
		return h.Render(w, r, http.StatusOK, view.Tradeoffs(view.TradeoffsView{Page: frame}))
	}
	v := h.tradeoffsView(r, frame, c, list, first(list))
	v.All = ""
	return h.Render(w, r, http.StatusOK, view.Tradeoffs(v))
}

func (h *handlers) showTradeoff(w http.ResponseWriter, r *http.Request) error {
	c, chosen, err := tradeoffAsked(r)
	if err != nil {
		return err
	}
	frame := h.Placed(w, r, c, page.TabTradeoffs, chosen.Title)
	v := h.tradeoffsView(r, frame, c, listTradeoffs(c, h.Today(r)), chosen.ID)
	return h.Render(w, r, http.StatusOK, view.Tradeoffs(v))
}

// tradeoffAsked returns the assessment and the tradeoff that the address names, NotFound where the questionnaire has
// none of that id.
func tradeoffAsked(r *http.Request) (*assessment.Current, *assessment.Tradeoff, error) {
	c := page.CurrentOf(r)
	id := chi.URLParam(r, "tradeoff")
	tradeoff, ok := c.Model.Tradeoff(id)
	if !ok {
		return nil, nil, assessment.Errorf(assessment.NotFound, "Tradeoff %q does not exist", id)
	}
	return c, tradeoff, nil
}
