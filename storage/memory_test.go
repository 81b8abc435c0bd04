package storage

import (
	"reflect"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestMemoryIsWhatIsStored writes all sorts of things, one after the other and at the same time, and compares after each
// what the store says of the assessment with what it reads when it remembers nothing.
func TestMemoryIsWhatIsStored(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	workload := b.current(t).State.Workload.ID
	compare := func(t *rapid.T) {
		known, err := b.Current(ctx, b.id)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := b.load(ctx, b.readers, b.id)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(known.State, stored.State) || !reflect.DeepEqual(known.Result, stored.Result) {
			t.Fatalf("remembered %+v, stored %+v", known.State, stored.State)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		said := func(name string) string { return rapid.StringMatching(`[a-z]{1,3}`).Draw(t, name) }
		// Refusals are as good as successes here: whatever a write did is compared.
		answer := func() func() {
			practice, note := rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "practice"), said("note")
			status := rapid.SampledFrom([]assessment.Status{assessment.Absent, assessment.Adopted}).Draw(t, "status")
			return func() {
				c, _ := b.Current(ctx, b.id)
				_, _ = b.SaveAnswer(ctx, b.actor, b.id, assessment.SaveAnswer{Practice: practice,
					Version: c.State.Answer(practice).Version, Answer: assessment.Answer{Status: status, Note: note}})
			}
		}
		rename := func() func() {
			name := said("name")
			return func() { _ = b.SetProfile(ctx, access.Actor{}, b.actor.User.ID, name, "") }
		}
		describe := func() func() {
			name := said("workload")
			return func() {
				w, _ := b.Workload(ctx, workload)
				w.Name = name
				_, _ = b.UpdateWorkload(ctx, b.actor, w)
			}
		}
		archive := func() func() {
			archived := rapid.Bool().Draw(t, "archived")
			return func() {
				w, _ := b.Workload(ctx, workload)
				_ = b.ArchiveWorkload(ctx, b.actor, w.ID, w.Version, archived)
			}
		}
		position := func() func() {
			return func() { _ = b.SetPosition(ctx, b.actor.User.ID, b.id, "reliability-01") }
		}
		write := func() func() {
			return rapid.SampledFrom([]func() func(){answer, answer, rename, describe, archive, position}).Draw(t, "write")()
		}
		t.Repeat(map[string]func(*rapid.T){
			"":      compare,
			"write": func(*rapid.T) { write()() },
			"several": func(*rapid.T) {
				var together sync.WaitGroup
				for range 4 {
					together.Go(write())
				}
				together.Wait()
			},
		})
	})
}
