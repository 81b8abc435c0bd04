package storage

import (
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func TestSummaryTextIsThatOfEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := func() assessment.Counts {
			n := rapid.IntRange(0, 2000)
			return assessment.Counts{High: n.Draw(t, "high"), Medium: n.Draw(t, "medium"), Low: n.Draw(t, "low")}
		}
		said := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "Cost & price", "a \"b\" <c> \\d", "\u2028", "\xff", "Reliability"}))
		score := func() assessment.Score {
			s := assessment.Score{Band: said.Draw(t, "band"), BandHigh: said.Draw(t, "band high"),
				Answered: rapid.IntRange(0, 2000).Draw(t, "answered"), Applicable: 5, Total: 2000}
			if rapid.Bool().Draw(t, "applicable") {
				points := rapid.OneOf(rapid.Float64Range(0, 100), rapid.Float64Range(0, 0.001), rapid.SampledFrom([]float64{0, 0.00005, 0.0001, 100, 99.99995, 33}))
				s.Range = assessment.Range{Low: points.Draw(t, "low"), High: points.Draw(t, "high"), Applicable: true}
			}
			return s
		}
		summary := assessment.Summary{Overall: score(), Findings: counts(), Unknown: counts(),
			OpenDecisions: rapid.IntRange(0, 500).Draw(t, "open"), Stale: rapid.IntRange(0, 500).Draw(t, "stale")}
		for range rapid.IntRange(0, 3).Draw(t, "pillars") {
			summary.Pillars = append(summary.Pillars, assessment.PillarSummary{ID: said.Draw(t, "id"), Title: said.Draw(t, "title"), Score: score()})
		}
		stored := storeSummary(summary)
		if got, want := stored.text(), text(stored); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}
