package assessment_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func TestStandingOf(t *testing.T) {
	fresh, due := assessment.Decision{Signals: []int{0}}, assessment.Decision{Signals: []int{0}, RevisitOn: "2026-11-01"}
	today := assessment.Decision{Signals: []int{0}, RevisitOn: "2026-11-23"}
	for name, tt := range map[string]struct {
		state    assessment.TradeoffState
		signals  []int
		decision *assessment.Decision
		want     assessment.Standing
	}{
		"live":                      {assessment.Live, []int{0}, nil, assessment.StandingOpen},
		"possible":                  {assessment.Possible, nil, nil, assessment.StandingPossible},
		"quiet":                     {assessment.Quiet, nil, nil, assessment.StandingQuiet},
		"decided":                   {assessment.Live, []int{0}, &fresh, assessment.StandingDecided},
		"other signals":             {assessment.Live, []int{0, 1}, &fresh, assessment.StandingRevisit},
		"quiet since":               {assessment.Quiet, nil, &fresh, assessment.StandingRevisit},
		"due":                       {assessment.Live, []int{0}, &due, assessment.StandingRevisit},
		"to be looked at again now": {assessment.Live, []int{0}, &today, assessment.StandingDecided},
	} {
		if got := assessment.StandingOf(assessment.TradeoffResult{State: tt.state, Signals: tt.signals}, tt.decision, "2026-11-23"); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestNextDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawScene(t).current()
		var all, open []string
		c.State.Decisions = map[string]assessment.Decision{}
		for _, tradeoff := range c.Result.Tradeoffs {
			all = append(all, tradeoff.ID)
			if rapid.Bool().Draw(t, "decided") {
				c.State.Decisions[tradeoff.ID] = assessment.Decision{Tradeoff: tradeoff.ID}
			} else if tradeoff.State == assessment.Live {
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
