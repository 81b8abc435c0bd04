package assessment

import "slices"

// Standing says what a tradeoff asks of a team; the smallest needs attention first.
type Standing int

// The standings.
const (
	StandingOpen          Standing = iota // live, without a decision
	StandingRevisit                       // decided, but stale or due
	StandingDecided                       // decided, and nothing has changed since
	StandingPossible                      // possible, without a decision
	StandingQuiet                         // quiet, without a decision
	StandingNotApplicable                 // a side is out of scope, whatever was decided
)

// StandingOf returns what a tradeoff asks of a team on a day. The decision is nil where none is recorded.
func StandingOf(result TradeoffResult, decision *Decision, today Date) Standing {
	switch {
	case result.NotApplicable:
		return StandingNotApplicable
	case decision != nil && (decision.Stale(result) || decision.Due(today)):
		return StandingRevisit
	case decision != nil:
		return StandingDecided
	case result.State == Live:
		return StandingOpen
	case result.State == Possible:
		return StandingPossible
	default:
		return StandingQuiet
	}
}

// NextDecision returns the tradeoff to go on with after the decision about one: the next open one in the order of the
// questionnaire, from its start again after the last; the same one where none is open.
func (c *Current) NextDecision(done string) string {
	open := OpenDecisions(c.Result, c.State.Decisions)
	index := func(id string) int {
		return slices.IndexFunc(c.Result.Tradeoffs, func(t TradeoffResult) bool { return t.ID == id })
	}
	if i := slices.IndexFunc(open, func(id string) bool { return index(id) > index(done) }); i >= 0 {
		return open[i]
	}
	return append(open, done)[0]
}
