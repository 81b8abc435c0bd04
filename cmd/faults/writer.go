package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"

	"plumbline/assessment"
	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// writer is a person who changes one answer all the time.
type writer struct {
	person     lab.Person
	assessment string
	practice   string
	more       string       // at the end of each note
	version    atomic.Int64 // that the server has acknowledged
}

// crew is several writers, each with a practice of their own.
type crew struct {
	example *lab.Example
	writers []*writer
}

func (t *trial) crew(size int) *crew {
	c := &crew{example: t.example}
	for n := range size {
		c.writers = append(c.writers, &writer{person: t.example.People[n], assessment: t.example.Assessment, practice: t.practices[n]})
	}
	return c
}

// answer returns what a writer answers in a version.
func (w *writer) answer(version int64) assessment.Answer {
	status := assessment.Partial
	if version%2 == 0 {
		status = assessment.Adopted
	}
	return assessment.Answer{Status: status, Note: "Looked at again, save " + strconv.FormatInt(version, 10) + w.more}
}

// form returns the save that follows the version seen.
func (w *writer) form(seen int64) url.Values {
	a := w.answer(seen + 1)
	return url.Values{"version." + w.practice: {strconv.FormatInt(seen, 10)}, "status." + w.practice: {string(a.Status)},
		"note." + w.practice: {a.Note}, "reason." + w.practice: {""}}
}

func (w *writer) address() string { return templates.AnswerURL(w.assessment, w.practice) }

// save sends the next save and notes that it was acknowledged.
func (w *writer) save(ctx context.Context, s *lab.Server) error {
	seen := w.version.Load()
	got, err := s.Visit(w.person).Live(ctx, w.address(), w.form(seen))
	if err != nil {
		return err
	}
	if got.Status != http.StatusOK {
		return fmt.Errorf("a save of %s was answered with status %d", w.practice, got.Status)
	}
	w.version.Store(seen + 1)
	return nil
}

// saveUntil lets all save at the same time, until ctx ends or the server no longer answers.
func (c *crew) saveUntil(ctx context.Context, s *lab.Server) {
	var group sync.WaitGroup
	for _, w := range c.writers {
		group.Go(func() {
			for ctx.Err() == nil && w.save(ctx, s) == nil {
			}
		})
	}
	group.Wait()
}

// repeat sends twice, for each writer, the save that may or may not have been stored when the server was killed.
func (c *crew) repeat(ctx context.Context, s *lab.Server) error {
	for _, w := range c.writers {
		seen := w.version.Load()
		if err := w.save(ctx, s); err != nil {
			return fmt.Errorf("repeat: %w", err)
		}
		w.version.Store(seen)
		if err := w.save(ctx, s); err != nil {
			return fmt.Errorf("repeat once more: %w", err)
		}
	}
	return nil
}

// acknowledged returns how many saves the server has acknowledged.
func (c *crew) acknowledged() int {
	sum := 0
	for _, w := range c.writers {
		sum += int(w.version.Load())
	}
	return sum
}

// check opens the data folder and returns an error unless each answer is the last acknowledged one or the one after it,
// and each save has one event.
func (c *crew) check(ctx context.Context, folder string) error { return c.checkAhead(ctx, folder, 1) }

// checkAtLeast does the same if saves went on after the acknowledged ones.
func (c *crew) checkAtLeast(ctx context.Context, folder string) error {
	return c.checkAhead(ctx, folder, math.MaxInt64)
}

func (c *crew) checkAhead(ctx context.Context, folder string, allowed int64) (err error) {
	store, err := open(ctx, folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	current, err := store.Current(ctx, c.example.Assessment)
	if err != nil {
		return err
	}
	saves := 0
	for _, w := range c.writers {
		got, acknowledged := current.State.Answer(w.practice), w.version.Load()
		saves += got.Version
		if ahead := int64(got.Version) - acknowledged; ahead < 0 || ahead > allowed {
			return fmt.Errorf("%s is stored in version %d, acknowledged was %d", w.practice, got.Version, acknowledged)
		}
		if want := w.answer(int64(got.Version)); got.Version > 0 && !got.Equal(want) {
			return fmt.Errorf("%s is stored as %q in version %d", w.practice, got.Note, got.Version)
		}
	}
	want := saves + c.example.Events
	events, err := store.Events(ctx, c.example.Assessment, 0, want+100)
	if err != nil {
		return err
	}
	if len(events) != want || current.State.Sequence != int64(want) {
		return fmt.Errorf("%d events and sequence %d for %d saves", len(events), current.State.Sequence, saves)
	}
	return nil
}
