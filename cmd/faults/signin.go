package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"plumbline/cmd/internal/lab"
)

const wrong = "not the password"

// guessPasswords tries wrong passwords from one address; the owner of the account comes from another one.
func guessPasswords(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	statuses := map[int]int{}
	guesser := s.Stranger("127.0.0.1")
	for range 1000 {
		got, err := guesser.SignIn(ctx, lab.Email(0), wrong)
		if err != nil {
			return finding{}, err
		}
		statuses[got.Status]++
	}
	owner, err := s.Stranger("127.0.0.2").SignIn(ctx, lab.Email(0), lab.Password)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("%d × 401, %d × 429; the owner: %d", statuses[http.StatusUnauthorized], statuses[http.StatusTooManyRequests], owner.Status)
	// A new minute may begin meanwhile, which allows a few more.
	few := statuses[http.StatusUnauthorized] <= 20
	return finding{figure: figure, met: few && statuses[http.StatusUnauthorized]+statuses[http.StatusTooManyRequests] == 1000 && owner.Status == http.StatusSeeOther}, nil
}

// forgeAddresses sends another X-Forwarded-For with each try: without a proxy, from a named one, and from beside it.
func forgeAddresses(ctx context.Context, t *trial) (finding, error) {
	open, err := t.forged(ctx, "127.0.0.1", nil)
	if err != nil {
		return finding{}, err
	}
	behind, err := t.forged(ctx, "127.0.0.1", []string{"--trusted-proxy", "127.0.0.1"})
	if err != nil {
		return finding{}, err
	}
	beside, err := t.forged(ctx, "127.0.0.9", []string{"--trusted-proxy", "127.0.0.1"})
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("of 12 tries refused by rate: %d without a proxy, %d from the proxy, %d from beside it", open, behind, beside)
	return finding{figure: figure, met: open >= 5 && behind == 0 && beside >= 5}, nil
}

// forged returns how many of 12 tries with forged addresses were refused by rate.
func (t *trial) forged(ctx context.Context, from string, args []string) (_ int, err error) {
	s, err := t.start(ctx, args...)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Kill()) }()
	v := s.Stranger(from)
	refused := 0
	for n := range 12 {
		// The client claims the first address; the proxy has added the one it saw.
		v.Header = http.Header{"X-Forwarded-For": {fmt.Sprintf("198.51.100.1, 203.0.113.%d", n)}}
		got, err := v.SignIn(ctx, lab.Email(0), wrong)
		if err != nil {
			return 0, err
		}
		if got.Status == http.StatusTooManyRequests {
			refused++
		}
	}
	return refused, nil
}

// compareRefusals times the refusals of a known and of an unknown account in turn.
func compareRefusals(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	var known, unknown []time.Duration
	same := true
	for n := range t.few(3, t.count(21, 101)) {
		// Each pair has a network and accounts of its own, so that no rate limit applies.
		v := s.Stranger(fmt.Sprintf("127.1.%d.1", n))
		nobody := fmt.Sprintf("nobody%d@example.com", n)
		first, took, err := refused(ctx, v, lab.Email(n%100))
		if err != nil {
			return finding{}, err
		}
		known = append(known, took)
		second, took, err := refused(ctx, v, nobody)
		if err != nil {
			return finding{}, err
		}
		unknown = append(unknown, took)
		same = same && strings.ReplaceAll(first, lab.Email(n%100), nobody) == second
	}
	a, b := median(known), median(unknown)
	ratio := float64(b) / float64(a)
	return finding{figure: fmt.Sprintf("same page %v; medians %s and %s", same, milliseconds(a), milliseconds(b)), met: same && ratio > 0.8 && ratio < 1.25}, nil
}

// refused signs in with a wrong password and returns the page and the time.
func refused(ctx context.Context, v lab.Visitor, email string) (string, time.Duration, error) {
	start := time.Now()
	got, err := v.SignIn(ctx, email, wrong)
	took := time.Since(start)
	if err == nil && got.Status != http.StatusUnauthorized {
		err = fmt.Errorf("a wrong password: status %d", got.Status)
	}
	v.Client.CloseIdleConnections()
	return got.Body, took, err
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// maxMemory is what a server may use while it hashes passwords, in MB: at most four at once with 64 MiB each, the same
// again until the garbage collector runs, and the program itself.
const maxMemory = 600

// signInAtOnce signs a hundred people in at the same moment, each from an address of their own.
func signInAtOnce(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	people := t.few(5, 100)
	statuses := make([]int, people)
	errs := make([]error, people)
	start := time.Now()
	var group sync.WaitGroup
	for n := range people {
		group.Go(func() {
			v := s.Stranger(fmt.Sprintf("127.2.0.%d", n+1))
			got, err := v.SignIn(ctx, lab.Email(n), lab.Password)
			statuses[n], errs[n] = got.Status, err
			v.Client.CloseIdleConnections()
		})
	}
	group.Wait()
	took := time.Since(start)
	peak, err := s.Memory("VmHWM")
	if err := errors.Join(append(errs, err)...); err != nil {
		return finding{}, err
	}
	in, busy := counted(statuses, http.StatusSeeOther), counted(statuses, http.StatusServiceUnavailable)
	return finding{figure: fmt.Sprintf("peak %.0f MB; %d in, %d × 503, in %s", peak, in, busy, seconds(took)), met: in > 0 && in+busy == people && peak < maxMemory}, nil
}

func counted(statuses []int, status int) int {
	n := 0
	for _, one := range statuses {
		if one == status {
			n++
		}
	}
	return n
}
