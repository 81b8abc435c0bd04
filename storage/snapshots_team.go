package storage

import (
	"context"
	"database/sql"

	"plumbline/assessment"
)

// How many snapshots TeamSnapshots returns at most.
const (
	teamSnapshots          = 240
	snapshotsPerAssessment = 8
)

// TeamSnapshots returns the newest snapshots of each assessment of a team, but for those of one workload, the newest
// first. Scores are left out.
func (s *Store) TeamSnapshots(ctx context.Context, teamID, exceptWorkload string) ([]assessment.TeamSnapshot, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT s.id, s.assessment_id, s.sequence, s.title, s.taken_at, s.taken_by, s.sha256,
			q.sha256, q.id, q.version, q.title,
			CASE WHEN p.snapshot_id IS NULL THEN 0 ELSE 1 END, `+workloadColumns+`
		FROM (
			SELECT id, row_number() OVER (PARTITION BY assessment_id ORDER BY sequence DESC) AS age
			FROM snapshot
			WHERE assessment_id IN (
				SELECT a.id
				FROM assessment a
				JOIN workload w ON w.id = a.workload_id
				WHERE w.team_id = $1 AND w.id <> $2
			)
		) n
		JOIN snapshot s ON s.id = n.id
		JOIN assessment a ON a.id = s.assessment_id
		JOIN workload w ON w.id = a.workload_id
		JOIN questionnaire q ON q.sha256 = s.questionnaire
		LEFT JOIN snapshot_approval p ON p.snapshot_id = s.id
		WHERE n.age <= $3
		ORDER BY s.taken_at DESC, s.sequence DESC, s.id
		LIMIT $4
	`, teamID, exceptWorkload, snapshotsPerAssessment, teamSnapshots)
	return collect(rows, err, func(rows *sql.Rows) (one assessment.TeamSnapshot, err error) {
		q := &one.Questionnaire
		into := []any{&one.ID, &one.Assessment, &one.Sequence, &one.Title, moment{&one.TakenAt}, &one.TakenBy, &one.SHA256,
			&q.SHA256, &q.ID, &q.Version, &q.Title, &one.Approved}
		err = rows.Scan(append(into, workloadInto(&one.Workload)...)...)
		one.Workload.Tags = assessment.OrNil(one.Workload.Tags)
		return one, err
	})
}
