package storage

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// TakeSnapshot stores the assessment as it is now in one document that holds everything, named by its hash and
// chained to the one before, and returns what describes it. Conflict where others change the assessment faster than the
// document is written, Unavailable where too many snapshots are being taken.
func (s *Store) TakeSnapshot(ctx context.Context, actor access.Actor, assessmentID, title, note string) (
	assessment.SnapshotInfo, error) {
	info, _, err := s.takeSnapshot(ctx, actor, assessmentID, title, note, func(*assessment.Current, assessment.SnapshotInfo,
		string, string) (*assessment.SnapshotInfo, error) {
		return nil, nil
	})
	return info, err
}

// known returns the snapshot that a request took earlier of an assessment whose newest one this is, nil for none.
type known func(view *assessment.Current, newest assessment.SnapshotInfo, title, note string) (*assessment.SnapshotInfo, error)

// takeSnapshot stores a snapshot unless known returns one, and returns whether it did.
func (s *Store) takeSnapshot(ctx context.Context, actor access.Actor, assessmentID, title, note string, known known) (
	info assessment.SnapshotInfo, taken bool, err error) {
	title, note, err = assessment.CheckSnapshotTexts(title, note)
	if err != nil {
		return info, false, err
	}
	if err := s.documents.wait(ctx); err != nil {
		return info, false, err
	}
	defer s.documents.leave()
	err = untilCurrent(func() error {
		view, newest, err := s.newestOf(ctx, assessmentID)
		if err != nil {
			return err
		}
		earlier, err := known(view, newest, title, note)
		if err != nil {
			return err
		}
		if earlier != nil {
			info = *earlier
			return nil
		}
		ready, err := s.compose(view, newest, title, note, actor.User.Name)
		if err != nil {
			return err
		}
		_, err = s.change(ctx, actor, assessmentID, func(c *change) error { return c.storeSnapshot(ready) })
		info, taken = ready.info, err == nil
		return err
	})
	if err != nil {
		return assessment.SnapshotInfo{}, false, err
	}
	return info, taken, nil
}

// newestOf returns an assessment in use as it is now, and what describes its newest snapshot. Where the assessment is
// still at its sequence later, so is the snapshot its newest.
func (s *Store) newestOf(ctx context.Context, assessmentID string) (*assessment.Current, assessment.SnapshotInfo, error) {
	view, err := s.Current(ctx, assessmentID)
	if err == nil {
		err = view.State.Workload.CheckInUse()
	}
	if err != nil {
		return nil, assessment.SnapshotInfo{}, err
	}
	newest, err := newestSnapshot(ctx, s.readers, assessmentID)
	return view, newest, err
}

// composed is a snapshot that is ready to be stored, computed beside the writer.
type composed struct {
	of       int64 // the sequence of the assessment that it holds
	info     assessment.SnapshotInfo
	scores   storedSummary
	document []byte
}

// compose computes the snapshot of a view that follows the newest one: seconds for the largest questionnaires.
func (s *Store) compose(view *assessment.Current, newest assessment.SnapshotInfo, title, note, by string) (composed, error) {
	at := time.UnixMicro(s.clock().UnixMicro()).UTC()
	sequence := newest.Sequence + 1
	document, err := assessment.NewSnapshot(&view.State, view.Model, title, note, by, at, newest.SHA256, sequence).Canonical()
	if err != nil {
		return composed{}, fmt.Errorf("write snapshot: %w", err)
	}
	scores := storeSummary(assessment.Summarise(view.Model, view.Result, &view.State))
	summary := scores.summary()
	return composed{of: view.State.Sequence, scores: scores, document: document, info: assessment.SnapshotInfo{ID: ids.New(),
		Assessment: view.State.ID, Title: title, Note: note, TakenAt: at, TakenBy: by, Sequence: sequence, Previous: newest.SHA256,
		SHA256: assessment.Hash(document), Size: int64(len(document)), Questionnaire: view.State.Questionnaire.SHA256,
		Overall: summary.Overall, Pillars: summary.Pillars}}, nil
}

// storeSnapshot stores a snapshot of the assessment as it still is, errOutdated where it has moved on.
func (c *change) storeSnapshot(ready composed) error {
	if c.state.Sequence != ready.of {
		return errOutdated
	}
	info := ready.info
	if err := c.checkSnapshotQuotas(info.Size); err != nil {
		return err
	}
	_, err := c.tx.exec(`
		INSERT INTO snapshot (id, assessment_id, sequence, title, note, taken_at, taken_by, sha256, previous, size,
			overall_low, scores, document, questionnaire)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
	`, info.ID, info.Assessment, info.Sequence, info.Title, info.Note, micros(info.TakenAt), info.TakenBy, info.SHA256,
		info.Previous, info.Size, ready.scores.Overall.Low, text(ready.scores), ready.document, info.Questionnaire)
	if err != nil {
		return fmt.Errorf("save snapshot: %w", err)
	}
	c.leavesAuthor = true
	return c.record(assessment.EventSnapshot, info.ID, nil, map[string]string{"title": info.Title, "sha256": info.SHA256})
}

func (c *change) checkSnapshotQuotas(size int64) error {
	err := c.tx.checkPerHour(c.tx.quotas.SnapshotsPerHour, "snapshots",
		"SELECT count(*) FROM snapshot WHERE assessment_id = $1 AND taken_at > $2", c.state.ID)
	if err != nil {
		return err
	}
	return c.tx.growByDocument(c.state.Workload.Team, size)
}

const snapshotColumns = `id, assessment_id, sequence, title, note, taken_at, taken_by, sha256, previous, size, scores,
	coalesce(questionnaire, '')`

func scanSnapshot(row interface{ Scan(...any) error }, more ...any) (assessment.SnapshotInfo, error) {
	var info assessment.SnapshotInfo
	var scores storedSummary
	into := []any{&info.ID, &info.Assessment, &info.Sequence, &info.Title, &info.Note, moment{&info.TakenAt}, &info.TakenBy,
		&info.SHA256, &info.Previous, &info.Size, document{&scores}, &info.Questionnaire}
	err := row.Scan(append(into, more...)...)
	summary := scores.summary()
	info.Overall, info.Pillars = summary.Overall, summary.Pillars
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
