package assessment

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestStandingOf(t *testing.T) {
	fresh, due := Decision{Signals: []int{0}}, Decision{Signals: []int{0}, RevisitOn: "2026-11-01"}
	today := Decision{Signals: []int{0}, RevisitOn: "2026-11-23"}
	for name, tt := range map[string]struct {
		state    TradeoffState
		signals  []int
		decision *Decision
		want     Standing
	}{
		"live":                      {Live, []int{0}, nil, StandingOpen},
		"possible":                  {Possible, nil, nil, StandingPossible},
		"quiet":                     {Quiet, nil, nil, StandingQuiet},
		"decided":                   {Live, []int{0}, &fresh, StandingDecided},
		"other signals":             {Live, []int{0, 1}, &fresh, StandingRevisit},
		"quiet since":               {Quiet, nil, &fresh, StandingRevisit},
		"due":                       {Live, []int{0}, &due, StandingRevisit},
		"to be looked at again now": {Live, []int{0}, &today, StandingDecided},
	} {
		if got := StandingOf(TradeoffResult{State: tt.state, Signals: tt.signals}, tt.decision, "2026-11-23"); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestNextDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawScene(t).current()
		var all, open []string
		c.State.Decisions = map[string]Decision{}
		for _, tradeoff := range c.Result.Tradeoffs {
			all = append(all, tradeoff.ID)
			if rapid.Bool().Draw(t, "decided") {
				c.State.Decisions[tradeoff.ID] = Decision{Tradeoff: tradeoff.ID}
			} else if tradeoff.State == Live {
				open = append(open, tradeoff.ID)
			}
		}
		if len(all) == 0 {
			return
		}
		done := rapid.SampledFrom(all).Draw(t, "done")
		order := after(all, done)
		want := done
		for _, id := range append(order[1:], done) {
			if slices.Contains(open, id) {
				want = id
				break
			}
		}
		if got := c.NextDecision(done); got != want {
			t.Errorf("after %s comes %s, want %s of %v", done, got, want, open)
		}
	})
}
