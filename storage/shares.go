package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateShareOnce stores a link by which anybody who has it may read a report, for somebody who saw that the report has
// seen links, those that have ended included. It returns all links that there are then, the newest first, and the one that
// was made: nil where their number is not the one that was seen. A hash that was stored a moment ago is the same request
// once more, and its link comes back. Of the link, Report, Hash and ExpiresAt are taken; errors are those of
// access.CheckShare, and NotFound for an unknown report.
func (s *Store) CreateShareOnce(ctx context.Context, actor access.Actor, share access.Share, seen int) (
	shares []access.Share, made *access.Share, err error) {
	if err := access.CheckShare(share, s.clock()); err != nil {
		return nil, nil, err
	}
	err = s.writer.do(ctx, actor, func(t *tx) error {
		if shares, err = readShares(context.Background(), t.conn, share.Report); err != nil {
			return err
		}
		if made, err = repeatedShare(t, shares, share); made != nil || err != nil || len(shares) != seen {
			return err
		}
		if err := full("days", count{"The report", len(shares), "links"}, t.quotas.LinksPerReport); err != nil {
			return err
		}
		stored, err := createShare(t, actor, share)
		if err != nil {
			return err
		}
		shares, made = append([]access.Share{stored}, shares...), &stored
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return shares, made, nil
}

// repeatedShare returns the link that the same request made a moment ago, nil where it made none.
func repeatedShare(t *tx, shares []access.Share, share access.Share) (*access.Share, error) {
	known, err := workingShare(context.Background(), t.conn, share.Hash, t.now())
	if assessment.CodeOf(err) == assessment.NotFound {
		return nil, nil
	}
	if err != nil || known.Report != share.Report || t.now().Sub(known.CreatedAt) >= access.RepeatLimit {
		return nil, err
	}
	i := slices.IndexFunc(shares, func(one access.Share) bool { return one.ID == known.ID })
	return &shares[i], nil
}

func createShare(t *tx, actor access.Actor, share access.Share) (access.Share, error) {
	share = access.Share{ID: ids.New(), Report: share.Report, Hash: share.Hash, CreatedBy: actor.User.Name,
		CreatedAt: t.now(), ExpiresAt: share.ExpiresAt}
	_, err := t.exec(`
			INSERT INTO share_link (id, report_id, hash, created_by, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6)
		`, share.ID, share.Report, share.Hash, share.CreatedBy, micros(share.CreatedAt), micros(share.ExpiresAt))
	if isDangling(err) {
		return share, assessment.Wrap(assessment.NotFound, err, absence("report"))
	}
	if err != nil {
		return share, fmt.Errorf("share report: %w", err)
	}
	return share, t.auditShare(actor, access.AuditShareCreated, share)
}

// auditShare appends an entry about a share, for the team whose report it is.
func (t *tx) auditShare(by access.Actor, action string, share access.Share) error {
	e := access.AuditEntry{Action: action, SubjectKind: "share", Subject: share.ID, Detail: "report " + share.Report}
	err := t.row(`
		SELECT a.id, w.team_id
		FROM report r
		JOIN assessment a ON a.id = r.assessment_id
		JOIN workload w ON w.id = a.workload_id
		WHERE r.id = $1
	`, share.Report).Scan(&e.Assessment, &e.Team)
	if err != nil {
		return found(err, "report")
	}
	return t.audit(by, e)
}

// Shares returns the links to a report, those that have ended included, the newest first.
func (s *Store) Shares(ctx context.Context, reportID string) ([]access.Share, error) {
	return readShares(ctx, s.readers, reportID)
}

func readShares(ctx context.Context, q queryer, reportID string) ([]access.Share, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT l.id, l.report_id, l.created_by, l.created_at, l.expires_at, l.revoked_at, count(u.sequence), max(u.at)
		FROM share_link l
		LEFT JOIN share_use u ON u.share_id = l.id
		WHERE l.report_id = $1
		GROUP BY l.id
		ORDER BY l.created_at DESC, l.id
	`, reportID)
	return collect(rows, err, func(rows *sql.Rows) (share access.Share, err error) {
		err = rows.Scan(&share.ID, &share.Report, &share.CreatedBy, moment{&share.CreatedAt}, moment{&share.ExpiresAt},
			moment{&share.RevokedAt}, &share.Uses, moment{&share.LastUsedAt})
		return share, err
	})
}

// RevokeShare ends a link to a report. One that was revoked before is no error, one that the report does not have is
// NotFound.
func (s *Store) RevokeShare(ctx context.Context, actor access.Actor, reportID, id string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		share := access.Share{ID: id, Report: reportID}
		var revoked time.Time
		err := t.row("SELECT revoked_at FROM share_link WHERE id = $1 AND report_id = $2", id, reportID).Scan(moment{&revoked})
		if err != nil {
			return found(err, "link")
		}
		if !revoked.IsZero() {
			return nil
		}
		if _, err := t.exec("UPDATE share_link SET revoked_at = $1 WHERE id = $2", micros(t.now()), id); err != nil {
			return fmt.Errorf("revoke link: %w", err)
		}
		return t.auditShare(actor, access.AuditShareRevoked, share)
	})
}

// SharedReport returns a link that works by the hash of its secret, without its uses, with what describes the report.
// NotFound where the link is unknown, expired or revoked. Nothing is noted.
func (s *Store) SharedReport(ctx context.Context, hash string) (access.Share, assessment.ReportInfo, error) {
	share, err := workingShare(ctx, s.readers, hash, s.clock())
	if err != nil {
		return share, assessment.ReportInfo{}, err
	}
	info, err := sharedReport(ctx, s.readers, share)
	return share, info, err
}

// sharedReport returns what describes the report that a link leads to: none that is about workloads of two teams, since
// neither may show what is of the other.
func sharedReport(ctx context.Context, q queryer, share access.Share) (assessment.ReportInfo, error) {
	info, err := scanReport(q.QueryRowContext(ctx, "SELECT "+reportColumns+" FROM report WHERE id = $1", share.Report))
	if err == nil && info.Apart() {
		err = sql.ErrNoRows
	}
	if err != nil {
		return assessment.ReportInfo{}, found(err, "report")
	}
	return info, nil
}

func workingShare(ctx context.Context, q queryer, hash string, now time.Time) (share access.Share, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT id, report_id, created_by, created_at, expires_at
		FROM share_link
		WHERE hash = $1 AND revoked_at IS NULL AND expires_at > $2
	`, hash, now.UnixMicro()).Scan(&share.ID, &share.Report, &share.CreatedBy, moment{&share.CreatedAt}, moment{&share.ExpiresAt})
	return share, found(err, "link")
}

// UseShare notes that somebody opens a shared report, from where and with which browser, and returns what describes the
// report. NotFound where the link is unknown, expired or revoked; then nothing is noted.
func (s *Store) UseShare(ctx context.Context, hash, address, agent string) (assessment.ReportInfo, error) {
	return writing(ctx, s, access.Actor{}, func(t *tx) (assessment.ReportInfo, error) {
		now := t.now()
		share, err := workingShare(context.Background(), t.conn, hash, now)
		if err != nil {
			return assessment.ReportInfo{}, err
		}
		info, err := sharedReport(context.Background(), t.conn, share)
		if err != nil {
			return info, err
		}
		_, err = t.exec("INSERT INTO share_use (share_id, at, address, agent) VALUES ($1, $2, $3, $4)",
			share.ID, micros(now), address, agent)
		if err != nil {
			return assessment.ReportInfo{}, fmt.Errorf("note the use of a link: %w", err)
		}
		if err := t.auditShare(access.Actor{Address: address}, access.AuditShareUsed, share); err != nil {
			return assessment.ReportInfo{}, err
		}
		return info, nil
	})
}

// ShareUses returns the last uses of a link to a report, at most limit, the newest first.
func (s *Store) ShareUses(ctx context.Context, reportID, id string, limit int) ([]access.ShareUse, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT u.at, u.address, u.agent
		FROM share_use u
		JOIN share_link l ON l.id = u.share_id
		WHERE l.report_id = $1 AND l.id = $2
		ORDER BY u.sequence DESC
		LIMIT $3
	`, reportID, id, limit)
	return collect(rows, err, func(rows *sql.Rows) (use access.ShareUse, err error) {
		err = rows.Scan(moment{&use.At}, &use.Address, &use.Agent)
		return use, err
	})
}
