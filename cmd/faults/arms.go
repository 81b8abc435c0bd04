package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/cmd/internal/lab"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/web/page"
)

// arms is what bombs need that is on a server already.
type arms struct {
	token      string    // that may write
	assessment string    // of the built-in questionnaire
	full       string    // snapshot of it, where every practice has the longest note and all links
	hashes     [2]string // of two large questionnaires that differ in every text
	file       []byte    // the second of them, as people upload it
	large      string    // its assessment
	sequence   int64     // of that
	snapshots  [2]string // of that, with everything changed in between
}

// times is how often a large questionnaire has each practice and tradeoff of the built-in one: about as often as 2,000
// practices, the most, allow.
const times = 13

// enlarged returns a questionnaire with the practices and tradeoffs of another many times, with long texts of a word.
func enlarged(of *assessment.Questionnaire, id, word string, times int) *assessment.Questionnaire {
	q := *of
	q.ID, q.Title = id, "Large "+word
	text := strings.TrimSpace(strings.Repeat(word+" drills ", 40))
	q.Pillars = slices.Clone(of.Pillars)
	for i := range q.Pillars {
		q.Pillars[i].Principles = slices.Clone(q.Pillars[i].Principles)
		for j := range q.Pillars[i].Principles {
			principle := &q.Pillars[i].Principles[j]
			principle.Questions = slices.Clone(principle.Questions)
			for k := range principle.Questions {
				principle.Questions[k].Practices = repeated(principle.Questions[k].Practices, text, times)
			}
		}
	}
	q.Tradeoffs = nil
	for n := range times {
		for _, tradeoff := range of.Tradeoffs {
			if n > 0 {
				tradeoff.ID += "-" + strconv.Itoa(n)
			}
			q.Tradeoffs = append(q.Tradeoffs, tradeoff)
		}
	}
	return &q
}

// repeated returns practices many times; the first keep their ids.
func repeated(practices []assessment.Practice, text string, times int) []assessment.Practice {
	var all []assessment.Practice
	for n := range times {
		for _, practice := range practices {
			practice.Help, practice.Advice = text+" "+strconv.Itoa(n), text
			if n > 0 {
				practice.ID += "-" + strconv.Itoa(n)
				practice.Title += " " + strconv.Itoa(n)
			}
			all = append(all, practice)
		}
	}
	return all
}

// armed returns a data folder for bombs.
func (t *trial) armed(ctx context.Context) (folder string, a *arms, err error) {
	if folder, err = t.data(); err != nil {
		return "", nil, err
	}
	store, err := open(ctx, folder)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	a = &arms{token: page.TokenPrefix + page.NewToken(), assessment: t.example.Assessment}
	_, err = store.CreateToken(ctx, t.example.Actor, access.Token{User: t.example.Actor.User.ID, Hash: page.HashToken(a.token), Name: "bombs",
		Scope: access.ScopeWrite, ExpiresAt: time.Now().Add(24 * time.Hour)})
	if err != nil {
		return "", nil, fmt.Errorf("make a token: %w", err)
	}
	if err := a.fill(ctx, store, t.example); err != nil {
		return "", nil, fmt.Errorf("fill an assessment: %w", err)
	}
	if err := a.grow(ctx, store, t.example, t.few(2, times)); err != nil {
		return "", nil, fmt.Errorf("answer a large questionnaire: %w", err)
	}
	return folder, a, nil
}

// fill gives every practice of the example the longest note and all links that fit.
func (a *arms) fill(ctx context.Context, store *storage.Store, e *lab.Example) error {
	link := assessment.Link{Title: strings.Repeat("Evidence ", 20), URL: "https://example.com/" + strings.Repeat("e", assessment.MaxURL-40)}
	answer := assessment.Answer{Status: assessment.Partial, Note: strings.Repeat("Tried. ", assessment.MaxText/7), Evidence: slices.Repeat([]assessment.Link{link}, assessment.MaxEvidence)}
	for practice := range e.Questionnaire.Practices() {
		saves := []assessment.SaveAnswer{{Practice: practice.ID, Answer: answer}}
		if _, err := store.SaveAnswers(ctx, e.Actor, e.Assessment, saves); err != nil {
			return err
		}
	}
	taken, err := store.TakeSnapshot(ctx, e.Actor, e.Assessment, "Everything", "")
	a.full = taken.ID
	return err
}

// grow makes an assessment of a large questionnaire, with two snapshots.
func (a *arms) grow(ctx context.Context, store *storage.Store, e *lab.Example, times int) error {
	var last *assessment.Questionnaire
	for n, word := range []string{"recovery", "failover"} {
		last = enlarged(e.Questionnaire, "large-"+word, word, times)
		ref, err := store.SaveQuestionnaire(ctx, access.Actor{}, last)
		if err != nil {
			return err
		}
		a.hashes[n] = ref.SHA256
	}
	var file bytes.Buffer
	if err := content.WriteQuestionnaire(&file, last); err != nil {
		return err
	}
	a.file = file.Bytes()
	workload := assessment.Workload{Team: e.Actor.Memberships[0].Team.ID, Name: "Large"}
	started, err := store.CreateWorkload(ctx, e.Actor, workload, a.hashes[1], nil)
	if err != nil {
		return err
	}
	a.large = started.ID
	for n, status := range []assessment.Status{assessment.Absent, assessment.Adopted} {
		var saves []assessment.SaveAnswer
		for practice := range last.Practices() {
			saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Version: n, Answer: assessment.Answer{Status: status, Note: "Seen in review " + strconv.Itoa(n)}})
		}
		if _, err := store.SaveAnswers(ctx, e.Actor, a.large, saves); err != nil {
			return err
		}
		taken, err := store.TakeSnapshot(ctx, e.Actor, a.large, "Review "+strconv.Itoa(n), "")
		if err != nil {
			return err
		}
		a.snapshots[n], a.sequence = taken.ID, int64(taken.Sequence)
	}
	return nil
}
