package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"

	"plumbline/assessment"
)

// SaveQuestionnaire stores a questionnaire once: the same content gives the same reference again. One that cannot be
// compiled is refused with the error of assessment.Compile.
func (s *Store) SaveQuestionnaire(ctx context.Context, q *assessment.Questionnaire) (assessment.QuestionnaireRef, error) {
	if _, err := assessment.Compile(q); err != nil {
		return assessment.QuestionnaireRef{}, err
	}
	content, err := assessment.Canonical(q)
	if err != nil {
		return assessment.QuestionnaireRef{}, fmt.Errorf("write questionnaire: %w", err)
	}
	ref := assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: assessment.Hash(content)}
	return writing(ctx, s, func(t *tx) (assessment.QuestionnaireRef, error) {
		n, err := t.exec(`
			INSERT INTO questionnaire (sha256, id, version, title, created_at, document)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (sha256) DO NOTHING
		`, ref.SHA256, ref.ID, ref.Version, ref.Title, micros(t.now()), content)
		if err != nil {
			return ref, fmt.Errorf("save questionnaire: %w", err)
		}
		if n == 0 {
			return ref, nil
		}
		return ref, t.audit(actorFrom(ctx), assessment.AuditEntry{Action: assessment.AuditQuestionnaireStored,
			SubjectKind: "questionnaire", Subject: ref.SHA256, Detail: ref.ID + " " + ref.Version})
	})
}

// Questionnaires returns the stored questionnaires in the order of their ids, of each the newest first.
func (s *Store) Questionnaires(ctx context.Context) ([]assessment.QuestionnaireRef, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT id, version, title, sha256
		FROM questionnaire
		ORDER BY id, created_at DESC, sha256
	`)
	return collect(rows, err, func(rows *sql.Rows) (ref assessment.QuestionnaireRef, err error) {
		err = rows.Scan(&ref.ID, &ref.Version, &ref.Title, &ref.SHA256)
		return ref, err
	})
}

// Model returns a stored questionnaire, compiled, NotFound where there is none.
func (s *Store) Model(ctx context.Context, sha256 string) (*assessment.Model, error) {
	return s.model(ctx, s.readers, sha256)
}

// modelCache keeps compiled questionnaires for good: an installation has a handful of them.
type modelCache struct{ byHash sync.Map }

func (s *Store) model(ctx context.Context, q queryer, sha256 string) (*assessment.Model, error) {
	if m, ok := s.models.byHash.Load(sha256); ok {
		return m.(*assessment.Model), nil
	}
	var content []byte
	err := q.QueryRowContext(ctx, "SELECT document FROM questionnaire WHERE sha256 = $1", sha256).Scan(&content)
	if err != nil {
		return nil, found(err, "questionnaire")
	}
	var read assessment.Questionnaire
	if err := json.Unmarshal(content, &read); err != nil {
		return nil, fmt.Errorf("read questionnaire %s: %w", sha256, err)
	}
	compiled, err := assessment.Compile(&read)
	if err != nil {
		return nil, fmt.Errorf("compile questionnaire %s: %w", sha256, err)
	}
	m, _ := s.models.byHash.LoadOrStore(sha256, compiled)
	return m.(*assessment.Model), nil
}
