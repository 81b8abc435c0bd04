package storage

import (
	"container/list"
	"sync"

	"plumbline/assessment"
)

// maxViews is how many assessments are kept in memory, each a few hundred kilobytes at most.
const maxViews = 256

// viewCache keeps the views of the assessments that were used last. A view is what is stored as long as the database
// has the age at which it was; at another age, whoever takes one compares its sequence with the row.
type viewCache struct {
	limit int

	mu        sync.Mutex
	published int64 // how many views the writer has left here
	byID      map[string]*list.Element
	recent    *list.List // of *cachedView, the one used last at the front
}

type cachedView struct {
	id   string
	view *assessment.Current
	age  int64
}

// look is the moment at which somebody began to look for a view: what they find in the database is still stored
// afterwards if the writer has published nothing since.
type look struct{ age, published int64 }

// unsure is no age of a database.
const unsure = -1

func newViewCache(limit int) *viewCache {
	return &viewCache{limit: limit, byID: map[string]*list.Element{}, recent: list.New()}
}

// at returns the view of an assessment that is stored at an age of the database, nil where none is known, and the look
// to go on with then.
func (c *viewCache) at(id string, age int64) (*assessment.Current, look) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := look{age, c.published}
	if kept := c.find(id); kept != nil && kept.age == age {
		return kept.view, now
	}
	return nil, now
}

// get returns the view of an assessment at the sequence that a look has found stored, nil where there is none.
func (c *viewCache) get(id string, sequence int64, l look) *assessment.Current {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := c.find(id)
	if kept == nil || kept.view.State.Sequence != sequence {
		return nil
	}
	kept.age = max(kept.age, c.ageOf(l))
	return kept.view
}

// put keeps a view that a look has found stored, unless a newer one is there.
func (c *viewCache) put(id string, view *assessment.Current, l look) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(id, view, c.ageOf(l))
}

// publish keeps the views that were stored at an age of the database.
func (c *viewCache) publish(views map[string]*assessment.Current, age int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.published += int64(len(views))
	for id, view := range views {
		c.keep(id, view, age)
	}
}

func (c *viewCache) ageOf(l look) int64 {
	if l.published != c.published {
		return unsure
	}
	return l.age
}

func (c *viewCache) find(id string) *cachedView {
	element, ok := c.byID[id]
	if !ok {
		return nil
	}
	c.recent.MoveToFront(element)
	return element.Value.(*cachedView)
}

func (c *viewCache) keep(id string, view *assessment.Current, age int64) {
	if kept := c.find(id); kept != nil {
		if kept.view.State.Sequence < view.State.Sequence {
			kept.view, kept.age = view, age
		}
		return
	}
	c.byID[id] = c.recent.PushFront(&cachedView{id, view, age})
	if c.recent.Len() > c.limit {
		oldest := c.recent.Back()
		delete(c.byID, oldest.Value.(*cachedView).id)
		c.recent.Remove(oldest)
	}
}
