package storage

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// TakeSnapshot stores the assessment as it is now in one document that holds everything, named by its hash and
// chained to the one before, and returns what describes it.
func (s *Store) TakeSnapshot(ctx context.Context, actor access.Actor, assessmentID, title, note string) (
	assessment.SnapshotInfo, error) {
	info, _, err := s.takeSnapshot(ctx, actor, assessmentID, title, note, func(*change, string, string) (*assessment.SnapshotInfo, error) {
		return nil, nil
	})
	return info, err
}

// takeSnapshot stores a snapshot unless known returns the one that the request took earlier, and returns whether it did.
func (s *Store) takeSnapshot(ctx context.Context, actor access.Actor, assessmentID, title, note string,
	known func(c *change, title, note string) (*assessment.SnapshotInfo, error)) (info assessment.SnapshotInfo, taken bool, err error) {
	title, note, err = assessment.CheckSnapshotTexts(title, note)
	if err != nil {
		return info, false, err
	}
	_, err = s.change(ctx, actor, assessmentID, func(c *change) error {
		earlier, err := known(c, title, note)
		if err != nil {
			return err
		}
		if earlier != nil {
			info = *earlier
			return nil
		}
		taken = true
		info, err = c.takeSnapshot(title, note)
		return err
	})
	if err != nil {
		return assessment.SnapshotInfo{}, false, err
	}
	return info, taken, nil
}

func (c *change) takeSnapshot(title, note string) (assessment.SnapshotInfo, error) {
	info := assessment.SnapshotInfo{ID: ids.New(), Assessment: c.state.ID, Title: title, Note: note, TakenAt: c.at,
		TakenBy: c.actor.User.Name, Questionnaire: c.state.Questionnaire.SHA256}
	newest, err := c.newestSnapshot()
	if err != nil {
		return info, err
	}
	info.Sequence, info.Previous = newest.Sequence+1, newest.SHA256
	document, err := assessment.NewSnapshot(&c.state, c.model, title, note, info.TakenBy, c.at, info.Previous, info.Sequence).
		Canonical()
	if err != nil {
		return info, fmt.Errorf("write snapshot: %w", err)
	}
	info.SHA256, info.Size = assessment.Hash(document), int64(len(document))
	scores := storeSummary(c.summary())
	info.Overall, info.Pillars = scores.summary().Overall, scores.summary().Pillars
	_, err = c.tx.exec(`
		INSERT INTO snapshot (id, assessment_id, sequence, title, note, taken_at, taken_by, sha256, previous, size,
			overall_low, scores, document, questionnaire)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
	`, info.ID, info.Assessment, info.Sequence, title, note, micros(c.at), info.TakenBy, info.SHA256, info.Previous,
		info.Size, scores.Overall.Low, text(scores), document, c.state.Questionnaire.SHA256)
	if err != nil {
		return info, fmt.Errorf("save snapshot: %w", err)
	}
	c.leavesAuthor = true
	return info, c.record(assessment.EventSnapshot, info.ID, nil, map[string]string{"title": title, "sha256": info.SHA256})
}

const snapshotColumns = `id, assessment_id, sequence, title, note, taken_at, taken_by, sha256, previous, size, scores,
	coalesce(questionnaire, '')`

func scanSnapshot(row interface{ Scan(...any) error }, more ...any) (assessment.SnapshotInfo, error) {
	var info assessment.SnapshotInfo
	var scores storedSummary
	into := []any{&info.ID, &info.Assessment, &info.Sequence, &info.Title, &info.Note, moment{&info.TakenAt}, &info.TakenBy,
		&info.SHA256, &info.Previous, &info.Size, document{&scores}, &info.Questionnaire}
	err := row.Scan(append(into, more...)...)
	info.Overall, info.Pillars = scores.summary().Overall, scores.summary().Pillars
	return info, err
}

// Snapshots returns what describes the snapshots of an assessment, the newest first.
func (s *Store) Snapshots(ctx context.Context, assessmentID string) ([]assessment.SnapshotInfo, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+snapshotColumns+`
		FROM snapshot
		WHERE assessment_id = $1
		ORDER BY sequence DESC
	`, assessmentID)
	return collect(rows, err, func(rows *sql.Rows) (assessment.SnapshotInfo, error) { return scanSnapshot(rows) })
}

// SnapshotInfo returns what describes a snapshot, NotFound if there is none.
func (s *Store) SnapshotInfo(ctx context.Context, id string) (assessment.SnapshotInfo, error) {
	info, err := scanSnapshot(s.readers.QueryRowContext(ctx, "SELECT "+snapshotColumns+" FROM snapshot WHERE id = $1", id))
	if err != nil {
		return assessment.SnapshotInfo{}, found(err, "snapshot")
	}
	return info, nil
}

// SnapshotDocument returns the canonical document of a snapshot, which is read in pieces while ctx lasts.
func (s *Store) SnapshotDocument(ctx context.Context, info assessment.SnapshotInfo) io.ReadSeeker {
	return s.documentIn(ctx, "SELECT substr(document, $1, $2) FROM snapshot WHERE id = $3", info.ID, info.Size)
}

// Snapshot returns what describes a snapshot and its canonical document, NotFound if there is none.
func (s *Store) Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error) {
	var document []byte
	info, err := scanSnapshot(s.readers.QueryRowContext(ctx, `
		SELECT `+snapshotColumns+`, document
		FROM snapshot
		WHERE id = $1
	`, id), &document)
	if err != nil {
		return assessment.SnapshotInfo{}, nil, found(err, "snapshot")
	}
	return info, document, nil
}
