package tradeoffs

import (
	"net/url"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// DecisionView is what a team settled about a tradeoff.
type DecisionView struct {
	assessment.Decision
	Due         string // since when it asks to be looked at again; empty where it does not
	Recorded    string // by whom and when
	Stale       bool
	Signals     []string // that held
	ConfirmURL  string
	WithdrawURL string
}

// DecisionForm is the form of a decision with what was typed.
type DecisionForm struct {
	URL         string
	Version     int
	Typed       url.Values // by the names of the fields
	Mitigations []string   // of the questionnaire, chosen by their positions
	Errors      templates.FormErrors
	Failure     string        // why nothing was stored although the form is right; empty otherwise
	Conflict    bool          // somebody else was faster
	Theirs      *DecisionView // what is stored then; nil where it was withdrawn
	Replaces    bool          // there is a decision already
	Open        bool          // it is what the person came for
}

// choiceOption is one way to settle a tradeoff, with what it means.
type choiceOption struct {
	choice assessment.Choice
	text   string
}

func choiceOptions() []choiceOption {
	return []choiceOption{
		{assessment.Accept, "We accept the cost."},
		{assessment.Mitigate, "We reduce it. Say how."},
		{assessment.Revisit, "We decide later. Set a review date."},
	}
}

// decisionTitle is the heading over a tradeoff's decision.
func decisionTitle(v TradeoffView) string {
	if v.Decision == nil && v.Denied != "" {
		return "Not decided"
	}
	if v.Decision == nil {
		return "Decide"
	}
	return "Decided: " + words.Choice(v.Decision.Choice)
}

func (f DecisionForm) button() string {
	if f.Replaces {
		return "Record new decision"
	}
	return "Record decision"
}
