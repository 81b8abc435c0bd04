package storage

import (
	"container/list"
	"sync"

	"plumbline/assessment"
)

// maxViews is how many assessments are kept in memory, each a few hundred kilobytes at most.
const maxViews = 256

// viewCache keeps the views of the assessments that were used last. A view may be old: whoever takes one compares its
// sequence with the row.
type viewCache struct {
	limit int

	mu     sync.Mutex
	byID   map[string]*list.Element
	recent *list.List // of cachedView, the one used last at the front
}

type cachedView struct {
	id   string
	view *assessment.Current
}

func newViewCache(limit int) *viewCache {
	return &viewCache{limit: limit, byID: map[string]*list.Element{}, recent: list.New()}
}

// get returns the view of an assessment at a sequence, nil where there is none.
func (c *viewCache) get(id string, sequence int64) *assessment.Current {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byID[id]
	if !ok {
		return nil
	}
	view := element.Value.(cachedView).view
	if view.State.Sequence != sequence {
		return nil
	}
	c.recent.MoveToFront(element)
	return view
}

// put keeps a view unless a newer one is there.
func (c *viewCache) put(id string, view *assessment.Current) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.byID[id]; ok {
		if element.Value.(cachedView).view.State.Sequence < view.State.Sequence {
			element.Value = cachedView{id, view}
		}
		c.recent.MoveToFront(element)
		return
	}
	c.byID[id] = c.recent.PushFront(cachedView{id, view})
	if c.recent.Len() > c.limit {
		oldest := c.recent.Back()
		delete(c.byID, oldest.Value.(cachedView).id)
		c.recent.Remove(oldest)
	}
}
