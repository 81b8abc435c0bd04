package walk

import (
	"plumbline/assessment"
	"plumbline/templates"
)

// Picture is the live side of the walk: scores, tradeoffs that this page has just made live, findings.
type Picture struct {
	Sequence   string // grows with each change of the assessment
	Bands      templates.Bands
	Pillar     ScoreView
	Overall    ScoreView
	Progress   string
	Risks      []RiskView // of the questions of the page that have rules for it
	Live       []LiveView
	Findings   []FindingView
	Found      int // findings of the pillar, of which Findings are the worst
	FindingURL string
}

// ScoreView is the score of one level, and what it was when the page was loaded.
type ScoreView struct {
	Title string
	Now   assessment.Score
	Was   assessment.Range // not applicable where it is the same
}

// LiveView is a tradeoff that went live by answers of the page.
type LiveView struct {
	ID    string
	Title string
	URL   string
	Kind  assessment.SignalKind
	Says  []string // of the true signals
	Left  SideView
	Right SideView
	Pulls [2]assessment.Range
	At    templates.Instant
	By    string // for example "answer 6"
}

// RiskView is the risk of a question that has rules of its own for it.
type RiskView struct {
	Title string // empty where the page asks one question
	Risk  assessment.Level
	Rules string // in words, with practices by their numbers on the page
}

// SideView is one side of a tradeoff.
type SideView struct {
	Pull    string
	Label   string
	Pillars string
}

// FindingView is one finding with the page that asks about it.
type FindingView struct {
	Practice string
	Title    string
	URL      string
	Severity assessment.Level
}

// AnswerView is what changes on the page when one answer is saved, or is not.
type AnswerView struct {
	Toast Toast // what was done, with a way back
	Around
	Practice templates.PracticeView
	Saved    bool   // the version of the practice is new
	Say      string // for those who listen
}

// ChangesView is what others have changed on the page.
type ChangesView struct {
	Toast Toast // what was done, with a way back; empty where others did it
	Around
	Practices []templates.PracticeView
	Say       string // for those who listen; empty for nothing
}

// Around is what any answer may change beside the practices.
type Around struct {
	Rail      Rail
	Rest      RestView
	Picture   Picture
	Foot      FootNow
	Tradeoffs string // count of open decisions, as in the tab
}
