package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Position returns the principle where a person left an assessment, empty where they have not begun.
func (s *Store) Position(ctx context.Context, userID, assessmentID string) (string, error) {
	var principle string
	err := s.readers.QueryRowContext(ctx, `
		SELECT principle
		FROM position
		WHERE account_id = $1 AND assessment_id = $2
	`, userID, assessmentID).Scan(&principle)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate(fmt.Errorf("read position: %w", err))
	}
	return principle, nil
}

// SetPosition remembers where a person is in an assessment. It is no change of the assessment: no event, no sequence.
func (s *Store) SetPosition(ctx context.Context, userID, assessmentID, principle string) error {
	return s.writer.doOnAssessments(ctx, access.Actor{}, func(t *tx) error {
		_, err := t.exec(`
			INSERT INTO position (account_id, assessment_id, principle)
			VALUES ($1, $2, $3)
			ON CONFLICT (account_id, assessment_id) DO UPDATE SET principle = excluded.principle
		`, userID, assessmentID, principle)
		if isDangling(err) {
			return assessment.Wrap(assessment.NotFound, err, absence("account or assessment"))
		}
		if err != nil {
			return fmt.Errorf("set position: %w", err)
		}
		return nil
	})
}
