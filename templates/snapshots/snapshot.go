package snapshots

import (
	"cmp"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// SnapshotView is one snapshot, drawn from its stored document alone.
type SnapshotView struct {
	templates.Page
	Told     *story.Snapshot
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
	Scope    templates.Scope
	Bands    templates.Bands
	Rows     []SnapshotPillar // the pillars, then the sum of those that count, then of those left out
	Axes     []templates.RadarAxis
	First    []*story.Practice // findings that show at once
	More     []*story.Practice // and those that unfold
	Piles    []*story.Tradeoff // undecided ones, then those with a decision
	Rest     []*story.Tradeoff // the others
}

// SnapshotPillar is one row of the scores.
type SnapshotPillar struct {
	Title    string
	Priority string // for example ×2; empty where it is 1
	Score    assessment.Score
	Tally    story.Tally
	Total    bool
}

// WebLink returns an address that may be followed: http or https, else the empty string.
func WebLink(address string) string {
	clean, failure := assessment.CheckURL("", "", address)
	if failure != nil {
		return ""
	}
	return clean
}

// evidence returns the links that may be followed; one without a title has its address for it.
func evidence(links []assessment.Link) []templates.Link {
	var list []templates.Link
	for _, link := range links {
		if address := WebLink(link.URL); address != "" {
			list = append(list, templates.Link{Title: cmp.Or(link.Title, address), URL: address})
		}
	}
	return list
}

// decisionFacts says who decided, and when.
func decisionFacts(d *assessment.Decision) []templates.SnapshotFact {
	var facts []templates.SnapshotFact
	for _, fact := range story.DecisionFacts(d) {
		facts = append(facts, templates.SnapshotFact{Name: fact.Name, Value: fact.Value})
	}
	return append(facts, templates.SnapshotFact{Name: "Recorded by", Value: d.By})
}

// answered says how many of the practices that apply have an answer.
func answered(s assessment.Score) string { return words.Of(s.Answered, s.Applicable) }

// answeredOf says it of a whole snapshot.
func answeredOf(told *story.Snapshot) string {
	text := answered(told.Counted.Score) + " answered"
	if apart := story.ApartAnswered(told.Apart); apart != "" {
		text += ", " + apart
	}
	return text
}

// anchorOf returns the id of a practice's answer on the page of a snapshot.
func anchorOf(p *story.Practice) string { return "practice-" + p.Place.Practice.ID }
