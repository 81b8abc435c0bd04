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
	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// dataWithLongNotes returns a data folder whose assessment has 100 kB of notes, and snapshots of it.
func (t *trial) dataWithLongNotes(ctx context.Context, snapshots int) (_ string, ids []string, err error) {
	folder, err := t.data()
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
	for _, practice := range t.practices[:10] {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Answer: assessment.Answer{Status: assessment.Partial, Note: note}})
	}
	if _, err := store.SaveAnswers(ctx, t.example.Actor, t.example.Assessment, saves); err != nil {
		return "", nil, err
	}
	for n := range snapshots {
		taken, err := store.TakeSnapshot(ctx, t.example.Actor, t.example.Assessment, "Review "+strconv.Itoa(n+1), "")
		if err != nil {
			return "", nil, err
		}
		ids = append(ids, taken.ID)
	}
	return folder, ids, nil
}

// servedWithNotes tries a fault on a server whose assessment has long notes and a number of snapshots.
func servedWithNotes(snapshots int, try func(context.Context, *trial, *lab.Server, []string) (finding, error)) func(context.Context, *trial) (finding, error) {
	return func(ctx context.Context, t *trial) (_ finding, err error) {
		folder, ids, err := t.dataWithLongNotes(ctx, snapshots)
		if err != nil {
			return finding{}, err
		}
		s, err := lab.Start(ctx, t.Binary, folder)
		if err != nil {
			return finding{}, err
		}
		defer func() { err = errors.Join(err, s.Kill()) }()
		return try(ctx, t, s, ids)
	}
}

// makeReport asks for the PDF of a snapshot and returns the answer, which leads to it.
func makeReport(ctx context.Context, s *lab.Server, p lab.Person, snapshot string) (lab.Reply, error) {
	return s.Visit(p).Post(ctx, templates.MakeReportURL(snapshot), url.Values{})
}

// drawLongNotes times the PDF of an assessment with as much text as ten practices can hold.
func drawLongNotes(ctx context.Context, t *trial, s *lab.Server, snapshots []string) (finding, error) {
	start := time.Now()
	got, err := makeReport(ctx, s, t.example.People[0], snapshots[0])
	if err != nil {
		return finding{}, err
	}
	took := time.Since(start)
	return finding{figure: fmt.Sprintf("status %d in %s", got.Status, milliseconds(took)), met: got.Status == http.StatusSeeOther && took < time.Second}, nil
}

// drawAtOnce asks for a report of each snapshot at the same moment, each person for one.
func drawAtOnce(ctx context.Context, t *trial, s *lab.Server, snapshots []string) (finding, error) {
	got, errs := make([]lab.Reply, len(snapshots)), make([]error, len(snapshots))
	start := time.Now()
	var group sync.WaitGroup
	for n, p := range t.example.People[:len(snapshots)] {
		group.Go(func() { got[n], errs[n] = makeReport(ctx, s, p, snapshots[n]) })
	}
	group.Wait()
	took := time.Since(start)
	peak, err := s.Memory("VmHWM")
	if err := errors.Join(append(errs, err)...); err != nil {
		return finding{}, err
	}
	drawn, refused, odd := 0, 0, 0
	for _, one := range got {
		switch {
		case one.Status == http.StatusSeeOther:
			drawn++
		case one.Status == http.StatusServiceUnavailable && one.Header.Get("Retry-After") != "":
			refused++
		default:
			odd++
		}
	}
	missing := slices.IndexFunc(got, func(r lab.Reply) bool { return r.Status != http.StatusSeeOther })
	if missing < 0 {
		return finding{figure: fmt.Sprintf("all %d drawn: nobody was refused", drawn)}, nil
	}
	again, err := makeReport(ctx, s, t.example.People[0], snapshots[missing])
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("%d drawn, %d × 503 with Retry-After, %d other, in %s, peak %.0f MB; then %d", drawn, refused, odd, seconds(took), peak, again.Status)
	return finding{figure: figure, met: drawn > 0 && refused > 0 && odd == 0 && again.Status == http.StatusSeeOther}, nil
}
