package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// showTradeoffs shows the list with the tradeoff that asks for a decision most in hand.
func (s *Server) showTradeoffs(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	list := listTradeoffs(c, s.today(r))
	page := s.placed(w, r, c, tabTradeoffs, "Tradeoffs")
	if len(list) == 0 {
		return s.render(w, r, http.StatusOK, templates.Tradeoffs(templates.TradeoffsView{Page: page}))
	}
	return s.render(w, r, http.StatusOK, templates.Tradeoffs(s.tradeoffsView(r, page, c, list, first(list))))
}

func (s *Server) showTradeoff(w http.ResponseWriter, r *http.Request) error {
	c, chosen, err := s.tradeoffAsked(r)
	if err != nil {
		return err
	}
	page := s.placed(w, r, c, tabTradeoffs, chosen.Title)
	view := s.tradeoffsView(r, page, c, listTradeoffs(c, s.today(r)), chosen.ID)
	return s.render(w, r, http.StatusOK, templates.Tradeoffs(view))
}

// tradeoffAsked returns the assessment and the tradeoff that the address names, NotFound where the questionnaire has
// none of that id.
func (s *Server) tradeoffAsked(r *http.Request) (*assessment.Current, *assessment.Tradeoff, error) {
	c := currentOf(r)
	id := chi.URLParam(r, "tradeoff")
	tradeoff, ok := c.Model.Tradeoff(id)
	if !ok {
		return nil, nil, assessment.Errorf(assessment.NotFound, "There is no tradeoff %q", id)
	}
	return c, tradeoff, nil
}
