package snapshots

import (
	"plumbline/assessment"
	"plumbline/templates"
)

// SnapshotView is one snapshot, drawn from its stored document alone.
type SnapshotView struct {
	templates.Page
	ID       string
	Title    string
	Lead     string
	Note     string
	Denied   string         // why the visitor may not have a report drawn; empty where they may
	Hash     string         // SHA-256 of the document, hex
	Previous templates.Link // the snapshot before; zero for the first
	Document string         // addresses
	Answers  string
	Summary  string
	Compare  string // empty for the first
	Approval ApprovalView
	Verified bool
	Defects  []string // what recomputing it found
	Facts    []templates.SnapshotFact
	Bands    templates.Bands
	Overall  assessment.Score
	Pillars  []SnapshotPillar // the last is the sum over all
	Axes     []templates.RadarAxis
	Findings SnapshotFindings
	Counts   string // of findings, in words
	Live     []SnapshotTradeoff
	Decided  []SnapshotTradeoff // with a decision and not live
	Rest     []SnapshotTradeoff // the others
	Plan     []SnapshotPlanItem
	Pages    []SnapshotAnswers
	Progress string // how many practices were answered
}

// SnapshotPillar is one row of the scores.
type SnapshotPillar struct {
	Title    string
	Priority string // for example ×2; empty where it is 1
	Score    assessment.Score
	Answered string
	Findings assessment.Counts
	Unknown  int // unanswered practices of high risk
	Total    bool
}

// SnapshotFindings is a list of findings: what shows at once, and what unfolds.
type SnapshotFindings struct {
	First []SnapshotFinding
	More  []SnapshotFinding
}

// SnapshotFinding is one finding.
type SnapshotFinding struct {
	Severity  assessment.Level
	Practice  string
	Anchor    string // of the answer on the same page
	Status    assessment.Status
	Pillar    string
	Principle string
}

// SnapshotTradeoff is one tradeoff as it was.
type SnapshotTradeoff struct {
	Title    string
	Decide   string // the question; empty where the questionnaire asks none
	State    assessment.TradeoffState
	Signals  []string // sentences of the true signals
	Labels   [2]string
	Pulls    [2]assessment.Range
	Decision *SnapshotDecision // nil while it was open
}

// SnapshotDecision is what had been settled.
type SnapshotDecision struct {
	Choice      string
	Rationale   string
	Facts       []templates.SnapshotFact
	Mitigations []string
	Stale       bool // the signals had changed since
}

// SnapshotPlanItem is a practice that was to be adopted.
type SnapshotPlanItem struct {
	Practice string
	Anchor   string
	Status   assessment.Status
	Severity assessment.Level
	Gain     string // signed points; empty where it was not recommended
	Owner    string
	Due      string
	URL      string
}

// SnapshotAnswers is every answer of a pillar.
type SnapshotAnswers struct {
	Title      string
	Summary    string // answered and score
	Principles []SnapshotPrinciple
}

// SnapshotPrinciple is every answer of a principle.
type SnapshotPrinciple struct {
	Title     string
	Span      string
	Questions []SnapshotQuestion
}

// SnapshotQuestion is every answer of a question.
type SnapshotQuestion struct {
	Title   string
	Answers []SnapshotAnswer
}

// SnapshotAnswer is one answer with what was noted.
type SnapshotAnswer struct {
	Anchor   string
	Practice string
	Status   assessment.Status
	Reason   string
	Note     string
	Evidence []templates.Link
}
