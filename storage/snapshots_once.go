package storage

import (
	"context"
	"database/sql"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TakeSnapshotOnce takes a snapshot for somebody who saw that seen is the number of the newest one, 0 for none. A
// repeated request, which is the same person's with the same texts, gets the snapshot that it took before, and false. Where
// there is another one since, the error is a *assessment.SnapshotConflict.
func (s *Store) TakeSnapshotOnce(ctx context.Context, actor access.Actor, assessmentID string, seen int, title, note string) (
	info assessment.SnapshotInfo, taken bool, err error) {
	if err := requireVersion(seen); err != nil {
		return info, false, err
	}
	return s.takeSnapshot(ctx, actor, assessmentID, title, note, func(_ *assessment.Current, newest assessment.SnapshotInfo, title, note string) (
		*assessment.SnapshotInfo, error) {
		if newest.Sequence == seen {
			return nil, nil
		}
		earlier, err := s.sameSnapshot(ctx, actor, assessmentID, seen, title, note)
		if err != nil || earlier != nil {
			return earlier, err
		}
		return nil, &assessment.SnapshotConflict{Newest: newest}
	})
}

// TakeNewSnapshot takes a snapshot unless it would differ from the newest one only in its moment: then it returns the
// newest one, and false.
func (s *Store) TakeNewSnapshot(ctx context.Context, actor access.Actor, assessmentID, title, note string) (
	info assessment.SnapshotInfo, taken bool, err error) {
	return s.takeSnapshot(ctx, actor, assessmentID, title, note, func(view *assessment.Current, newest assessment.SnapshotInfo, title, note string) (
		*assessment.SnapshotInfo, error) {
		if newest.Sequence == 0 {
			return nil, nil
		}
		again, err := assessment.NewSnapshot(&view.State, view.Model, title, note, actor.User.Name, newest.TakenAt, newest.Previous,
			newest.Sequence).Canonical()
		if err != nil || assessment.Hash(again) != newest.SHA256 {
			return nil, err
		}
		return &newest, nil
	})
}

// newestSnapshot returns what describes the newest snapshot of the assessment, nothing if there is none.
func newestSnapshot(ctx context.Context, q queryer, assessmentID string) (assessment.SnapshotInfo, error) {
	info, err := scanSnapshot(q.QueryRowContext(ctx, `
		SELECT `+snapshotColumns+`
		FROM snapshot
		WHERE assessment_id = $1
		ORDER BY sequence DESC
		LIMIT 1
	`, assessmentID))
	if err = found(err, "snapshot"); assessment.CodeOf(err) == assessment.NotFound {
		return assessment.SnapshotInfo{}, nil
	}
	if err != nil {
		return info, fmt.Errorf("read the newest snapshot: %w", err)
	}
	return info, nil
}

// sameSnapshot returns the snapshot with these texts that the person has taken since a number, nil for none.
func (s *Store) sameSnapshot(ctx context.Context, actor access.Actor, assessmentID string, since int, title, note string) (
	*assessment.SnapshotInfo, error) {
	info, err := scanSnapshot(s.readers.QueryRowContext(ctx, `
		SELECT `+snapshotColumns+`
		FROM snapshot
		WHERE assessment_id = $1 AND sequence > $2 AND title = $3 AND note = $4 AND id IN (
			SELECT subject FROM event WHERE assessment_id = $1 AND kind = $5 AND account_id = $6
		)
		ORDER BY sequence
		LIMIT 1
	`, assessmentID, since, title, note, assessment.EventSnapshot, actor.User.ID))
	if err = found(err, "snapshot"); assessment.CodeOf(err) == assessment.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for an earlier request: %w", err)
	}
	return &info, nil
}

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
