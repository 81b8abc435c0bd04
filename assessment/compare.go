package assessment

import (
	"fmt"
	"slices"
	"time"
)

// Comparison says what changed between two snapshots and why the overall low score moved. Numbers are points at full
// precision. Delta is Scope.Questionnaire + Scope.Priorities + Scope.Applicability + the parts of all practices.
type Comparison struct {
	Before         ComparedSnapshot
	After          ComparedSnapshot
	Delta          float64 // after minus before; a side with nothing applicable counts 0
	Scope          Scope
	Practices      []PracticeChange // with a part or another status, largest part first
	Applicability  []PracticeChange // those whose applicability differs, with their parts of Scope.Applicability, in the order of the later questionnaire
	Facets         []FacetChange    // that differ, in the order of the later questionnaire, then the removed ones
	Pillars        []PillarChange   // every pillar of either side, in the order of the later one, then the removed ones
	Tradeoffs      []TradeoffChange // every tradeoff of either side, in the same order
	Priorities     []PriorityChange // pillars of both sides whose priority changed
	Decisions      []DecisionChange // by tradeoff id
	Added          []PracticeName   // practices of the later questionnaire only
	Removed        []PracticeName   // practices of the earlier questionnaire only
	Reworded       []PracticeName   // same id, another text; with the later title
	WeightsChanged []PracticeName   // same id, another risk or weight; with the later title
	Defects        []string         // stored scores that do not follow from the stored answers, one sentence each
}

// ComparedSnapshot is one side of a comparison, with its score computed from its own answers.
type ComparedSnapshot struct {
	Title         string
	TakenAt       time.Time
	TakenBy       string
	Assessment    string
	Workload      SnapshotWorkload
	Questionnaire Edition
	Overall       Score
}

// Scope holds the parts of a change that come from what was asked, not from what was done.
type Scope struct {
	Questionnaire float64 // another questionnaire: practices, weights, structure
	Priorities    float64 // other priorities of pillars
	Applicability float64 // practices that became not applicable or out of scope, or applicable again
}

// PracticeName names a practice.
type PracticeName struct {
	ID    string
	Title string
}

// PracticeChange is a practice of the later questionnaire with its part of the change.
type PracticeChange struct {
	ID     string
	Title  string
	Pillar string  // id
	Before Status  // as it counts: Unanswered where the earlier questionnaire did not have the practice, or OutOfScope
	After  Status  // likewise
	Part   float64 // points: share of the overall score times the change of value; in Applicability the change that it makes
	Added  bool    // the earlier questionnaire did not have it
	Stated bool    // the earlier questionnaire had it, in another wording or with another risk or weight
	Facet  string  // that leaves it out on one of the sides, rather one that differs; empty where none does
}

// AskedAgain reports whether the practice lost its answer because the later questionnaire states it otherwise.
func (p PracticeChange) AskedAgain() bool {
	return p.Stated && p.Before != Unanswered && p.Before != OutOfScope && p.After == Unanswered
}

// changed reports whether the practice has another status. Between not applicable and out of scope nothing changes.
func (p PracticeChange) changed() bool {
	return p.Before != p.After && (p.Before.Applies() || p.After.Applies())
}

// FacetChange is what was said about a facet before and after; nil where nothing was, or that side does not have it.
type FacetChange struct {
	ID     string `json:"id"`
	Title  string `json:"-"`
	Before *bool  `json:"before"`
	After  *bool  `json:"after"`
}

// PillarChange is a pillar before and after.
type PillarChange struct {
	ID        string
	Title     string
	Before    Score // nothing applicable where that side does not have it
	After     Score
	Part      float64 // sum of the parts of its practices
	Practices int     // number of its practices with a part or another status
}

// TradeoffChange is the state of a tradeoff before and after; empty where that side does not have it.
type TradeoffChange struct {
	ID     string
	Title  string
	Before TradeoffState
	After  TradeoffState
}

// changed reports whether both sides have the tradeoff, in another state.
func (t TradeoffChange) changed() bool { return t.Before != "" && t.After != "" && t.Before != t.After }

// PriorityChange is a pillar whose priority changed.
type PriorityChange struct {
	ID     string
	Title  string
	Before float64
	After  float64
}

