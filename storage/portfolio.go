package storage

import (
	"context"
	"database/sql"

	"plumbline/assessment"
)

// Portfolio returns the assessments that the filter chooses, by the names of their workloads. Their scores are those
// stored with the last change, rounded to four decimals.
func (s *Store) Portfolio(ctx context.Context, filter assessment.PortfolioFilter) ([]assessment.PortfolioRow, error) {
	return reading(ctx, s, func(q queryer) ([]assessment.PortfolioRow, error) {
		where, args := portfolioCondition(filter)
		rows, err := portfolioRows(ctx, q, where, args)
		if err != nil {
			return nil, err
		}
		if err := addTrends(ctx, q, rows, where, args); err != nil {
			return nil, err
		}
		for i := range rows {
			frame, err := s.frame(ctx, q, rows[i].Assessment.Questionnaire.SHA256)
			if err != nil {
				return nil, err
			}
			rows[i].Bands, rows[i].Practices, rows[i].InScope = frame.Bands, frame.Practices, rows[i].Summary.InScope()
		}
		return rows, nil
	})
}

// Assessments returns the assessments that the filter chooses, by the names of their workloads: those of Portfolio, for who
// needs no more of them than names.
func (s *Store) Assessments(ctx context.Context, filter assessment.PortfolioFilter) ([]assessment.Assessment, error) {
	where, args := portfolioCondition(filter)
	return s.assessments(ctx, where, byWorkload, args...)
}

// portfolioCondition returns the condition on the workload w that a filter stands for.
func portfolioCondition(filter assessment.PortfolioFilter) (string, []any) {
	where := condition{parts: []string{"w.archived_at IS NULL"}}
	if filter.Archived {
		where.parts[0] = "w.archived_at IS NOT NULL"
	}
	if filter.Workload != "" {
		where.parts = nil
		where.add("w.id =", filter.Workload)
	}
	if filter.Teams != nil {
		where.in("w.team_id", filter.Teams)
	}
	return where.String(), where.args
}

func portfolioRows(ctx context.Context, q queryer, where string, args []any) ([]assessment.PortfolioRow, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT `+assessmentColumns+`, a.changed_by, a.summary, coalesce((
			SELECT min(d.revisit_on) FROM decision d WHERE d.assessment_id = a.id AND d.revisit_on <> ''
		), '')
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		JOIN questionnaire q ON q.sha256 = a.questionnaire
		WHERE `+where+`
		ORDER BY `+byWorkload, args...)
	return collect(rows, err, func(rows *sql.Rows) (row assessment.PortfolioRow, err error) {
		var summary storedSummary
		into := append(assessmentInto(&row.Assessment), &row.ChangedBy, document{&summary}, &row.NextDecision)
		err = rows.Scan(into...)
		row.Assessment.Workload.Tags = assessment.OrNil(row.Assessment.Workload.Tags)
		row.Summary = summary.summary()
		return row, err
	})
}

// addTrends fills in what the rows show of their snapshots.
func addTrends(ctx context.Context, q queryer, portfolio []assessment.PortfolioRow, where string, args []any) error {
	byID := make(map[string]*assessment.PortfolioRow, len(portfolio))
	for i := range portfolio {
		byID[portfolio[i].Assessment.ID] = &portfolio[i]
	}
	rows, err := q.QueryContext(ctx, `
		SELECT s.assessment_id, s.taken_at, s.overall_low
		FROM snapshot s
		JOIN assessment a ON a.id = s.assessment_id
		JOIN workload w ON w.id = a.workload_id
		WHERE `+where+`
		ORDER BY s.assessment_id, s.sequence
	`, args...)
	_, err = collect(rows, err, func(rows *sql.Rows) (none struct{}, err error) {
		var id string
		var low sql.NullFloat64
		var taken assessment.SnapshotInfo
		if err := rows.Scan(&id, moment{&taken.TakenAt}, &low); err != nil {
			return none, err
		}
		row := byID[id]
		row.LastSnapshot, row.SnapshotCount = taken.TakenAt, row.SnapshotCount+1
		if low.Valid {
			row.Trend = append(row.Trend, low.Float64)
		}
		return none, nil
	})
	return err
}

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
