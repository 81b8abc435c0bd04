package storage

import "plumbline/assessment"

// storedScore is the stored form of a score, rounded to four decimals; low and high are null where nothing is
// applicable.
type storedScore struct {
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	Band       string   `json:"band,omitempty"`
	BandHigh   string   `json:"band_high,omitempty"`
	Answered   int      `json:"answered"`
	Applicable int      `json:"applicable"`
	Total      int      `json:"total"`
}

type storedPillar struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	storedScore
}

type storedSummary struct {
	Overall       storedScore       `json:"overall"`
	Pillars       []storedPillar    `json:"pillars"`
	Findings      assessment.Counts `json:"findings"`
	Unknown       assessment.Counts `json:"unknown"`
	OpenDecisions int               `json:"open_decisions"`
	Stale         int               `json:"stale"`
}

func storeSummary(s assessment.Summary) storedSummary {
	stored := storedSummary{Overall: storeScore(s.Overall), Pillars: make([]storedPillar, len(s.Pillars)), Findings: s.Findings,
		Unknown: s.Unknown, OpenDecisions: s.OpenDecisions, Stale: s.Stale}
	for i := range s.Pillars {
		pillar := &s.Pillars[i]
		stored.Pillars[i] = storedPillar{pillar.ID, pillar.Title, storeScore(pillar.Score)}
	}
	return stored
}

func (s storedSummary) summary() assessment.Summary {
	out := assessment.Summary{Overall: s.Overall.score(), Findings: s.Findings, Unknown: s.Unknown,
		OpenDecisions: s.OpenDecisions, Stale: s.Stale}
	for _, pillar := range s.Pillars {
		out.Pillars = append(out.Pillars,
			assessment.PillarSummary{ID: pillar.ID, Title: pillar.Title, Score: pillar.score()})
	}
	return out
}

func storeScore(s assessment.Score) storedScore {
	stored := storedScore{Band: s.Band, BandHigh: s.BandHigh, Answered: s.Answered, Applicable: s.Applicable, Total: s.Total}
	if s.Range.Applicable {
		low, high := assessment.RoundTo(s.Low, 4), assessment.RoundTo(s.High, 4)
		stored.Low, stored.High = &low, &high
	}
	return stored
}

func (s storedScore) score() assessment.Score {
	out := assessment.Score{Band: s.Band, BandHigh: s.BandHigh, Answered: s.Answered, Applicable: s.Applicable, Total: s.Total}
	if s.Low != nil && s.High != nil {
		out.Range = assessment.Range{Low: *s.Low, High: *s.High, Applicable: true}
	}
	return out
}
