package storage

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// TestStoredIsWhatWasSaid makes random changes and compares what is kept in memory with what is read from the rows,
// and both with a score from scratch; and at the end with what is read after opening the database again.
func TestStoredIsWhatWasSaid(t *testing.T) {
	b := newBench(t)
	kept := map[string]*assessment.Current{}
	rapid.Check(t, func(r *rapid.T) {
		b.id = must(b.CreateWorkload(t.Context(), b.actor, b.workload("W"), b.sha256, nil))(t).ID
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			if err := b.randomChange(t, r); err != nil && assessment.CodeOf(err) != assessment.Conflict {
				r.Fatalf("got %v", err)
			}
		}
		view := b.current(t)
		read := must(reading(t.Context(), b.Store, func(q queryer) (*assessment.Current, error) {
			return b.load(t.Context(), q, b.id)
		}))(t)
		wantSame(r, read, view)
		scratch := view.Model.ScoreState(&view.State)
		if !reflect.DeepEqual(view.Result, scratch) {
			r.Fatalf("got %+v, from scratch %+v", view.Result, scratch)
		}
		if n := int64(len(b.events(t))); n != view.State.Sequence {
			r.Fatalf("got %d events and sequence %d", n, view.State.Sequence)
		}
		kept[b.id] = view
	})
	check(t, b.Close())
	again := openStore(t, Options{Folder: b.folder})
	for id, view := range kept {
		wantSame(t, must(again.Current(t.Context(), id))(t), view)
	}
}

func wantSame(t interface{ Fatalf(string, ...any) }, got, want *assessment.Current) {
	if !reflect.DeepEqual(got.State, want.State) || !reflect.DeepEqual(got.Result, want.Result) {
		t.Fatalf("got %+v\nwant %+v", got.State, want.State)
	}
}

func (b *bench) randomChange(t *testing.T, r *rapid.T) error {
	ctx := t.Context()
	state := b.current(t).State
	practice := fmt.Sprintf("p%d", rapid.IntRange(1, 16).Draw(r, "practice"))
	stale := rapid.IntRange(-1, 0).Draw(r, "stale")
	seen := func(version int) int { return max(0, version+stale) }
	var err error
	switch rapid.IntRange(0, 8).Draw(r, "kind") {
	case 0, 1, 2:
		status := rapid.SampledFrom([]assessment.Status{assessment.Unanswered, assessment.Absent, assessment.Partial,
			assessment.Adopted, assessment.NotApplicable}).Draw(r, "status")
		_, err = b.SaveAnswer(ctx, b.actor, b.id, saveOf(practice, seen(state.Answer(practice).Version), status))
	case 3:
		_, err = b.SaveAnswers(ctx, b.actor, b.id, []assessment.SaveAnswer{
			saveOf(practice, seen(state.Answer(practice).Version), assessment.Partial),
			saveOf("p1", state.Answer("p1").Version, assessment.Adopted),
		})
	case 4:
		d := decision()
		d.Rationale, d.Version = rapid.SampledFrom([]string{"One.", "Two."}).Draw(r, "rationale"), seen(state.Decisions["t01"].Version)
		_, err = b.SaveDecision(ctx, b.actor, b.id, d)
	case 5:
		_, err = b.DeleteDecision(ctx, b.actor, b.id, "t01", seen(state.Decisions["t01"].Version))
	case 6:
		item := assessment.PlanItem{Practice: practice, Owner: "Ada", Version: seen(state.Plan[practice].Version)}
		_, err = b.SavePlanItem(ctx, b.actor, b.id, item)
	case 7:
		_, err = b.DeletePlanItem(ctx, b.actor, b.id, practice, seen(state.Plan[practice].Version))
	case 8:
		weight := float64(rapid.IntRange(0, 3).Draw(r, "priority"))
		err = b.SetPriorities(ctx, b.actor, b.id, seen(state.Version), assessment.Priorities{"cost": weight})
	}
	return err
}
