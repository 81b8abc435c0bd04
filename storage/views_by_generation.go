package storage

import (
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"plumbline/assessment"
)

// What is kept in memory of assessments, most of which take a few hundred kilobytes.
const (
	maxViews     = 256
	maxViewBytes = 128 << 20 // of their texts and their questionnaires
)

// viewsByGeneration remembers the views of the assessments that were used last, so that most requests read no row.
//
// The database has a generation, which grows with each write that may change an assessment without leaving its view
// here. A view is known to be what is stored as long as the generation is the one of the view; at any other, the caller
// compares the sequence of the view with the row.
type viewsByGeneration struct {
	now atomic.Int64 // the generation of the database

	sizeOf func(*assessment.Current) int64
	most   int64 // bytes of all views

	mu        sync.Mutex
	published int64 // how many views the writer has left here
	held      int64 // bytes
	byID      *simplelru.LRU[string, *generationView]
}

type generationView struct {
	view       *assessment.Current
	size       int64 // bytes
	generation int64
}

// probe is the moment at which somebody began to look for a view: what they find in the database is still stored
// afterwards if the writer has published nothing since.
type probe struct{ generation, published int64 }

// noGeneration is that of a view that has to be compared with its row.
const noGeneration = -1

func newViewsByGeneration(limit int, most int64, sizeOf func(*assessment.Current) int64) *viewsByGeneration {
	v := &viewsByGeneration{most: most, sizeOf: sizeOf}
	v.byID, _ = simplelru.NewLRU(limit, func(_ string, gone *generationView) { v.held -= gone.size }) // fails only where the limit is not above 0
	return v
}

// sizeOf returns about how many bytes a view takes. The questionnaire counts with each of its views: where they are of
// many, their views keep all of them in memory.
func (s *Store) sizeOf(view *assessment.Current) int64 {
	return view.Size + int64(s.models.size(view.State.Questionnaire.SHA256))
}

// generation returns the one that the database has now.
func (v *viewsByGeneration) generation() int64 { return v.now.Load() }

// bump begins another generation: every view has to be compared with its row.
func (v *viewsByGeneration) bump() { v.now.Add(1) }

// at returns the view of an assessment that is stored in a generation, nil where none is known, and the probe to go on
// with then.
func (v *viewsByGeneration) at(id string, generation int64) (*assessment.Current, probe) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p := probe{generation, v.published}
	if kept, ok := v.byID.Get(id); ok && kept.generation == generation {
		return kept.view, p
	}
	return nil, p
}

// get returns the view of an assessment at the sequence that a probe has found stored, nil if there is none.
func (v *viewsByGeneration) get(id string, sequence int64, p probe) *assessment.Current {
	v.mu.Lock()
	defer v.mu.Unlock()
	kept, ok := v.byID.Get(id)
	if !ok || kept.view.State.Sequence != sequence {
		return nil
	}
	kept.generation = max(kept.generation, v.generationOf(p))
	return kept.view
}

// put keeps a view that a probe has found stored, unless a newer one is there.
func (v *viewsByGeneration) put(id string, view *assessment.Current, p probe) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keep(id, view, v.generationOf(p))
}

// publish keeps the views that were stored in a generation.
func (v *viewsByGeneration) publish(views map[string]*assessment.Current, generation int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.published += int64(len(views))
	for id, view := range views {
		v.keep(id, view, generation)
	}
}

func (v *viewsByGeneration) generationOf(p probe) int64 {
	if p.published != v.published {
		return noGeneration
	}
	return p.generation
}

func (v *viewsByGeneration) keep(id string, view *assessment.Current, generation int64) {
	if kept, ok := v.byID.Get(id); ok && kept.view.State.Sequence >= view.State.Sequence {
		return
	}
	v.byID.Remove(id)
	kept := &generationView{view, v.sizeOf(view), generation}
	v.held += kept.size
	v.byID.Add(id, kept)
	for v.held > v.most && v.byID.Len() > 1 {
		v.byID.RemoveOldest()
	}
}
