package story

import (
	"cmp"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// DecisionShift is a decision that was recorded, changed or withdrawn.
type DecisionShift struct {
	assessment.DecisionChange
	Kind  string   // Recorded, Withdrawn or Changed; which of two workloads has it
	Texts []string // what was decided, or what differs, a sentence each
}

// StatesTitle is the title of the tradeoffs in another state, NoStates what is said where there is none.
func (c *Change) StatesTitle() string {
	return c.Say("Tradeoffs that changed state", "Tradeoffs in another state")
}

// NoStates says that no tradeoff is in another state.
func (c *Change) NoStates() string {
	return c.Say("Every tradeoff is in the same state on both sides.", "Every tradeoff is in the same state in both.")
}

// SettledTitle is the title of the decisions that differ.
func (c *Change) SettledTitle() string { return c.Say("Decisions changed", "Decisions that differ") }

// NoneSettled says that no decision differs.
func (c *Change) NoneSettled() string {
	return c.Say("Both sides have the same decisions.", "Both have the same decisions.")
}

// StateShift says a tradeoff's state on both sides: "Inactive → Active".
func StateShift(t assessment.TradeoffChange) string {
	return words.State(t.Before) + " → " + words.State(t.After)
}

func (c *Change) decision(change assessment.DecisionChange) DecisionShift {
	before, after := c.Names()
	shift := DecisionShift{DecisionChange: change}
	switch {
	case change.Before == nil:
		shift.Kind, shift.Texts = c.Say("Recorded", "Only in "+after), DecisionTexts(change.After)
	case change.After == nil:
		shift.Kind, shift.Texts = c.Say("Withdrawn", "Only in "+before), DecisionTexts(change.Before)
	default:
		shift.Kind, shift.Texts = c.Say("Changed", "Different"), c.decisionDifferences(change.Before, change.After)
	}
	return shift
}

// Fact is a value and what it is called.
type Fact struct{ Name, Value string }

// DecisionFacts says who decided, when, and the terms.
func DecisionFacts(d *assessment.Decision) []Fact {
	return append([]Fact{{"Owner", d.Owner}, {"Decided on", words.Date(d.Date)}}, DecisionTerms(d)...)
}

// DecisionTerms says what else was settled, without what was left open.
func DecisionTerms(d *assessment.Decision) []Fact {
	return slices.DeleteFunc(decisionTerms(d), func(f Fact) bool { return f.Value == "" })
}

func decisionTerms(d *assessment.Decision) []Fact {
	return []Fact{{"Review date", words.Date(d.RevisitOn)}}
}

// DecisionTexts says a decision: choice, owner and dates, the rationale, then each mitigation.
func DecisionTexts(d *assessment.Decision) []string {
	text := words.Choice(d.Choice) + ", " + d.Owner + ", " + words.Date(d.Date)
	for _, fact := range DecisionTerms(d) {
		text += ", " + words.Lower(fact.Name) + " " + fact.Value
	}
	return append([]string{text, d.Rationale}, d.Mitigations...)
}

// decisionDifferences says what differs in the later decision, one sentence each.
func (c *Change) decisionDifferences(before, after *assessment.Decision) []string {
	var list []string
	for _, shift := range decisionShifts(*before, *after) {
		list = append(list, shift.Name+": "+c.valueShift(shift.Was, shift.Is))
	}
	if len(list) == 0 {
		return []string{c.Say("Recorded again, because answers had changed", "The same decision, based on different answers")}
	}
	return list
}

// valueShift says two values of one thing, the later one first where one became the other.
func (c *Change) valueShift(was, is string) string {
	before, after := c.Names()
	was, is = cmp.Or(was, "none"), cmp.Or(is, "none")
	return c.Say(is+" (was: "+was+")", before+": "+was+" – "+after+": "+is)
}
