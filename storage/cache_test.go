package storage

import (
	"testing"

	"plumbline/assessment"
)

func viewAt(sequence int64) *assessment.Current {
	return &assessment.Current{State: assessment.State{Assessment: assessment.Assessment{Sequence: sequence}}}
}

func TestViewCache(t *testing.T) {
	c := newViewCache(2)
	first, second := viewAt(1), viewAt(2)
	c.put("a", second)
	c.put("a", first)
	if c.get("a", 2) != second || c.get("a", 1) != nil {
		t.Error("an older view took the place of a newer one")
	}
	c.put("b", first)
	c.get("a", 2)
	c.put("c", first)
	if c.get("a", 2) == nil || c.get("b", 1) != nil || c.get("c", 1) == nil {
		t.Error("the view that was used last is not the one that is kept")
	}
	if c.recent.Len() != 2 || len(c.byID) != 2 {
		t.Errorf("got %d views and %d ids, want 2", c.recent.Len(), len(c.byID))
	}
}
