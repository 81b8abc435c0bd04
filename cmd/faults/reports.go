package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
)

// dataWithLongNotes returns a data folder whose assessment has 100 kB of notes, and snapshots of it.
func (l *lab) dataWithLongNotes(ctx context.Context, snapshots int) (_ string, ids []string, err error) {
	folder, err := l.data()
	if err != nil {
		return "", nil, err
	}
	store, err := open(ctx, folder)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var saves []assessment.SaveAnswer
	note := strings.Repeat("The drill took longer than it should. ", assessment.MaxText)[:assessment.MaxText-1] + "."
	for _, practice := range l.example.practices[:10] {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Answer: assessment.Answer{Status: assessment.Partial, Note: note}})
	}
	if _, err := store.SaveAnswers(ctx, l.example.actor, l.example.assessment, saves); err != nil {
		return "", nil, err
	}
	for n := range snapshots {
		taken, err := store.TakeSnapshot(ctx, l.example.actor, l.example.assessment, "Review "+strconv.Itoa(n+1), "")
		if err != nil {
			return "", nil, err
		}
		ids = append(ids, taken.ID)
	}
	return folder, ids, nil
}

// makeReport asks for the PDF of a snapshot and returns the answer, which leads to it.
func (s *server) makeReport(ctx context.Context, p person, snapshot string) (reply, error) {
	return s.visit(p).post(ctx, templates.MakeReportURL(snapshot), url.Values{})
}

// drawLongNotes times the PDF of an assessment with as much text as ten practices can hold.
func drawLongNotes(ctx context.Context, l *lab) (_ finding, err error) {
	folder, snapshots, err := l.dataWithLongNotes(ctx, 1)
	if err != nil {
		return finding{}, err
	}
	s, err := l.start(ctx, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	start := time.Now()
	got, err := s.makeReport(ctx, l.example.people[0], snapshots[0])
	if err != nil {
		return finding{}, err
	}
	took := time.Since(start)
	return finding{figure: fmt.Sprintf("status %d in %s", got.status, milliseconds(took)), met: got.status == http.StatusSeeOther && took < time.Second}, nil
}

// drawAtOnce asks for two hundred different reports, each person for one.
func drawAtOnce(ctx context.Context, l *lab) (_ finding, err error) {
	folder, snapshots, err := l.dataWithLongNotes(ctx, crowd)
	if err != nil {
		return finding{}, err
	}
	s, err := l.start(ctx, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	got := make([]reply, crowd)
	errs := make([]error, crowd)
	start := time.Now()
	var group sync.WaitGroup
	for n, p := range l.example.people {
		group.Go(func() { got[n], errs[n] = s.makeReport(ctx, p, snapshots[n]) })
	}
	group.Wait()
	took := time.Since(start)
	peak, err := s.peak()
	if err := errors.Join(append(errs, err)...); err != nil {
		return finding{}, err
	}
	drawn, refused, odd := 0, 0, 0
	for _, one := range got {
		switch {
		case one.status == http.StatusSeeOther:
			drawn++
		case one.status == http.StatusServiceUnavailable && one.header.Get("Retry-After") != "":
			refused++
		default:
			odd++
		}
	}
	again, err := s.makeReport(ctx, l.example.people[0], snapshots[slices.IndexFunc(got, func(r reply) bool { return r.status != http.StatusSeeOther })])
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("%d drawn, %d × 503 with Retry-After, %d other, in %s, peak %.0f MB; then %d", drawn, refused, odd, seconds(took), peak, again.status)
	return finding{figure: figure, met: drawn > 0 && refused > 0 && odd == 0 && again.status == http.StatusSeeOther}, nil
}
