package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// SaveReport stores a rendering and returns what describes it. There is one for each kind, snapshot, snapshot before,
// media type and renderer: where it is stored already, that one comes back and nothing changes. An unknown snapshot is
// NotFound.
func (s *Store) SaveReport(ctx context.Context, actor access.Actor, r assessment.Report) (assessment.ReportInfo, error) {
	described, err := describeReport(ctx, s.readers, r)
	if err == nil {
		err = s.warm(ctx, described.Assessment)
	}
	if err != nil {
		return described, err
	}
	return writing(ctx, s, actor, func(t *tx) (assessment.ReportInfo, error) {
		info, ok, err := findReport(context.Background(), t.conn, r.Kind, r.Snapshot, r.Before, r.Media, r.Renderer)
		if err != nil || ok {
			return info, err
		}
		info = described
		_, err = s.changeIn(t, actor, info.Assessment, func(c *change) error {
			info.CreatedAt, info.CreatedBy, c.leavesAuthor = c.at, actor.User.Name, true
			if err := c.checkReportQuotas(info.Size); err != nil {
				return err
			}
			if err := insertReport(t, info, r.Document); err != nil {
				return err
			}
			return c.record(assessment.EventReport, info.ID, nil, map[string]string{"title": info.Title, "media": info.Media})
		})
		return info, err
	})
}

func (c *change) checkReportQuotas(size int64) error {
	err := c.tx.checkPerHour(c.tx.quotas.ReportsPerHour, "reports",
		"SELECT count(*) FROM report WHERE assessment_id = $1 AND created_at > $2", c.state.ID)
	if err != nil {
		return err
	}
	return c.tx.growByDocument(c.state.Workload.Team, size)
}

// describeReport returns what follows from a report and its snapshots.
func describeReport(ctx context.Context, q queryer, r assessment.Report) (assessment.ReportInfo, error) {
	info := assessment.ReportInfo{ID: ids.New(), Kind: r.Kind, Snapshot: r.Snapshot, Before: r.Before, Media: r.Media,
		FileName: r.FileName, Renderer: r.Renderer, SHA256: assessment.Hash(r.Document), Size: int64(len(r.Document))}
	if (r.Kind == assessment.ReportComparison) != (r.Before != "") {
		return info, assessment.Errorf(assessment.Invalid, "A comparison has an earlier snapshot, any other report has none")
	}
	const side = `
		SELECT s.assessment_id, s.title, w.team_id
		FROM snapshot s
		JOIN assessment a ON a.id = s.assessment_id
		JOIN workload w ON w.id = a.workload_id
		WHERE s.id = $1
	`
	err := q.QueryRowContext(ctx, side, r.Snapshot).Scan(&info.Assessment, &info.Title, &info.Team)
	if err != nil || r.Before == "" {
		return info, found(err, "snapshot")
	}
	var other, before string
	err = q.QueryRowContext(ctx, side, r.Before).Scan(&other, &before, &info.BeforeTeam)
	info.Title = before + " → " + info.Title
	return info, found(err, "snapshot")
}

func insertReport(t *tx, info assessment.ReportInfo, document []byte) error {
	_, err := t.exec(`
		INSERT INTO report (id, assessment_id, kind, snapshot_id, before_id, title, media, file_name, renderer,
			sha256, size, created_at, created_by, document)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
	`, info.ID, info.Assessment, info.Kind, info.Snapshot, orNull(info.Before), info.Title, info.Media, info.FileName,
		info.Renderer, info.SHA256, info.Size, micros(info.CreatedAt), info.CreatedBy, blob(document))
	if err != nil {
		return fmt.Errorf("save report: %w", err)
	}
	return nil
}

const reportColumns = `id, assessment_id, kind, snapshot_id, coalesce(before_id, ''), title, media, file_name, renderer,
	sha256, size, created_at, created_by,
	(
		SELECT w.team_id
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		WHERE a.id = report.assessment_id
	),
	coalesce((
		SELECT w.team_id
		FROM snapshot s
		JOIN assessment a ON a.id = s.assessment_id
		JOIN workload w ON w.id = a.workload_id
		WHERE s.id = report.before_id
	), '')`

func scanReport(row interface{ Scan(...any) error }) (assessment.ReportInfo, error) {
	var r assessment.ReportInfo
	into := []any{&r.ID, &r.Assessment, &r.Kind, &r.Snapshot, &r.Before, &r.Title, &r.Media, &r.FileName, &r.Renderer,
		&r.SHA256, &r.Size, moment{&r.CreatedAt}, &r.CreatedBy, &r.Team, &r.BeforeTeam}
	err := row.Scan(into...)
	return r, err
}

// Report returns what describes a stored report, NotFound if there is none.
func (s *Store) Report(ctx context.Context, id string) (assessment.ReportInfo, error) {
	info, err := scanReport(s.readers.QueryRowContext(ctx, "SELECT "+reportColumns+" FROM report WHERE id = $1", id))
	if err != nil {
		return assessment.ReportInfo{}, found(err, "report")
	}
	return info, nil
}

// ReportDocument returns the document of a stored report, which is read in pieces while ctx lasts.
func (s *Store) ReportDocument(ctx context.Context, info assessment.ReportInfo) io.ReadSeeker {
	return s.documentIn(ctx, "SELECT substr(document, $1, $2) FROM report WHERE id = $3", info.ID, info.Size)
}

// Reports returns what describes the stored reports of an assessment, the newest first.
func (s *Store) Reports(ctx context.Context, assessmentID string) ([]assessment.ReportInfo, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT `+reportColumns+`
		FROM report
		WHERE assessment_id = $1
		ORDER BY created_at DESC, id
	`, assessmentID)
	return collect(rows, err, func(rows *sql.Rows) (assessment.ReportInfo, error) { return scanReport(rows) })
}

// FindReport returns the stored report of a key, and false if there is none.
func (s *Store) FindReport(ctx context.Context, kind, snapshot, before, media, renderer string) (
	assessment.ReportInfo, bool, error) {
	return findReport(ctx, s.readers, kind, snapshot, before, media, renderer)
}

func findReport(ctx context.Context, q queryer, kind, snapshot, before, media, renderer string) (
	assessment.ReportInfo, bool, error) {
	info, err := scanReport(q.QueryRowContext(ctx, `
		SELECT `+reportColumns+`
		FROM report
		WHERE snapshot_id = $1 AND kind = $2 AND coalesce(before_id, '') = $3 AND media = $4 AND renderer = $5
	`, snapshot, kind, before, media, renderer))
	if errors.Is(err, sql.ErrNoRows) {
		return assessment.ReportInfo{}, false, nil
	}
	if err != nil {
		return assessment.ReportInfo{}, false, translate(fmt.Errorf("find report: %w", err))
	}
	return info, true, nil
}
