package tradeoffs

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

// typedDecision is the form of a decision as it was sent.
type typedDecision struct {
	version                                   int
	choice, rationale, owner, date, revisitOn string
	chosen                                    []string // positions of the questionnaire's mitigations
	own                                       string   // further ones, one a line
}

func typedDecisionOf(r *http.Request) typedDecision {
	return typedDecision{
		version:   page.VersionIn(r.PostForm, "version"),
		choice:    r.PostFormValue("choice"),
		rationale: r.PostFormValue("rationale"),
		owner:     r.PostFormValue("owner"),
		date:      r.PostFormValue("date"),
		revisitOn: r.PostFormValue("revisit_on"),
		chosen:    r.PostForm["mitigation"],
		own:       r.PostFormValue("own"),
	}
}

// typedDecisionFrom returns the form that says what a decision says.
func typedDecisionFrom(t *assessment.Tradeoff, d assessment.Decision) typedDecision {
	typed := typedDecision{version: d.Version, choice: string(d.Choice), rationale: d.Rationale, owner: d.Owner,
		date: string(d.Date), revisitOn: string(d.RevisitOn)}
	var own []string
	for _, text := range d.Mitigations {
		if i := slices.Index(t.Mitigations, text); i >= 0 {
			typed.chosen = append(typed.chosen, strconv.Itoa(i))
		} else {
			own = append(own, text)
		}
	}
	typed.own = strings.Join(own, "\n")
	return typed
}

// decision returns what was typed as a decision about the tradeoff, or Errors on the fields of the form.
func (d typedDecision) decision(t *assessment.Tradeoff) (assessment.Decision, error) {
	decision := assessment.Decision{
		Tradeoff:  t.ID,
		Choice:    assessment.Choice(d.choice),
		Rationale: d.rationale,
		Owner:     d.owner,
		Date:      assessment.Date(strings.TrimSpace(d.date)),
		RevisitOn: assessment.Date(strings.TrimSpace(d.revisitOn)),
		Version:   d.version,
	}
	for i, text := range t.Mitigations {
		if slices.Contains(d.chosen, strconv.Itoa(i)) {
			decision.Mitigations = append(decision.Mitigations, text)
		}
	}
	decision.Mitigations = append(decision.Mitigations, strings.FieldsFunc(d.own, func(r rune) bool { return r == '\n' || r == '\r' })...)
	decision = decision.Normal()
	return decision, d.check(t, decision)
}

// check returns what is wrong with the decision. A mitigation that the questionnaire does not have is a complaint too.
func (d typedDecision) check(t *assessment.Tradeoff, decision assessment.Decision) error {
	err := assessment.CheckDecision(t, decision)
	if !slices.ContainsFunc(d.chosen, func(position string) bool { return !isPosition(position, len(t.Mitigations)) }) {
		return err
	}
	unknown := assessment.InvalidField("mitigations", "One of the chosen mitigations is not in this questionnaire")
	known, _ := err.(assessment.Errors)
	return append(slices.DeleteFunc(slices.Clone(known), func(e *assessment.Error) bool { return e.Field == "mitigations" }), unknown)
}

// isPosition reports whether s is the position of one of n things.
func isPosition(s string, n int) bool {
	i, err := strconv.Atoi(s)
	return err == nil && i >= 0 && i < n && strconv.Itoa(i) == s
}

// fill puts what was typed into a form. Bytes that are no text become the replacement character.
func (d typedDecision) fill(form *view.DecisionForm) {
	form.Choice = assessment.Choice(d.choice)
	form.Rationale = page.Printable(d.rationale)
	form.Owner = page.Printable(d.owner)
	form.Date = page.Printable(d.date)
	form.RevisitOn = page.Printable(d.revisitOn)
	form.Own = page.Printable(d.own)
	for i := range form.Mitigations {
		form.Mitigations[i].Ticked = slices.Contains(d.chosen, form.Mitigations[i].Value)
	}
}

// decideAgain takes the dates out of what was decided before: a new decision is of today, and a date to look again that
// has come is no use to it.
func (d *typedDecision) decideAgain(today assessment.Date) {
	d.date = string(today)
	if !today.Before(assessment.Date(d.revisitOn)) {
		d.revisitOn = ""
	}
}

// untouchedForm returns the form of a tradeoff's decision: empty, or with what is recorded.
func (h *handlers) untouchedForm(r *http.Request, c *assessment.Current, l listedTradeoff) view.DecisionForm {
	form := view.DecisionForm{URL: templates.DecisionURL(c.State.ID, l.tradeoff.ID)}
	for i, text := range l.tradeoff.Mitigations {
		form.Mitigations = append(form.Mitigations, view.Tick{Value: strconv.Itoa(i), Text: text})
	}
	typed := typedDecision{date: string(h.Today(r))}
	if l.decision != nil {
		typed = typedDecisionFrom(l.tradeoff, *l.decision)
		form.Replaces = true
		form.Open = l.standing == assessment.StandingRevisit
	}
	if form.Open {
		typed.decideAgain(h.Today(r))
	}
	typed.fill(&form)
	form.Version = typed.version
	return form
}

// decisionView shows a stored decision about a tradeoff.
func (h *handlers) decisionView(r *http.Request, c *assessment.Current, l listedTradeoff, d assessment.Decision) view.DecisionView {
	today := h.Today(r)
	view := view.DecisionView{
		Choice:      words.Choice(d.Choice),
		Rationale:   d.Rationale,
		Owner:       d.Owner,
		Date:        words.Date(d.Date),
		Recorded:    "recorded by " + h.ByAndAt(r, d.By, d.At),
		Mitigations: d.Mitigations,
		Stale:       d.Stale(l.result),
		State:       words.Lower(words.State(d.State)),
		Signals:     saysOf(l.tradeoff, d.Signals),
		Pulls:       d.Pulls,
		Version:     d.Version,
		ConfirmURL:  templates.ConfirmDecisionURL(c.State.ID, l.tradeoff.ID),
		WithdrawURL: templates.WithdrawDecisionURL(c.State.ID, l.tradeoff.ID),
	}
	if d.RevisitOn != "" {
		view.RevisitOn = words.Date(d.RevisitOn)
	}
	if d.Due(today) {
		view.Due = "it was to be looked at again by " + view.RevisitOn + "."
	}
	return view
}
