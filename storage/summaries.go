package storage

import "plumbline/assessment"

// storedScore is the stored form of a score: its JSON with the total.
type storedScore struct {
	assessment.ScoreJSON
	Total int `json:"total"`
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
	Apart         assessment.Counts `json:"apart"` // absent in rows of earlier releases, which count all findings
	Unknown       assessment.Counts `json:"unknown"`
	OpenDecisions int               `json:"open_decisions"`
	Stale         int               `json:"stale"`
}

func storeSummary(s assessment.Summary) storedSummary {
	stored := storedSummary{Overall: storeScore(s.Overall), Pillars: make([]storedPillar, len(s.Pillars)), Findings: s.Findings,
		Apart: s.Apart, Unknown: s.Unknown, OpenDecisions: s.OpenDecisions, Stale: s.Stale}
	for i := range s.Pillars {
		pillar := &s.Pillars[i]
		stored.Pillars[i] = storedPillar{pillar.ID, pillar.Title, storeScore(pillar.Score)}
	}
	return stored
}

func (s storedSummary) summary() assessment.Summary {
	out := assessment.Summary{Overall: s.Overall.score(), Findings: s.Findings, Apart: s.Apart, Unknown: s.Unknown,
		OpenDecisions: s.OpenDecisions, Stale: s.Stale}
	for _, pillar := range s.Pillars {
		out.Pillars = append(out.Pillars,
			assessment.PillarSummary{ID: pillar.ID, Title: pillar.Title, Score: pillar.score()})
	}
	return out
}

func storeScore(s assessment.Score) storedScore { return storedScore{s.JSON(), s.Total} }

func (s storedScore) score() assessment.Score {
	score := s.Score()
	score.Total = s.Total
	return score
}
