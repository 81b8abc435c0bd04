package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// ApproveSnapshot stores the actor's approval of a snapshot and returns it. Approved by the same person before, that
// one comes back and nothing changes; by another it is a Conflict. An unknown snapshot is NotFound.
func (s *Store) ApproveSnapshot(ctx context.Context, actor access.Actor, snapshotID, note string) (assessment.Approval, error) {
	note, problem := assessment.CheckText("note", "A note", note, assessment.MaxReason, true)
	if problem != nil {
		return assessment.Approval{}, problem
	}
	if err := s.warmSnapshot(ctx, snapshotID); err != nil {
		return assessment.Approval{}, err
	}
	return writing(ctx, s, actor, func(t *tx) (assessment.Approval, error) {
		stored, ok, err := findApproval(context.Background(), t.conn, snapshotID)
		if err != nil {
			return stored, err
		}
		if ok && stored.Account != actor.User.ID {
			return stored, assessment.Errorf(assessment.Conflict, "%s already approved this snapshot", stored.Person)
		}
		if ok {
			return stored, nil
		}
		approval := assessment.Approval{Snapshot: snapshotID, Account: actor.User.ID, Person: actor.User.Name, At: t.now(), Note: note}
		return approval, s.recordApproval(t, actor, snapshotID, assessment.EventApproved, `
			INSERT INTO snapshot_approval (snapshot_id, account_id, person, at, note)
			VALUES ($1, $2, $3, $4, $5)
		`, snapshotID, approval.Account, approval.Person, micros(approval.At), note)
	})
}

// WithdrawApproval takes back the approval of a snapshot that was given at a moment, whoever gave it. NotFound where
// there is none, Conflict where it was given anew since.
func (s *Store) WithdrawApproval(ctx context.Context, actor access.Actor, snapshotID string, given time.Time) error {
	if err := s.warmSnapshot(ctx, snapshotID); err != nil {
		return err
	}
	return s.writer.do(ctx, actor, func(t *tx) error {
		stored, ok, err := findApproval(context.Background(), t.conn, snapshotID)
		if err != nil {
			return err
		}
		if !ok {
			return absent("approval")
		}
		if !stored.At.Equal(given) {
			return assessment.Errorf(assessment.Conflict, "%s approved this snapshot again", stored.Person)
		}
		return s.recordApproval(t, actor, snapshotID, assessment.EventApprovalWithdrawn,
			"DELETE FROM snapshot_approval WHERE snapshot_id = $1", snapshotID)
	})
}

// warmSnapshot is warm for the assessment of a snapshot, NotFound for an unknown one.
func (s *Store) warmSnapshot(ctx context.Context, snapshotID string) error {
	var id string
	err := s.readers.QueryRowContext(ctx, "SELECT assessment_id FROM snapshot WHERE id = $1", snapshotID).Scan(&id)
	if err != nil {
		return found(err, "snapshot")
	}
	return s.warm(ctx, id)
}

// recordApproval runs a statement about the approval of a snapshot and records it in the assessment.
func (s *Store) recordApproval(t *tx, actor access.Actor, snapshotID, kind, query string, args ...any) error {
	var id, title string
	err := t.row("SELECT assessment_id, title FROM snapshot WHERE id = $1", snapshotID).Scan(&id, &title)
	if err != nil {
		return found(err, "snapshot")
	}
	_, err = s.changeIn(t, actor, id, func(c *change) error {
		_, err := c.tx.exec(query, args...)
		if isDangling(err) {
			return assessment.Wrap(assessment.NotFound, err, absence("account"))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		c.leavesAuthor = true
		return c.record(kind, snapshotID, nil, map[string]string{"title": title})
	})
	return err
}

// Approval returns the approval of a snapshot, and false if there is none.
func (s *Store) Approval(ctx context.Context, snapshotID string) (assessment.Approval, bool, error) {
	return findApproval(ctx, s.readers, snapshotID)
}

func findApproval(ctx context.Context, q queryer, snapshotID string) (assessment.Approval, bool, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT snapshot_id, account_id, person, at, note
		FROM snapshot_approval
		WHERE snapshot_id = $1
	`, snapshotID)
	all, err := collect(rows, err, scanApproval)
	if err != nil || len(all) == 0 {
		return assessment.Approval{}, false, err
	}
	return all[0], true, nil
}

// Approvals returns the approvals of the snapshots of an assessment by the snapshots' ids.
func (s *Store) Approvals(ctx context.Context, assessmentID string) (map[string]assessment.Approval, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT p.snapshot_id, p.account_id, p.person, p.at, p.note
		FROM snapshot_approval p
		JOIN snapshot s ON s.id = p.snapshot_id
		WHERE s.assessment_id = $1
	`, assessmentID)
	all, err := collect(rows, err, scanApproval)
	return byKey(all, func(a assessment.Approval) string { return a.Snapshot }), err
}

func scanApproval(rows *sql.Rows) (a assessment.Approval, err error) {
	err = rows.Scan(&a.Snapshot, &a.Account, &a.Person, moment{&a.At}, &a.Note)
	return a, err
}
