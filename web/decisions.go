package web

import (
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) recordDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := s.tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	typed := typedDecisionOf(r)
	decision, err := typed.decision(tradeoff)
	if err == nil {
		_, err = s.Store.SaveDecision(r.Context(), actorOf(r), c.State.ID, decision)
	}
	if err != nil {
		return s.refuseDecision(w, r, tradeoff, typed, err)
	}
	s.notify(w, "The decision is recorded.")
	return redirect(w, r, templates.TradeoffURL(c.State.ID, tradeoff.ID))
}

// confirmDecision records what was decided once more, on the answers as they are now.
func (s *Server) confirmDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := s.tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	decision, ok := c.State.Decisions[tradeoff.ID]
	if !ok {
		return assessment.Errorf(assessment.Conflict, "This decision was withdrawn by somebody else in the meantime")
	}
	decision.Version = versionOf(r, "version")
	if _, err := s.Store.SaveDecision(r.Context(), actorOf(r), c.State.ID, decision); err != nil {
		return s.refuseChange(w, r, tradeoff, err)
	}
	s.notify(w, "The decision is confirmed.")
	return redirect(w, r, templates.TradeoffURL(c.State.ID, tradeoff.ID))
}

func (s *Server) withdrawDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := s.tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	if _, err := s.Store.DeleteDecision(r.Context(), actorOf(r), c.State.ID, tradeoff.ID, versionOf(r, "version")); err != nil {
		return s.refuseChange(w, r, tradeoff, err)
	}
	s.notify(w, "The decision is withdrawn.")
	return redirect(w, r, templates.TradeoffURL(c.State.ID, tradeoff.ID))
}

// refuseChange shows the tradeoff as it is now, with why its decision was neither confirmed nor withdrawn.
func (s *Server) refuseChange(w http.ResponseWriter, r *http.Request, tradeoff *assessment.Tradeoff, cause error) error {
	status := statusOf(cause)
	if !showsAgain(status) {
		return cause
	}
	c, err := s.current(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	page := s.placed(w, r, c, tabTradeoffs, tradeoff.Title)
	view := s.tradeoffsView(r, page, c, listTradeoffs(c, s.today(r)), tradeoff.ID)
	view.Chosen.Form.Failure = refusalText(status)
	return s.render(w, r, status, templates.Tradeoffs(view))
}

// refuseDecision shows the tradeoff again with all that was typed, why it was not stored, and what is stored now.
func (s *Server) refuseDecision(w http.ResponseWriter, r *http.Request, tradeoff *assessment.Tradeoff, typed typedDecision, cause error) error {
	status := statusOf(cause)
	if !showsAgain(status) {
		return cause
	}
	c, err := s.current(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	page := s.placed(w, r, c, tabTradeoffs, tradeoff.Title)
	view := s.tradeoffsView(r, page, c, listTradeoffs(c, s.today(r)), tradeoff.ID)
	form := &view.Chosen.Form
	typed.fill(form)
	form.Open = true
	form.Version = versionAfter(status, typed.version, form.Version)
	switch status {
	case http.StatusConflict:
		form.Conflict, form.Theirs = true, view.Chosen.Decision
	case http.StatusUnprocessableEntity:
		form.Errors = inFormOrder(cause, "choice", "mitigations", "rationale", "owner", "date", "revisit_on")
	default:
		form.Failure = refusalText(status)
	}
	return s.render(w, r, status, templates.Tradeoffs(view))
}
