package assessment

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Choice is how a team settled a tradeoff.
type Choice string

// The choices.
const (
	Accept   Choice = "accept"   // live with it as it is
	Mitigate Choice = "mitigate" // soften it by the chosen mitigations
	Revisit  Choice = "revisit"  // leave it for now, look again on a date
)

// Decision is what a team settled about a tradeoff. It keeps the state, the true signals and both pulls as they were
// when it was made.
type Decision struct {
	Tradeoff    string        `json:"tradeoff"`
	Choice      Choice        `json:"choice"`
	Rationale   string        `json:"rationale"`
	Owner       string        `json:"owner"`
	Date        Date          `json:"date"`
	RevisitOn   Date          `json:"revisit_on,omitempty"`
	Mitigations []string      `json:"mitigations,omitempty"` // texts of the chosen ones, and the team's own
	State       TradeoffState `json:"state"`
	Signals     []int         `json:"signals"` // indices of the signals that were true
	Pulls       Pulls         `json:"pulls"`
	By          string        `json:"by,omitempty"` // name of the person who recorded it
	At          time.Time     `json:"at,omitzero"`
	Version     int           `json:"-"`
}

// LostSignal stands in a decision for the signals that it was made on and that the tradeoff does not have any more.
// It is never true, so that the decision is stale until it is made again.
const LostSignal = -1

// Pulls has the pull of each side of a tradeoff.
type Pulls [2]Range

// Stale reports whether the set of true signals differs from the one that the decision was made on. A tradeoff that does
// not apply asks nobody to look again.
func (d Decision) Stale(now TradeoffResult) bool {
	return !now.NotApplicable && !slices.Equal(d.Signals, now.Signals)
}

// Due reports whether the date to look again has passed.
func (d Decision) Due(today Date) bool {
	return d.RevisitOn.Before(today)
}

// Same reports whether both settle the same on the same state and signals, whoever recorded it, when and with which
// pulls.
func (d Decision) Same(other Decision) bool {
	return d.Choice == other.Choice && d.Rationale == other.Rationale && d.Owner == other.Owner && d.Date == other.Date &&
		d.RevisitOn == other.RevisitOn && slices.Equal(d.Mitigations, other.Mitigations) &&
		d.State == other.State && slices.Equal(d.Signals, other.Signals)
}

// Normal returns the decision as it is stored: texts trimmed, no blank mitigations.
func (d Decision) Normal() Decision {
	d.Rationale = trimLines(d.Rationale)
	d.Owner = strings.TrimSpace(d.Owner)
	var mitigations []string
	for _, text := range d.Mitigations {
		if text = trimLines(text); text != "" && !slices.Contains(mitigations, text) {
			mitigations = append(mitigations, text)
		}
	}
	d.Mitigations = mitigations
	return d
}

// CheckDecision returns Errors on the fields choice, rationale, owner, date, revisit_on and mitigations of a decision
// about the tradeoff.
func CheckDecision(t *Tradeoff, d Decision) error {
	d = d.Normal()
	var c FieldErrors
	if d.Tradeoff != t.ID {
		c.Add(InvalidField("tradeoff", fmt.Sprintf("expected %q, found %q", t.ID, d.Tradeoff)))
	}
	if !slices.Contains([]Choice{Accept, Mitigate, Revisit}, d.Choice) {
		c.Add(InvalidField("choice", "Choose Accept, Mitigate or Revisit"))
	}
	c.Needed("rationale", "The rationale", d.Rationale, MaxText, true)
	c.Needed("owner", "The owner", d.Owner, MaxShort, false)
	c.Add(Required("date", "The date", string(d.Date)))
	c.date("date", "The date", d.Date)
	if d.Choice == Revisit {
		c.Add(Required("revisit_on", "The review date", string(d.RevisitOn)))
	}
	c.date("revisit_on", "The review date", d.RevisitOn)
	if d.RevisitOn != "" && !d.Date.Before(d.RevisitOn) {
		c.Add(InvalidField("revisit_on", "Enter a review date after the decision date"))
	}
	c.mitigations(d)
	return c.Err()
}

func (c *FieldErrors) mitigations(d Decision) {
	if d.Choice == Mitigate && len(d.Mitigations) == 0 {
		c.Add(InvalidField("mitigations", "Choose at least one mitigation, or write your own"))
	}
	if len(d.Mitigations) > MaxMitigations {
		c.Add(InvalidField("mitigations", fmt.Sprintf("%d mitigations; at most %d are allowed", len(d.Mitigations), MaxMitigations)))
	}
	for _, text := range d.Mitigations {
		c.text("mitigations", "A mitigation", text, MaxReason, true)
	}
}

// PlanItem is a practice that the team means to adopt.
type PlanItem struct {
	Practice string `json:"practice"`
	Owner    string `json:"owner,omitempty"`
	Due      Date   `json:"due,omitempty"`
	URL      string `json:"url,omitempty"` // where the work is tracked; http or https
	Version  int    `json:"-"`
}

// OpenDecisions returns the ids of the live tradeoffs that have no decision, in the questionnaire's order.
func OpenDecisions(r *Result, decisions map[string]Decision) []string {
	var open []string
	for i := range r.Tradeoffs {
		tradeoff := &r.Tradeoffs[i]
		if _, decided := decisions[tradeoff.ID]; tradeoff.State == Live && !decided {
			open = append(open, tradeoff.ID)
		}
	}
	return open
}
