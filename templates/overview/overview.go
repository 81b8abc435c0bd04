package overview

import (
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// OverviewView is the first page of an assessment: where it stands and what to do next.
type OverviewView struct {
	templates.Page
	Name             string
	Lead             string           // the description, cut where it is long
	Description      string           // the whole of it where Lead is cut, else empty
	About            []string         // owner, environment, tags
	QuestionnaireURL string           // the page of the questionnaire
	News             []templates.Link // what is new about the questionnaire
	Reviewed         string           // for example "Reviewed with Azure AI workload 1.0.0 since 2 November 2026"
	Untraded         bool             // the questionnaire has no tradeoffs
	Assessments      []templates.Tab  // of the workload, where it has several; this one is current
	Archived         string           // for example "Archived on 3 November 2026"; empty while in use
	Settings         string           // addresses
	History          string
	Priorities       string
	Scope            templates.Link // without a title where the questionnaire asks for none
	Weighted         bool           // a pillar has another priority than 1
	Reports          string
	Snapshots        string
	GoOn             *templates.Link // nil where every practice is answered
	Answers          string
	Import           string // address where answers of another assessment are brought in; empty where that cannot be
	ReadOnly         bool   // the visitor may look, and change nothing

	Bands   templates.Bands
	Overall assessment.Score
	Was     assessment.Range
	WasText string // for example "was 45–75 on 20 November"
	Pillars []PillarLine
	Total   PillarLine  // of the pillars that count
	LeftOut *PillarLine // of those that priority 0 leaves out; nil where there is none
	Radar   []templates.RadarAxis

	Progress Progress
	Begin    []BeginLine // only while nothing is answered

	Findings    []FindingLine // the worst
	FindingsOf  string        // for example "10 of 46."
	FindingsURL string
	Unknown     string // for example "11 high risks are not answered yet"
	Decisions   []DecisionLine
	DecisionsOf string
	Tradeoffs   string // address
	Actions     []ActionLine
	Plan        string // address
}

// PillarLine is one pillar in the table of scores.
type PillarLine struct {
	Title    string
	URL      string
	Priority string // for example "×2"; empty for 1
	Score    assessment.Score
	Was      assessment.Range
	Findings assessment.Counts
	Unknown  int // high risks not answered yet
}

// Answered is the progress for people, for example "18 of 34".
func (l PillarLine) Answered() string {
	return strconv.Itoa(l.Score.Answered) + " of " + strconv.Itoa(l.Score.Applicable)
}

// Progress is how much is answered.
type Progress struct {
	Text  string // for example "89 of 121 practices answered, 17 do not apply"
	Cells []ProgressCell
}

// ProgressCell is the answered share of one principle, 0 to 1.
type ProgressCell struct {
	Share float64
}

func (p Progress) left(i int) string {
	return templates.Percent(100 * float64(i) / float64(len(p.Cells)))
}

// track is the width of a cell, with a gap to the next; fill is the answered part of it.
func (p Progress) track() string { return templates.Percent(94 / float64(len(p.Cells))) }

func (p Progress) fill(c ProgressCell) string {
	return templates.Percent(94 * c.Share / float64(len(p.Cells)))
}

// BeginLine is where a pillar's questions begin.
type BeginLine struct {
	Pillar    string
	Principle string
	URL       string
	Count     string // for example "6 principles, 34 practices"
}

// FindingLine is a practice that is absent or partial.
type FindingLine struct {
	Severity  assessment.Level
	Title     string
	URL       string
	Status    assessment.Status
	Pillar    string
	Principle string
	Gain      string
	Note      string
}

// DecisionLine is a tradeoff that waits for a decision, or for another look at one.
type DecisionLine struct {
	Title string
	URL   string
	Kind  assessment.SignalKind
	Says  string // the first signal that holds, of its kind
	Again string // why a decision is to be looked at again; empty for an open one
}

// ActionLine is one row of the improvement plan.
type ActionLine struct {
	Number    string
	Title     string
	URL       string
	Severity  assessment.Level
	Status    assessment.Status
	Gain      string
	Effort    string
	Tradeoffs []string // what would change, for example "Reach against cost: active to inactive"
}
