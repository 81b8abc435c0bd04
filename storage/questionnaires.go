package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SaveQuestionnaire stores a questionnaire that comes with the program, for every team, once: the same content gives the
// same reference again. One that cannot be compiled is refused with the error of assessment.Compile.
func (s *Store) SaveQuestionnaire(ctx context.Context, actor access.Actor,
	q *assessment.Questionnaire) (assessment.QuestionnaireRef, error) {
	row, err := rowOf(q)
	if err != nil {
		return row.ref, err
	}
	row.kind, row.everywhere = assessment.BuiltinKind, true
	return writing(ctx, s, actor, func(t *tx) (assessment.QuestionnaireRef, error) {
		fresh, err := row.insert(t, actor, "")
		if err != nil || fresh {
			return row.ref, err
		}
		// Somebody may have imported what the program brings with it only now.
		_, err = t.exec("UPDATE questionnaire SET kind = $1, everywhere = 1 WHERE sha256 = $2 AND kind <> $1", row.kind, row.ref.SHA256)
		return row.ref, err
	})
}

// questionnaireRow is what is stored of a questionnaire.
type questionnaireRow struct {
	ref        assessment.QuestionnaireRef
	kind       string
	fileName   string
	addedBy    string
	everywhere bool
	source     assessment.Source
	counts     assessment.Outline
	content    []byte
}

// rowOf returns the row of a questionnaire, without where it came from. The error is that of assessment.Compile.
func rowOf(q *assessment.Questionnaire) (questionnaireRow, error) {
	if _, err := assessment.Compile(q); err != nil {
		return questionnaireRow{}, err
	}
	content, err := q.Canonical()
	if err != nil {
		return questionnaireRow{}, fmt.Errorf("write questionnaire: %w", err)
	}
	ref := assessment.QuestionnaireRef{ID: q.ID, Version: q.Version, Title: q.Title, SHA256: assessment.Hash(content)}
	return questionnaireRow{ref: ref, source: q.Source, counts: q.Outline(), content: content}, nil
}

// insert stores the row, and reports whether the content was not there before. The entry of the log is the team's.
func (r questionnaireRow) insert(t *tx, by access.Actor, team string) (fresh bool, err error) {
	n, err := t.exec(`
		INSERT INTO questionnaire (sha256, id, version, title, created_at, document, kind, file_name, added_by, everywhere,
			source, counts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (sha256) DO NOTHING
	`, r.ref.SHA256, r.ref.ID, r.ref.Version, r.ref.Title, micros(t.now()), r.content, r.kind, r.fileName, r.addedBy,
		flag(r.everywhere), text(r.source), text(r.counts))
	if err != nil {
		return false, fmt.Errorf("save questionnaire: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	return true, t.auditLibrary(by, access.AuditQuestionnaireStored, team, r.ref)
}

// Model returns a stored questionnaire, compiled, NotFound if there is none.
func (s *Store) Model(ctx context.Context, sha256 string) (*assessment.Model, error) {
	return s.model(ctx, s.readers, sha256)
}

// Frame returns the frame of a stored questionnaire, NotFound if there is none. Frames of many are remembered: lists of
// workloads compile no questionnaire for them.
func (s *Store) Frame(ctx context.Context, sha256 string) (assessment.Frame, error) {
	return s.frame(ctx, s.readers, sha256)
}

func (s *Store) frame(ctx context.Context, q queryer, sha256 string) (assessment.Frame, error) {
	if known, ok := s.models.frame(sha256); ok {
		return known, nil
	}
	m, err := s.model(ctx, q, sha256)
	if err != nil {
		return assessment.Frame{}, err
	}
	return m.Questionnaire().Frame(), nil
}

func (s *Store) model(ctx context.Context, q queryer, sha256 string) (*assessment.Model, error) {
	if m, ok := s.models.get(sha256); ok {
		return m, nil
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
	return s.models.add(sha256, compiled, len(content)), nil
}

// What is kept in memory of compiled questionnaires: most installations have a handful.
const (
	maxModels     = 256
	maxModelBytes = 48 << 20 // of their documents: a model takes about as much
	maxFrames     = 500
)

// models remembers the compiled questionnaires that were used last, by hash, and of more of them their frames. It is safe for
// concurrent use.
type models struct {
	mu     sync.Mutex
	most   int // bytes
	held   int
	byHash *simplelru.LRU[string, *assessment.Model]
	bytes  map[string]int // of every document that was ever read, also where its model is forgotten
	frames *simplelru.LRU[string, assessment.Frame]
}

func newModels(most int) *models {
	m := &models{most: most, bytes: map[string]int{}}
	m.byHash, _ = simplelru.NewLRU(maxModels, func(hash string, _ *assessment.Model) { m.held -= m.bytes[hash] }) // fails only where the limit is not above 0
	m.frames, _ = simplelru.NewLRU[string, assessment.Frame](maxFrames, nil)
	return m
}

func (m *models) get(hash string) (*assessment.Model, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.byHash.Get(hash)
}

// add keeps a model whose document has so many bytes, and returns it, or the one that somebody else was faster to add. Others
// are forgotten for it where all would be too much.
func (m *models) add(hash string, model *assessment.Model, bytes int) *assessment.Model {
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept, known := m.byHash.Get(hash); known {
		return kept
	}
	m.bytes[hash] = bytes
	m.frames.Add(hash, model.Questionnaire().Frame())
	m.held += bytes
	m.byHash.Add(hash, model)
	for m.held > m.most && m.byHash.Len() > 1 {
		m.byHash.RemoveOldest()
	}
	return model
}

func (m *models) frame(hash string) (assessment.Frame, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.frames.Get(hash)
}

func (m *models) remove(hash string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.byHash.Remove(hash)
}

// size returns how many bytes the document of a questionnaire has, 0 where it was not read yet.
func (m *models) size(hash string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bytes[hash]
}
