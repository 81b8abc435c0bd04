package assessment

import (
	"encoding/json"
	"time"
)

// Summary is what the portfolio shows of an assessment; it is stored with every change.
type Summary struct {
	Overall       Score
	Pillars       []PillarSummary // in the questionnaire's order
	Findings      Counts
	Unknown       Counts
	OpenDecisions int // live tradeoffs without a decision
	Stale         int // decisions whose signals have changed
}

// PillarSummary is the score of one pillar.
type PillarSummary struct {
	ID    string
	Title string
	Score
}

// PortfolioFilter chooses assessments; Teams nil means every team.
type PortfolioFilter struct {
	Teams    []string
	Archived bool   // the archived ones instead of those in use
	Workload string // only those of one workload, whether it is archived or not
}

// PortfolioRow is one assessment in the portfolio.
type PortfolioRow struct {
	Assessment    Assessment
	Summary       Summary
	Bands         []Band
	Trend         []float64 // overall low of the snapshots, oldest first
	ChangedBy     string    // name of the person who changed it last; empty where nobody has
	NextDecision  Date      // earliest revisit date of a decision
	LastSnapshot  time.Time // zero if there is none
	SnapshotCount int
}

type pillarSummaryJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	scoreJSON
}

// MarshalJSON returns the id, the title and the score.
func (p PillarSummary) MarshalJSON() ([]byte, error) {
	return json.Marshal(pillarSummaryJSON{p.ID, p.Title, p.Score.json()})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *PillarSummary) UnmarshalJSON(data []byte) error {
	var in pillarSummaryJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*p = PillarSummary{ID: in.ID, Title: in.Title, Score: in.scoreJSON.plain()}
	return nil
}
