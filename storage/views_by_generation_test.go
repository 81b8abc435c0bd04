package storage

import (
	"reflect"
	"testing"

	"plumbline/assessment"
)

func viewAt(sequence int64) *assessment.Current {
	return &assessment.Current{State: assessment.State{Assessment: assessment.Assessment{Sequence: sequence}}}
}

func weightless(*assessment.Current) int64 { return 0 }

// TestViewsTakeNoMore keeps views of a size: the ones that were not used for longest leave, and the one that was used last
// stays, whatever it takes.
func TestViewsTakeNoMore(t *testing.T) {
	c := newViewsByGeneration(10, 100, func(view *assessment.Current) int64 { return view.State.Sequence })
	put := func(id string, size int64) {
		_, l := c.at(id, 1)
		c.put(id, viewAt(size), l)
	}
	put("a", 40)
	put("b", 40)
	put("a", 50)
	if n := c.byID.Len(); n != 2 || c.held != 90 {
		t.Errorf("%d views with %d bytes, want 2 with 90", n, c.held)
	}
	put("c", 30)
	if c.byID.Contains("b") || !c.byID.Contains("a") || c.held != 80 {
		t.Errorf("views %v with %d bytes, want a and c with 80", c.byID.Keys(), c.held)
	}
	put("d", 500)
	if n := c.byID.Len(); n != 1 || c.held != 500 {
		t.Errorf("%d views with %d bytes, want the last alone", n, c.held)
	}
}

func TestModelsTakeNoMore(t *testing.T) {
	m := newModels(100)
	compiled := func() *assessment.Model { return must(assessment.Compile(questionnaire(1)))(t) }
	for hash, bytes := range map[string]int{"a": 60, "b": 70} {
		if got := m.add(hash, compiled(), bytes); got == nil {
			t.Fatal("nothing is kept")
		}
	}
	if m.byHash.Len() != 1 || m.held != m.size(m.byHash.Keys()[0]) {
		t.Errorf("%v are kept with %d bytes", m.byHash.Keys(), m.held)
	}
	first := compiled()
	if m.remove("a"); m.add("a", first, 60) != first || m.add("a", compiled(), 60) != first {
		t.Error("whoever was faster is not the one that is kept")
	}
	if m.remove("a"); m.held > 70 {
		t.Errorf("%d bytes are held", m.held)
	}
}

// TestListsCompileNothing: lists of workloads go on with the frames of questionnaires whose models are forgotten.
func TestListsCompileNothing(t *testing.T) {
	b := newBench(t)
	first := must(b.Portfolio(t.Context(), assessment.PortfolioFilter{}))(t)
	b.models.remove(b.sha256)
	again := must(b.Portfolio(t.Context(), assessment.PortfolioFilter{}))(t)
	frame := must(b.Frame(t.Context(), b.sha256))(t)
	if len(first) == 0 || len(again) != len(first) || len(again[0].Bands) == 0 || !reflect.DeepEqual(again[0].Bands, frame.Bands) || len(frame.Pillars) == 0 {
		t.Errorf("got %+v and %+v", again, frame)
	}
	if _, compiled := b.models.get(b.sha256); compiled {
		t.Error("the questionnaire was compiled again")
	}
	_, err := b.Frame(t.Context(), "none")
	wantCode(t, err, assessment.NotFound)
}

func TestViewsByGeneration(t *testing.T) {
	c := newViewsByGeneration(2, 1<<20, weightless)
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
	c := newViewsByGeneration(2, 1<<20, weightless)
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
