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
	return s.takeSnapshot(ctx, actor, assessmentID, title, note, func(c *change, title, note string) (*assessment.SnapshotInfo, error) {
		newest, err := c.newestSnapshot()
		if err != nil || newest.Sequence == seen {
			return nil, err
		}
		earlier, err := c.sameSnapshot(seen, title, note)
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
	return s.takeSnapshot(ctx, actor, assessmentID, title, note, func(c *change, title, note string) (*assessment.SnapshotInfo, error) {
		newest, err := c.newestSnapshot()
		if err != nil || newest.Sequence == 0 {
			return nil, err
		}
		again, err := assessment.NewSnapshot(&c.state, c.model, title, note, c.actor.User.Name, newest.TakenAt, newest.Previous,
			newest.Sequence).Canonical()
		if err != nil || assessment.Hash(again) != newest.SHA256 {
			return nil, err
		}
		return &newest, nil
	})
}

// newestSnapshot returns what describes the newest snapshot of the assessment, nothing if there is none.
func (c *change) newestSnapshot() (assessment.SnapshotInfo, error) {
	info, err := scanSnapshot(c.tx.row(`
		SELECT `+snapshotColumns+`
		FROM snapshot
		WHERE assessment_id = $1
		ORDER BY sequence DESC
		LIMIT 1
	`, c.state.ID))
	if err = found(err, "snapshot"); assessment.CodeOf(err) == assessment.NotFound {
		return assessment.SnapshotInfo{}, nil
	}
	if err != nil {
		return info, fmt.Errorf("read the newest snapshot: %w", err)
	}
	return info, nil
}

// sameSnapshot returns the snapshot with these texts that the person has taken since a number, nil for none.
func (c *change) sameSnapshot(since int, title, note string) (*assessment.SnapshotInfo, error) {
	info, err := scanSnapshot(c.tx.row(`
		SELECT `+snapshotColumns+`
		FROM snapshot
		WHERE assessment_id = $1 AND sequence > $2 AND title = $3 AND note = $4 AND id IN (
			SELECT subject FROM event WHERE assessment_id = $1 AND kind = $5 AND account_id = $6
		)
		ORDER BY sequence
		LIMIT 1
	`, c.state.ID, since, title, note, assessment.EventSnapshot, c.actor.User.ID))
	if err = found(err, "snapshot"); assessment.CodeOf(err) == assessment.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for an earlier request: %w", err)
	}
	return &info, nil
}
