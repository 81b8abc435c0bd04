package tradeoffs

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

// decisionFields are the fields of the form that complaints are about, in its order.
var decisionFields = []string{"choice", "mitigations", "rationale", "owner", "date", "revisit_on"}

// typedFrom returns what the form says that says the same as a decision: the mitigations of the questionnaire by their
// positions, further ones one a line.
func typedFrom(t *assessment.Tradeoff, d assessment.Decision) url.Values {
	typed := url.Values{"version": {strconv.Itoa(d.Version)}, "choice": {string(d.Choice)}, "rationale": {d.Rationale}, "owner": {d.Owner},
		"date": {string(d.Date)}, "revisit_on": {string(d.RevisitOn)}}
	var own []string
	for _, text := range d.Mitigations {
		if i := slices.Index(t.Mitigations, text); i >= 0 {
			typed.Add("mitigation", strconv.Itoa(i))
		} else {
			own = append(own, text)
		}
	}
	typed.Set("own", strings.Join(own, "\n"))
	return typed
}

// decisionOf returns what was typed as a decision about the tradeoff, or Errors on the fields of the form.
func decisionOf(t *assessment.Tradeoff, typed url.Values) (assessment.Decision, error) {
	decision := assessment.Decision{
		Tradeoff:  t.ID,
		Choice:    assessment.Choice(typed.Get("choice")),
		Rationale: typed.Get("rationale"),
		Owner:     typed.Get("owner"),
		Date:      assessment.Date(strings.TrimSpace(typed.Get("date"))),
		RevisitOn: assessment.Date(strings.TrimSpace(typed.Get("revisit_on"))),
		Version:   page.VersionIn(typed, "version"),
	}
	for i, text := range t.Mitigations {
		if slices.Contains(typed["mitigation"], strconv.Itoa(i)) {
			decision.Mitigations = append(decision.Mitigations, text)
		}
	}
	decision.Mitigations = append(decision.Mitigations, strings.FieldsFunc(typed.Get("own"), func(r rune) bool { return r == '\n' || r == '\r' })...)
	decision = decision.Normal()
	return decision, checkTyped(t, decision, typed["mitigation"])
}

// checkTyped returns what is wrong with a decision. A mitigation that the questionnaire does not have is a complaint too.
func checkTyped(t *assessment.Tradeoff, decision assessment.Decision, chosen []string) error {
	err := assessment.CheckDecision(t, decision)
	if !slices.ContainsFunc(chosen, func(position string) bool { return !isPosition(position, len(t.Mitigations)) }) {
		return err
	}
	unknown := assessment.InvalidField("mitigations", "Choose mitigations from this questionnaire")
	known, _ := err.(assessment.Errors)
	return append(slices.DeleteFunc(slices.Clone(known), func(e *assessment.Error) bool { return e.Field == "mitigations" }), unknown)
}

// isPosition reports whether s is the position of one of n things.
func isPosition(s string, n int) bool {
	i, err := strconv.Atoi(s)
	return err == nil && i >= 0 && i < n && strconv.Itoa(i) == s
}

// printable returns what was typed with the replacement character for bytes that are no text.
func printable(typed url.Values) url.Values {
	clean := url.Values{}
	for name, values := range typed {
		for _, value := range values {
			clean.Add(name, page.Printable(value))
		}
	}
	return clean
}

// untouchedForm returns the form of a tradeoff's decision: empty, or with what is recorded. A decision that is to be made
// again is of today, and a date to look again that has come is no use to it.
func (h *handlers) untouchedForm(r *http.Request, c *assessment.Current, l listedTradeoff) view.DecisionForm {
	today := h.Today(r)
	form := view.DecisionForm{URL: templates.DecisionURL(c.State.ID, l.tradeoff.ID), Mitigations: l.tradeoff.Mitigations}
	decision := assessment.Decision{Date: today}
	if l.decision != nil {
		decision, form.Replaces, form.Open = *l.decision, true, l.standing == assessment.StandingRevisit
	}
	if form.Open {
		decision.Date = today
		if !today.Before(decision.RevisitOn) {
			decision.RevisitOn = ""
		}
	}
	form.Typed, form.Version = typedFrom(l.tradeoff, decision), decision.Version
	return form
}

// decisionView shows a stored decision about a tradeoff.
func (h *handlers) decisionView(r *http.Request, c *assessment.Current, l listedTradeoff, d assessment.Decision) view.DecisionView {
	view := view.DecisionView{
		Decision:    d,
		Recorded:    "recorded by " + h.ByAndAt(r, d.By, d.At),
		Stale:       d.Stale(l.result),
		Signals:     saysOf(l.tradeoff, d.Signals),
		ConfirmURL:  templates.ConfirmDecisionURL(c.State.ID, l.tradeoff.ID),
		WithdrawURL: templates.WithdrawDecisionURL(c.State.ID, l.tradeoff.ID),
	}
	if d.Due(h.Today(r)) {
		view.Due = "its review was due by " + words.Date(d.RevisitOn) + "."
	}
	return view
}
