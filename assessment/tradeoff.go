package assessment

import "slices"

// tradeoffs returns the state of every tradeoff.
func (e *evaluation) tradeoffs() []TradeoffResult {
	m := e.model
	results := make([]TradeoffResult, len(m.tradeoffs))
	signals := make([]int, 0, len(m.signals))
	for i := range results {
		results[i] = e.tradeoff(&m.tradeoffs[i], signals[len(signals):])
		signals = signals[:len(signals)+len(results[i].Signals)]
	}
	return results
}

// tradeoff returns the state of a tradeoff, with its signals in an empty list that has room for them.
func (e *evaluation) tradeoff(tradeoff *modelTradeoff, signals []int) TradeoffResult {
	pulls := Pulls{e.pull(tradeoff.sides[0]), e.pull(tradeoff.sides[1])}
	if e.notApplicable(tradeoff) {
		return TradeoffResult{ID: tradeoff.id, State: Quiet, Signals: signals, Pulls: pulls, NotApplicable: true}
	}
	strongest := False
	for j, truth := range e.signals[tradeoff.first:tradeoff.end] {
		strongest = max(strongest, truth)
		if truth == True {
			signals = append(signals, j)
		}
	}
	return TradeoffResult{
		ID:      tradeoff.id,
		State:   stateOf(strongest),
		Signals: slices.Clip(signals),
		Pulls:   pulls,
	}
}

// notApplicable reports whether a side of a tradeoff has only practices that are out of scope.
func (e *evaluation) notApplicable(tradeoff *modelTradeoff) bool {
	return e.allOut(tradeoff.sides[0]) || e.allOut(tradeoff.sides[1])
}

// stateOf returns the state of a tradeoff by the strongest of its signals.
func stateOf(strongest Truth) TradeoffState {
	switch strongest {
	case True:
		return Live
	case Maybe:
		return Possible
	default:
		return Quiet
	}
}

// pull returns how much of a side is done, as a question's score.
func (e *evaluation) pull(practices []int) Range {
	t := e.practices(practices)
	return t.reach()
}

// Kind returns what true signals make of a tradeoff: Tension where one of them is one, else BlindSpot; empty where none
// is true.
func (t *Tradeoff) Kind(signals []int) SignalKind {
	var kind SignalKind
	for _, i := range signals {
		if i < 0 || i >= len(t.Signals) {
			continue
		}
		if !t.Signals[i].Blind() {
			return Tension
		}
		kind = BlindSpot
	}
	return kind
}

// fewest is how many practices of a side say something before its pull means anything.
const fewest = 2

// Shown returns the pulls of both sides, not applicable for a side of which fewer than two practices are answered and
// apply. The statuses are those that count.
func (t *Tradeoff) Shown(pulls Pulls, status func(practice string) Status) Pulls {
	for i, side := range t.Sides {
		said := 0
		for _, practice := range side.Practices {
			if s := status(practice); s != Unanswered && s.Applies() {
				said++
			}
		}
		if said < fewest {
			pulls[i] = Range{}
		}
	}
	return pulls
}
