package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

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
	var after *assessment.Current
	if err == nil {
		after, err = s.Store.SaveDecision(r.Context(), actorOf(r), c.State.ID, decision)
	}
	if err != nil {
		return s.refuseDecision(w, r, tradeoff, typed, err)
	}
	next, says := nextDecision(after, tradeoff)
	s.notify(w, says)
	return redirect(w, r, templates.TradeoffURL(c.State.ID, next))
}

// nextDecision returns the tradeoff to go on with when a decision is recorded, and what to say there: the next one that
// waits for a decision, in the order of the questionnaire and then from its start, or the same where none does.
func nextDecision(c *assessment.Current, done *assessment.Tradeoff) (id, says string) {
	open := assessment.OpenDecisions(c.Result, c.State.Decisions)
	if len(open) == 0 {
		return done.ID, "The decision is recorded. No other one is open."
	}
	order := map[string]int{}
	for i := range c.Result.Tradeoffs {
		order[c.Result.Tradeoffs[i].ID] = i
	}
	id = open[0]
	if i := slices.IndexFunc(open, func(id string) bool { return order[id] > order[done.ID] }); i >= 0 {
		id = open[i]
	}
	left := "the last open one"
	if len(open) > 1 {
		left = "the next of " + strconv.Itoa(len(open)) + " open ones"
	}
	return id, "The decision about “" + ellipsized(done.Title, 80) + "” is recorded. This is " + left + "."
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
	decision.Version = versionIn(r.PostForm, "version")
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
	if _, err := s.Store.DeleteDecision(r.Context(), actorOf(r), c.State.ID, tradeoff.ID, versionIn(r.PostForm, "version")); err != nil {
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
	c, err := s.currentNow(r)
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
	c, err := s.currentNow(r)
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
