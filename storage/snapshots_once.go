package storage

import (
	"context"
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
