package story

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Tradeoff is a tradeoff as it is in a snapshot.
type Tradeoff struct {
	*assessment.Tradeoff
	Now      assessment.TradeoffResult
	Pulls    assessment.Pulls     // as they are shown, see assessment.Tradeoff.Shown
	Why      []assessment.Signal  // the signals that hold
	Decision *assessment.Decision // nil where nothing is decided
}

// Pile is one of the parts that the tradeoffs of a snapshot are sorted into.
type Pile int

// The piles, in the order in which they are shown. Whatever was decided stays with the decisions, unless it is out of
// scope.
const (
	Undecided Pile = iota // live, and nothing decided
	Decided
	Possible
	Quiet
	NotApplicable // a side is out of scope
)

// Pile returns where the tradeoff belongs.
func (t *Tradeoff) Pile() Pile {
	switch {
	case t.Now.NotApplicable:
		return NotApplicable
	case t.Decision != nil:
		return Decided
	case t.Now.State == assessment.Live:
		return Undecided
	case t.Now.State == assessment.Possible:
		return Possible
	}
	return Quiet
}

// Stale reports whether the answers behind the decision have changed since.
func (t *Tradeoff) Stale() bool { return t.Decision != nil && t.Decision.Stale(t.Now) }

// Piled returns the tradeoffs of a pile, in the order of the questionnaire.
func (v *Snapshot) Piled(pile Pile) []*Tradeoff {
	var found []*Tradeoff
	for i := range v.Tradeoffs {
		if v.Tradeoffs[i].Pile() == pile {
			found = append(found, &v.Tradeoffs[i])
		}
	}
	return found
}

// OpenDecisions says how many tradeoffs wait for a decision.
func (v *Snapshot) OpenDecisions() string {
	return words.Plural(len(v.Piled(Undecided)), "active tradeoff waits", "active tradeoffs wait") + " for a decision"
}

// Kind returns what a live tradeoff is, empty for another.
func (t *Tradeoff) Kind() assessment.SignalKind { return t.Tradeoff.Kind(t.Now.Signals) }

// State returns the state in words, see words.TradeoffState.
func (t *Tradeoff) State() string { return words.TradeoffState(t.Tradeoff, t.Now) }

// Tradeoff returns a tradeoff, nil where the questionnaire does not have it.
func (v *Snapshot) Tradeoff(id string) *Tradeoff {
	i := slices.IndexFunc(v.Tradeoffs, func(t Tradeoff) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &v.Tradeoffs[i]
}

func (v *Snapshot) addTradeoffs() {
	for i := range v.Questionnaire.Tradeoffs {
		t := Tradeoff{Tradeoff: &v.Questionnaire.Tradeoffs[i]}
		if j := slices.IndexFunc(v.Result.Tradeoffs, func(r assessment.TradeoffResult) bool { return r.ID == t.ID }); j >= 0 {
			t.Now = v.Result.Tradeoffs[j]
		}
		t.Pulls = t.Shown(t.Now.Pulls, v.Status)
		for _, j := range t.Now.Signals {
			if j >= 0 && j < len(t.Signals) {
				t.Why = append(t.Why, t.Signals[j])
			}
		}
		if j := slices.IndexFunc(v.Decisions, func(d assessment.Decision) bool { return d.Tradeoff == t.ID }); j >= 0 {
			t.Decision = &v.Decisions[j]
		}
		v.Tradeoffs = append(v.Tradeoffs, t)
	}
}
