package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"plumbline/cmd/internal/lab"
)

// maxOwnersWait is how long the owner of an account may wait for a sign-in that others try to starve.
const maxOwnersWait = 2 * time.Second

// starveSignIn tries 1,000 wrong passwords on one account from 256 networks, 64 at once. The owner has signed in before
// in the browser that they use.
func starveSignIn(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	owner := s.Stranger("127.0.0.2")
	before, err := owner.SignIn(ctx, lab.Email(0), lab.Password)
	if err != nil {
		return finding{}, err
	}
	owner.Header = http.Header{"Cookie": {cookiesOf(before)}}
	tries, turn := t.few(30, 1000), t.few(20, 200) // the owner signs in among each so many
	statuses, errs := make([]int, tries), make([]error, tries)
	next := make(chan int)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for n := range next {
				v := s.Stranger(fmt.Sprintf("127.3.%d.1", n%256))
				got, err := v.SignIn(ctx, lab.Email(0), wrong)
				statuses[n], errs[n] = got.Status, err
				v.Client.CloseIdleConnections()
			}
		})
	}
	var slowest time.Duration
	var ownersErrs []error
	in := true
	for n := range tries {
		next <- n
		if n%turn == turn/2 {
			start := time.Now()
			got, err := owner.SignIn(ctx, lab.Email(0), lab.Password)
			if err != nil {
				ownersErrs = append(ownersErrs, err)
			}
			in = in && got.Status == http.StatusSeeOther
			slowest = max(slowest, time.Since(start))
		}
	}
	close(next)
	group.Wait()
	if err := errors.Join(append(errs, ownersErrs...)...); err != nil {
		return finding{}, err
	}
	checked, refused := counted(statuses, http.StatusUnauthorized), counted(statuses, http.StatusTooManyRequests)
	figure := fmt.Sprintf("%d checked, %d × 429; the owner in: %v, after %s at most", checked, refused, in, milliseconds(slowest))
	return finding{figure: figure, met: checked < 50 && checked+refused == tries && in && slowest < maxOwnersWait}, nil
}

// cookiesOf returns the cookies that an answer sets, as a browser sends them back.
func cookiesOf(r lab.Reply) string {
	var pairs []string
	for _, set := range r.Header.Values("Set-Cookie") {
		pair, _, _ := strings.Cut(set, ";")
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "; ")
}

// fillRoom signs 40 people in at the same moment, all from one address.
func fillRoom(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	people := t.few(4, 40)
	statuses, errs := make([]int, people), make([]error, people)
	start := time.Now()
	var group sync.WaitGroup
	for n := range people {
		group.Go(func() {
			got, err := s.Stranger("127.0.0.1").SignIn(ctx, lab.Email(n), lab.Password)
			statuses[n], errs[n] = got.Status, err
		})
	}
	group.Wait()
	took := time.Since(start)
	in := counted(statuses, http.StatusSeeOther)
	return finding{figure: fmt.Sprintf("%d in, after %s", in, seconds(took)), met: in == people && took < time.Minute}, errors.Join(errs...)
}
