package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
)

// holdWriter keeps the writer busy until release is called.
func (b *bench) holdWriter(t testing.TB) (release func()) {
	t.Helper()
	holds, goOn := make(chan struct{}), make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		_ = b.writer.do(t.Context(), access.Actor{}, func(*tx) error {
			close(holds)
			<-goOn
			return nil
		})
	})
	<-holds
	return func() { close(goOn); ended.Wait() }
}

// TestLargeThingsAreComputedBesideTheWriter computes them while the writer is busy for as long as that takes.
func TestLargeThingsAreComputedBesideTheWriter(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	next := must(b.SaveQuestionnaire(ctx, access.Actor{}, questionnaire(3)))(t).SHA256
	b.save(t, "p1", 0, assessment.Adopted)
	to := must(b.Model(ctx, next))(t)
	release := b.holdWriter(t)
	view, newest, err := b.newestOf(ctx, b.id)
	check(t, err)
	ready := must(b.compose(view, newest, "T", "", "Ada"))(t)
	moved := must(b.composeMove(view, newest, to, move.Request{Questionnaire: next, Title: "T"}, "Ada"))(t)
	release()
	if ready.of != view.State.Sequence || len(ready.document) == 0 || moved.after.Questionnaire.SHA256 != next {
		t.Errorf("got a snapshot of %d with %d bytes", ready.of, len(ready.document))
	}
}

// TestOutdatedSnapshotIsNotStored lets an assessment move on between the computation and the writer.
func TestOutdatedSnapshotIsNotStored(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	view, newest, err := b.newestOf(ctx, b.id)
	check(t, err)
	ready := must(b.compose(view, newest, "T", "", "Ada"))(t)
	b.save(t, "p1", 0, assessment.Adopted)
	_, err = b.change(ctx, b.actor, b.id, func(c *change) error { return c.storeSnapshot(ready) })
	if !errors.Is(err, errOutdated) || len(must(b.Snapshots(ctx, b.id))(t)) > 0 {
		t.Errorf("%v", err)
	}
	must(b.TakeSnapshot(ctx, b.actor, b.id, "T", ""))(t)

	tries := 0
	err = untilCurrent(func() error { tries++; return errOutdated })
	wantCode(t, err, assessment.Conflict)
	if tries != composeTries {
		t.Errorf("%d tries", tries)
	}
	err = untilCurrent(func() error {
		if tries--; tries > 2 {
			return errOutdated
		}
		return nil
	})
	check(t, err)
}

// TestSnapshotsHoldWhatIsStored takes snapshots while others save: each holds what its event follows.
func TestSnapshotsHoldWhatIsStored(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	var saving sync.WaitGroup
	saving.Go(func() {
		for version := range 30 {
			b.save(t, "p1", version, flip(version))
		}
	})
	for i := range 8 {
		_, err := b.TakeSnapshot(ctx, b.actor, b.id, fmt.Sprint(i), "")
		if err != nil && assessment.CodeOf(err) != assessment.Conflict {
			t.Error(err)
		}
	}
	saving.Wait()
	last := assessment.Unanswered
	for _, e := range b.events(t) {
		switch e.Kind {
		case assessment.EventAnswer:
			var saved assessment.Answer
			check(t, json.Unmarshal(e.After, &saved))
			last = saved.Status
		case assessment.EventSnapshot:
			_, document, err := b.Snapshot(ctx, e.Subject)
			check(t, err)
			if held := must(assessment.ReadSnapshot(document))(t).Answers["p1"].Status; held != last {
				t.Errorf("the snapshot at %d holds %q, want %q", e.Sequence, held, last)
			}
		}
	}
}

// BenchmarkSaveBesideSnapshots prints the slowest saves of somebody else while twelve snapshots of an assessment with
// 2,000 practices and 500 tradeoffs are taken.
func BenchmarkSaveBesideSnapshots(b *testing.B) {
	q := questionnaire(250)
	for i := range 499 {
		tradeoff := q.Tradeoffs[0]
		tradeoff.ID = fmt.Sprintf("t%d", i+100)
		q.Tradeoffs = append(q.Tradeoffs, tradeoff)
	}
	s := newBenchWith(b, Options{}, q)
	other := must(s.CreateWorkload(b.Context(), s.actor, s.workload("Other"), s.sha256, nil))(b).ID
	for b.Loop() {
		var taking sync.WaitGroup
		for i := range 12 {
			taking.Go(func() { must(s.TakeSnapshot(b.Context(), s.actor, s.id, fmt.Sprint(i), ""))(b) })
		}
		done := make(chan struct{})
		go func() { taking.Wait(); close(done) }()
		var took []time.Duration
		for version := s.version(b, other); ; version++ {
			start := time.Now()
			must(s.SaveAnswer(b.Context(), s.actor, other, saveOf("p1", version, flip(version))))(b)
			took = append(took, time.Since(start))
			select {
			case <-done:
			default:
				continue
			}
			break
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "ms/p99")
		b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "ms/max")
		b.ReportMetric(float64(len(took)), "saves")
	}
}

func (b *bench) version(t testing.TB, id string) int {
	t.Helper()
	return must(b.Current(t.Context(), id))(t).State.Answer("p1").Version
}
