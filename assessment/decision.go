package assessment

import (
	"slices"
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

// Pulls has the pull of each side of a tradeoff.
type Pulls [2]Range

// Stale reports whether the set of true signals differs from the one that the decision was made on.
func (d Decision) Stale(now TradeoffResult) bool {
	return !slices.Equal(d.Signals, now.Signals)
}

// Due reports whether the date to look again has passed.
func (d Decision) Due(today Date) bool {
	return d.RevisitOn.Before(today)
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
