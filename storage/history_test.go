package storage

import (
	"reflect"
	"testing"
	"time"

	"plumbline/assessment"
)

// last returns the newest change of an assessment.
func (b *bench) last(t testing.TB) assessment.Event {
	t.Helper()
	return must(b.History(t.Context(), b.id, assessment.EventFilter{Limit: 1}))(t)[0]
}

func TestHistory(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Absent)
	b.save(t, "p2", 0, assessment.Partial)
	b.save(t, "p1", 1, assessment.Adopted)
	for name, test := range map[string]struct {
		filter assessment.EventFilter
		want   []string // subjects
	}{
		"all":                 {assessment.EventFilter{Limit: 10}, []string{"p1", "p2", "p1", b.id}},
		"a subject":           {assessment.EventFilter{Limit: 10, Subject: "p1"}, []string{"p1", "p1"}},
		"a part":              {assessment.EventFilter{Limit: 2, Before: 4}, []string{"p2", "p1"}},
		"part of one":         {assessment.EventFilter{Limit: 2, Before: 4, Subject: "p1"}, []string{"p1"}},
		"what nobody changed": {assessment.EventFilter{Limit: 2, Subject: "p9"}, nil},
	} {
		var got []string
		for _, e := range must(b.History(t.Context(), b.id, test.filter))(t) {
			got = append(got, e.Subject)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

// TestUndo takes back one change of each kind: the state is as before it, with those who had said it.
func TestUndo(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	other := b.join(t, "grace@example.org", "architect")
	changes := map[string]func(c *assessment.Current) error{
		"a first answer": func(*assessment.Current) error { b.save(t, "p2", 0, assessment.Partial); return nil },
		"another answer": func(c *assessment.Current) error {
			_, err := b.SaveAnswer(ctx, other, b.id, saveOf("p1", c.State.Answer("p1").Version, assessment.Adopted))
			return err
		},
		"a cleared answer": func(c *assessment.Current) error {
			_, err := b.SaveAnswer(ctx, other, b.id, assessment.SaveAnswer{Practice: "p1", Version: c.State.Answer("p1").Version})
			return err
		},
		"another decision": func(c *assessment.Current) error {
			d := c.State.Decisions["t01"]
			d.Rationale = "Other"
			_, err := b.SaveDecision(ctx, other, b.id, d)
			return err
		},
		"a removed decision": func(c *assessment.Current) error {
			_, err := b.DeleteDecision(ctx, other, b.id, "t01", c.State.Decisions["t01"].Version)
			return err
		},
		"another plan item": func(c *assessment.Current) error {
			item := c.State.Plan["p1"]
			item.Owner = "Grace"
			_, err := b.SavePlanItem(ctx, other, b.id, item)
			return err
		},
		"a new plan item": func(c *assessment.Current) error {
			_, err := b.KeepPlanItems(ctx, other, b.id, []string{"p2"})
			return err
		},
		"a removed plan item": func(c *assessment.Current) error {
			_, err := b.DeletePlanItem(ctx, other, b.id, "p1", c.State.Plan["p1"].Version)
			return err
		},
		"priorities": func(c *assessment.Current) error {
			return b.SetPriorities(ctx, other, b.id, c.State.Version, assessment.Priorities{"cost": 3})
		},
	}
	b.save(t, "p1", 0, assessment.Absent)
	must(b.SaveDecision(ctx, b.actor, b.id, assessment.Decision{Tradeoff: "t01", Choice: assessment.Accept, Rationale: "Why", Owner: "Ada", Date: "2026-05-04"}))(t)
	must(b.SavePlanItem(ctx, b.actor, b.id, assessment.PlanItem{Practice: "p1", Owner: "Ada"}))(t)
	for name, change := range changes {
		before := must(b.Current(ctx, b.id))(t)
		b.clock.move(time.Hour)
		if err := change(before); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		changed := b.last(t)
		after, undoing, err := b.Undo(ctx, b.actor, b.id, []int64{changed.Sequence})
		check(t, err)
		if undoing != (assessment.Undoing{Restored: 1}) {
			t.Errorf("%s: it says %+v", name, undoing)
		}
		if got, want := said(after), said(before); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		if after.State.Sequence != changed.Sequence+1 {
			t.Errorf("%s: taking it back is no change of its own", name)
		}
		if stored := said(must(b.Current(ctx, b.id))(t)); !reflect.DeepEqual(stored, said(after)) {
			t.Errorf("%s: stored %+v, answered %+v", name, stored, said(after))
		}
		if _, _, err := b.Undo(ctx, b.actor, b.id, []int64{changed.Sequence}); assessment.CodeOf(err) != assessment.Conflict {
			t.Errorf("%s: taking it back twice gives %v", name, err)
		}
	}
}

// said is what a state says, without versions. An answer that was cleared says what one that was never given does.
func said(c *assessment.Current) assessment.State {
	var s assessment.State
	s.Answers, s.Decisions, s.Plan = assessment.SavedAnswers{}, map[string]assessment.Decision{}, map[string]assessment.PlanItem{}
	for id, a := range c.State.Answers {
		if !a.Answer.Equal(assessment.Answer{}) {
			s.Answers[id] = &assessment.SavedAnswer{Answer: a.Answer, By: a.By, At: a.At}
		}
	}
	for id, d := range c.State.Decisions {
		d.Version = 0
		s.Decisions[id] = d
	}
	for id, p := range c.State.Plan {
		p.Version = 0
		s.Plan[id] = p
	}
	s.Priorities, s.Facets = c.State.Priorities, c.State.Facets
	return s
}

func TestUndoRefuses(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Absent)
	for sequence, want := range map[int64]assessment.Code{1: assessment.Invalid, 99: assessment.NotFound, -1: assessment.NotFound} {
		_, _, err := b.Undo(t.Context(), b.actor, b.id, []int64{sequence})
		wantCode(t, err, want)
		_, err = b.Restore(t.Context(), b.actor, b.id, sequence)
		wantCode(t, err, want)
	}
}

func TestRestore(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Absent)
	old := b.last(t).Sequence
	b.save(t, "p1", 1, assessment.Partial)
	b.save(t, "p1", 2, assessment.Adopted)
	c := must(b.Restore(ctx, b.actor, b.id, old))(t)
	if got := c.State.Answer("p1"); got.Status != assessment.Absent || got.Version != 4 || got.By != "Ada" {
		t.Errorf("got %+v", got)
	}
	if again := must(b.Restore(ctx, b.actor, b.id, old))(t); again.State.Sequence != c.State.Sequence {
		t.Error("restoring what is there is a change")
	}
}