// DecisionChange is a decision that was recorded, changed or removed.
type DecisionChange struct {
	Tradeoff string
	Title    string
	Before   *Decision // nil where it was recorded since
	After    *Decision // nil where it was removed
}

// Improved returns the practices with a part above zero, largest first.
func (c *Comparison) Improved() []PracticeChange {
	return c.filter(func(p PracticeChange) bool { return p.Part > 0 })
}

// Regressed returns the practices with a part below zero, the worst first.
func (c *Comparison) Regressed() []PracticeChange {
	regressed := c.filter(func(p PracticeChange) bool { return p.Part < 0 })
	sortSettled(regressed, func(p PracticeChange) float64 { return p.Part })
	return regressed
}

// NewlyAnswered returns the practices that were unanswered before and are answered now, in any way.
func (c *Comparison) NewlyAnswered() []PracticeChange {
	return c.filter(func(p PracticeChange) bool { return p.Before == Unanswered && p.After != OutOfScope })
}

// Dropped returns the practices that became not applicable or out of scope.
func (c *Comparison) Dropped() []PracticeChange {
	return c.filter(func(p PracticeChange) bool { return !p.After.Applies() })
}

// TakenBack returns the practices that were not applicable or out of scope and are so no longer.
func (c *Comparison) TakenBack() []PracticeChange {
	return c.filter(func(p PracticeChange) bool { return !p.Before.Applies() })
}

// ApplicabilityChanged returns the practices that are Dropped or TakenBack.
func (c *Comparison) ApplicabilityChanged() []PracticeChange {
	return c.filter(func(p PracticeChange) bool { return !p.Before.Applies() || !p.After.Applies() })
}

// ChangedTradeoffs returns the tradeoffs of both sides that are in another state.
func (c *Comparison) ChangedTradeoffs() []TradeoffChange {
	return slices.DeleteFunc(slices.Clone(c.Tradeoffs), func(t TradeoffChange) bool { return !t.changed() })
}

// filter returns the practices that pass and whose status changed.
func (c *Comparison) filter(pass func(PracticeChange) bool) []PracticeChange {
	var list []PracticeChange
	for _, practice := range c.Practices {
		if practice.changed() && pass(practice) {
			list = append(list, practice)
		}
	}
	return list
}

// Compare explains the change of the overall low score from one snapshot to another. The scores are computed from the
// stored answers; where they differ from the stored ones, Defects says so. The error is about a broken questionnaire.
func Compare(before, after *Snapshot) (*Comparison, error) {
	a, err := newSide(before)
	if err != nil {
		return nil, fmt.Errorf("earlier snapshot: %w", err)
	}
	b, err := newSide(after)
	if err != nil {
		return nil, fmt.Errorf("later snapshot: %w", err)
	}
	c := &Comparison{Before: a.compared(), After: b.compared()}
	c.explain(a, b)
	c.Pillars = c.pillarChanges(a, b)
	c.Tradeoffs = tradeoffChanges(a, b)
	c.Priorities = priorityChanges(a, b)
	c.Facets = facetChanges(a, b)
	c.Decisions = decisionChanges(a, b)
	c.Added, c.Reworded = b.practicesSince(a)
	c.WeightsChanged = b.weightsChangedSince(a)
	c.Removed = a.practicesWithout(b)
	c.Defects = append(a.defects("earlier"), b.defects("later")...)
	return c, nil
}

// Across reports whether the sides are two workloads: what differs did not happen in time then.
func (c *Comparison) Across() bool { return c.Before.Workload.ID != c.After.Workload.ID }

// CheckComparable returns an Invalid Error where two snapshots have no practice in common, so that nothing of one can be
// held against the other.
func CheckComparable(before, after *Snapshot) error {
	asked := map[string]bool{}
	for practice := range before.Questionnaire.Practices() {
		asked[practice.ID] = true
	}
	for practice := range after.Questionnaire.Practices() {
		if asked[practice.ID] {
			return nil
		}
	}
	return Errorf(Invalid,
		"“%s” was reviewed with %s and “%s” with %s. These questionnaires have no practice in common, so there is nothing to compare",
		before.Workload.Name, before.Questionnaire.Title, after.Workload.Name, after.Questionnaire.Title)
}
