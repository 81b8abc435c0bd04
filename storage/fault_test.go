package storage

import (
	"context"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

func TestDiskFull(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	before := b.current(t)
	exec := func(pragma string) {
		_, err := b.writers.ExecContext(ctx, pragma)
		check(t, err)
	}
	exec("PRAGMA max_page_count = 1") // the least it accepts is what there is
	big := saveOf("p2", 0, assessment.Adopted)
	big.Answer.Note = strings.Repeat("x", assessment.MaxText)

	_, err := b.SaveAnswer(ctx, b.actor, b.id, big)
	wantCode(t, err, assessment.NoSpace)
	if b.current(t) != before || len(b.events(t)) != 2 {
		t.Error("a part of the save was kept")
	}
	exec("PRAGMA max_page_count = 1000000")
	must(b.SaveAnswer(ctx, b.actor, b.id, big))(t)
	if got := b.current(t).State.Answer("p2").Note; got != big.Answer.Note {
		t.Errorf("got a note of %d characters", len(got))
	}
}

func TestDiskFullInABatch(t *testing.T) {
	b := newBench(t)
	_, err := b.writers.ExecContext(t.Context(), "PRAGMA max_page_count = 1")
	check(t, err)
	big := saveOf("p2", 0, assessment.Adopted)
	big.Answer.Note = strings.Repeat("x", assessment.MaxText)
	release := hold(t, b.Store)
	first, second := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := b.SaveAnswer(context.Background(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted))
		first <- err
	}()
	whenQueued(b.Store, 1)
	go func() {
		_, err := b.SaveAnswer(context.Background(), b.actor, b.id, big)
		second <- err
	}()
	whenQueued(b.Store, 2)
	release()
	firstErr := <-first
	wantCode(t, <-second, assessment.NoSpace)
	if _, kept := b.current(t).State.Answers["p1"]; kept != (firstErr == nil) {
		t.Errorf("the first save returned %v, kept %v", firstErr, kept)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	b := newBench(t)
	_, err := b.writers.ExecContext(t.Context(), "PRAGMA query_only = 1")
	check(t, err)
	_, err = b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted))
	wantCode(t, err, assessment.Unavailable)
	b.current(t)
	check(t, b.Ready(t.Context()))
	_, err = b.writers.ExecContext(t.Context(), "PRAGMA query_only = 0")
	check(t, err)
	b.save(t, "p1", 0, assessment.Adopted)
}

func TestLockedByAnotherProcess(t *testing.T) {
	b := newBenchWith(t, Options{busy: 20 * time.Millisecond}, questionnaire(2))
	other := b.file.writer()
	defer other.Close()
	lock := must(other.BeginTx(t.Context(), nil))(t)
	_, err := b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted))
	wantCode(t, err, assessment.Unavailable)
	b.current(t)
	check(t, lock.Rollback())
	b.save(t, "p1", 0, assessment.Adopted)
}

func TestWaitingSavesFailTogetherWhileLocked(t *testing.T) {
	b := newBenchWith(t, Options{busy: 20 * time.Millisecond}, questionnaire(2))
	other := b.file.writer()
	defer other.Close()
	lock := must(other.BeginTx(t.Context(), nil))(t)
	defer lock.Rollback()
	errs := make(chan error)
	for range 16 {
		go func() {
			_, err := b.SaveAnswer(context.Background(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted))
			errs <- err
		}()
	}
	for range 16 {
		wantCode(t, <-errs, assessment.Unavailable)
	}
}

func TestCancelledReading(t *testing.T) {
	b := newBench(t)
	if _, err := b.Current(cancelled(), b.id); err == nil {
		t.Error("it was read")
	}
	if _, err := b.Portfolio(cancelled(), assessment.PortfolioFilter{}); err == nil {
		t.Error("it was read")
	}
	b.current(t)
}
