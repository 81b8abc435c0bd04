package storage

import (
	"fmt"
	"os"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// TestStoredIsWhatWasSaid makes random changes and compares what is kept in memory with what is read back after
// opening the database again, and both with a score from scratch.
func TestStoredIsWhatWasSaid(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		folder := must(os.MkdirTemp(t.TempDir(), "data"))(t)
		b := newBenchWith(t, Options{Folder: folder}, questionnaire(2))
		defer func() { check(t, b.Close()) }()
		steps := rapid.IntRange(1, 25).Draw(r, "steps")
		for range steps {
			err := b.randomChange(t, r)
			switch assessment.CodeOf(err) {
			case "", assessment.Conflict:
			default:
				r.Fatalf("got %v", err)
			}
		}
		kept := b.current(t)
		scratch := kept.Model.Score(kept.State.Plain(), kept.State.Priorities)
		if !reflect.DeepEqual(kept.Result, scratch) {
			r.Fatalf("got %+v, from scratch %+v", kept.Result, scratch)
		}
		if n := int64(len(b.events(t))); n != kept.State.Sequence {
			r.Fatalf("got %d events and sequence %d", n, kept.State.Sequence)
		}
		check(t, b.Close())
		b.Store = openStore(t, Options{Folder: folder, Clock: b.clock.Now})
		read := b.current(t)
		if !reflect.DeepEqual(read.State, kept.State) || !reflect.DeepEqual(read.Result, kept.Result) {
			r.Fatalf("got %+v\nwant %+v", read.State, kept.State)
		}
	})
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
		_, err = b.SaveAnswer(ctx, b.actor, b.id, saveOf(practice, seen(state.Answers[practice].Version), status))
	case 3:
		_, err = b.SaveAnswers(ctx, b.actor, b.id, []assessment.SaveAnswer{
			saveOf(practice, seen(state.Answers[practice].Version), assessment.Partial),
			saveOf("p1", state.Answers["p1"].Version, assessment.Adopted),
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
