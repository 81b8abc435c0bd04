package assessment_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestReadSnapshotRestoresTheWholeResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := exampletest.DrawQuestionnaire(t)
		s := snapshotOf(t, q, exampletest.DrawAnswers(t, q), exampletest.DrawPriorities(t, q))
		document, err := s.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		read, err := assessment.ReadSnapshot(document)
		if err != nil {
			t.Fatal(err)
		}
		got, want := read.Result, s.Result
		sameScore(t, "overall", q.Bands, got.Overall, want.Overall)
		for i, finding := range want.Findings {
			if stored := got.Findings[i]; math.Abs(stored.Gain-finding.Gain) > 1e-4 {
				t.Errorf("gain of %s = %v, want %v", finding.Practice, stored.Gain, finding.Gain)
			}
		}
		for i, pillar := range want.Pillars {
			stored := got.Pillars[i]
			if stored.Findings != pillar.Findings || stored.Unknown != pillar.Unknown {
				t.Errorf("%s: findings %v, unknown %v; want %v, %v", pillar.ID, stored.Findings, stored.Unknown, pillar.Findings, pillar.Unknown)
			}
			sameScore(t, pillar.ID, q.Bands, stored.Score, pillar.Score)
			for j, principle := range pillar.Principles {
				sameScore(t, principle.ID, q.Bands, stored.Principles[j].Score, principle.Score)
				for k, question := range principle.Questions {
					sameScore(t, question.ID, q.Bands, stored.Principles[j].Questions[k].Score, question.Score)
				}
			}
		}
	})
}

// sameScore compares what a document restores with what was computed. Four 4 may put a score that is next to the
// start of a band into it.
func sameScore(t *rapid.T, level string, bands []assessment.Band, got, want assessment.Score) {
	t.Helper()
	for _, band := range bands {
		if math.Abs(want.Low-band.From) < 1e-4 {
			want.Band = got.Band
		}
		if math.Abs(want.High-band.From) < 1e-4 {
			want.BandHigh = got.BandHigh
		}
	}
	want.Range = assessment.Range{assessment.RoundTo(want.Low, 4), assessment.RoundTo(want.High, 4), want.Range.Applicable}
	if got != want {
		t.Errorf("%s: %+v, want %+v", level, got, want)
	}
}
