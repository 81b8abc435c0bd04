package storage

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"plumbline/assessment"
)

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
