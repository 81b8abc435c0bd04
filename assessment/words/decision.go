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
