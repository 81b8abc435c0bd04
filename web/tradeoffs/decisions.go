package tradeoffs

import (
	"errors"
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

func (h *handlers) recordDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	decision, err := decisionOf(tradeoff, r.PostForm)
	var after *assessment.Current
	if err == nil {
		after, err = h.store.SaveDecision(r.Context(), page.ActorOf(r), c.State.ID, decision)
	}
	if err != nil {
		return h.refuseDecision(w, r, tradeoff, decision.Version, err)
	}
	next, says := nextDecision(after, tradeoff)
	h.Notify(w, says)
	return page.Redirect(w, r, templates.TradeoffURL(c.State.ID, next))
}

// nextDecision returns the tradeoff to go on with when a decision is recorded, the same one where none is open, and what to
// say there.
func nextDecision(c *assessment.Current, done *assessment.Tradeoff) (id, says string) {
	open := assessment.OpenDecisions(c.Result, c.State.Decisions)
	left := "the last open decision"
	switch {
	case len(open) == 0:
		return done.ID, "Decision recorded. No other decisions are open."
	case len(open) > 1:
		left = "the next of " + strconv.Itoa(len(open)) + " open decisions"
	}
	return c.NextDecision(done.ID), "Decision about “" + words.Cut(done.Title, 80) + "” recorded. This is " + left + "."
}

// confirmDecision records what was decided once more, on the answers as they are now.
func (h *handlers) confirmDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	decision, ok := c.State.Decisions[tradeoff.ID]
	if !ok {
		return assessment.Errorf(assessment.Conflict, "Someone else withdrew this decision")
	}
	decision.Version = page.VersionIn(r.PostForm, "version")
	if _, err := h.store.SaveDecision(r.Context(), page.ActorOf(r), c.State.ID, decision); err != nil {
		return h.refuseChange(w, r, tradeoff, err)
	}
	h.Notify(w, "Decision confirmed.")
	return page.Redirect(w, r, templates.TradeoffURL(c.State.ID, tradeoff.ID))
}

func (h *handlers) withdrawDecision(w http.ResponseWriter, r *http.Request) error {
	c, tradeoff, err := tradeoffAsked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	if _, err := h.store.DeleteDecision(r.Context(), page.ActorOf(r), c.State.ID, tradeoff.ID, page.VersionIn(r.PostForm, "version")); err != nil {
		return h.refuseChange(w, r, tradeoff, err)
	}
	h.Notify(w, "Decision withdrawn.")
	return page.Redirect(w, r, templates.TradeoffURL(c.State.ID, tradeoff.ID))
}

// refuseChange shows the tradeoff as it is now, with why its decision was neither confirmed nor withdrawn.
func (h *handlers) refuseChange(w http.ResponseWriter, r *http.Request, tradeoff *assessment.Tradeoff, cause error) error {
	status := page.StatusOf(cause)
	if !page.ShowsAgain(status) {
		return cause
	}
	c, err := h.CurrentNow(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	frame := h.Placed(w, r, c, page.TabTradeoffs, tradeoff.Title)
	v := h.tradeoffsView(r, frame, c, listTradeoffs(c, h.Today(r)), tradeoff.ID)
	v.Chosen.Form.Failure = page.RefusalText(status)
	return h.Render(w, r, status, view.Tradeoffs(v))
}

// refuseDecision shows the tradeoff again with all that was typed, why it was not stored, and what is stored now.
func (h *handlers) refuseDecision(w http.ResponseWriter, r *http.Request, tradeoff *assessment.Tradeoff, version int, cause error) error {
	status := page.StatusOf(cause)
	if !page.ShowsAgain(status) {
		return cause
	}
	c, err := h.CurrentNow(r)
	if err != nil {
		return errors.Join(cause, err)
	}
	frame := h.Placed(w, r, c, page.TabTradeoffs, tradeoff.Title)
	v := h.tradeoffsView(r, frame, c, listTradeoffs(c, h.Today(r)), tradeoff.ID)
	form := &v.Chosen.Form
	form.Typed, form.Open = printable(r.PostForm), true
	form.Version = page.VersionAfter(status, version, form.Version)
	switch status {
	case http.StatusConflict:
		form.Conflict, form.Theirs = true, v.Chosen.Decision
	case http.StatusUnprocessableEntity:
		form.Errors = page.InFormOrder(cause, decisionFields...)
	default:
		form.Failure = page.RefusalText(status)
	}
	return h.Render(w, r, status, view.Tradeoffs(v))
}
