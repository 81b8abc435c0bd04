package storage

import (
	"testing"

	"plumbline/assessment"
)

func viewAt(sequence int64) *assessment.Current {
	return &assessment.Current{State: assessment.State{Assessment: assessment.Assessment{Sequence: sequence}}}
}

func TestViewsByGeneration(t *testing.T) {
	c := newViewsByGeneration(2)
	first, second := viewAt(1), viewAt(2)
	put := func(id string, view *assessment.Current) {
		_, l := c.at(id, 1)
		c.put(id, view, l)
	}
	get := func(id string, sequence int64) *assessment.Current {
		_, l := c.at(id, 1)
		return c.get(id, sequence, l)
	}
	put("a", second)
	put("a", first)
	if get("a", 2) != second || get("a", 1) != nil {
		t.Error("an older view took the place of a newer one")
	}
	put("b", first)
	get("a", 2)
	put("c", first)
	if get("a", 2) == nil || get("b", 1) != nil || get("c", 1) == nil {
		t.Error("the view that was used last is not the one that is kept")
	}
	if n := c.byID.Len(); n != 2 {
		t.Errorf("got %d views, want 2", n)
	}
}

func TestViewIsStoredInItsGeneration(t *testing.T) {
	c := newViewsByGeneration(2)
	first, second, third := viewAt(1), viewAt(2), viewAt(3)
	want := func(what string, generation int64, view *assessment.Current) {
		t.Helper()
		if got, _ := c.at("a", generation); got != view {
			t.Errorf("%s: got %v in generation %d, want %v", what, got, generation, view)
		}
	}
	want("nothing known", 1, nil)
	_, l := c.at("a", 1)
	c.put("a", first, l)
	want("read", 1, first)
	want("the database has changed", 2, nil)

	_, l = c.at("a", 2)
	if c.get("a", 1, l) != first {
		t.Error("the row has the sequence of the view, which is not found")
	}
	want("compared with the row", 2, first)

	c.publish(map[string]*assessment.Current{"a": second}, 2)
	want("published", 2, second)

	_, l = c.at("b", 2)
	c.publish(map[string]*assessment.Current{"a": third}, 2)
	c.put("b", first, l)
	if got, _ := c.at("b", 2); got != nil {
		t.Error("a view that was read before the writer published is taken for what is stored")
	}
}
