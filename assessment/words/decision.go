package words

import "plumbline/assessment"

// State returns what people call the state of a tradeoff: "Active", "Possible" or "Inactive", and "None" for a tradeoff
// that a questionnaire does not have.
func State(s assessment.TradeoffState) string {
	switch s {
	case assessment.Live:
		return "Active"
	case assessment.Possible:
		return "Possible"
	case assessment.Quiet:
		return "Inactive"
	}
	return "None"
}

// Outdated says of a decision that other signals are true now.
const Outdated = "Outdated: answers changed after the decision"

// Kind returns what people call what a signal points at: "Tension" or "Blind spot".
func Kind(k assessment.SignalKind) string {
	if k == assessment.BlindSpot {
		return "Blind spot"
	}
	return "Tension"
}

// BecameActive says of a tradeoff that answers have just made it active.
func BecameActive(k assessment.SignalKind) string { return Kind(k) + " became active" }

// TradeoffState returns the state of a tradeoff, of an active one with its kind, for example "Active: blind spot".
func TradeoffState(t *assessment.Tradeoff, now assessment.TradeoffResult) string {
	switch {
	case now.NotApplicable:
		return NotInScope
	case now.State == assessment.Live:
		return State(now.State) + ": " + Lower(Kind(t.Kind(now.Signals)))
	}
	return State(now.State)
}

// Pull returns a pull, a dash where a side says too little to have one.
func Pull(r assessment.Range) string {
	if !r.Applicable {
		return "–"
	}
	return Range(r)
}

// NotInScope says of a tradeoff that a whole side of it is out of scope.
const NotInScope = "Not applicable: out of scope"

// SideOut says why.
const SideOut = "All practices of one side are out of scope."

// Choice returns what people call a decision: "Accept", "Mitigate" or "Revisit", and "None" where nothing is decided.
func Choice(c assessment.Choice) string {
	switch c {
	case assessment.Accept:
		return "Accept"
	case assessment.Mitigate:
		return "Mitigate"
	case assessment.Revisit:
		return "Revisit"
	}
	return "None"
}
