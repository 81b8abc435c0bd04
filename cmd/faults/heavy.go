package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// mostWait is how long the slowest saves but one in a hundred may take while others do heavy work.
const mostWait = 250 * time.Millisecond

// saveBesideHeavyWork lets twelve people take large snapshots, make reports and import files again and again, and times
// the saves of somebody else.
func saveBesideHeavyWork(ctx context.Context, t *trial) (_ finding, err error) {
	folder, a, err := t.armed(ctx)
	if err != nil {
		return finding{}, err
	}
	done := make([]map[int]int, t.few(2, 12))
	drawn, err := t.snapshots(ctx, folder, a, len(done))
	if err != nil {
		return finding{}, err
	}
	s, err := lab.Start(ctx, t.Binary, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.Kill()) }()
	heavy, stop := context.WithCancel(ctx)
	defer stop()
	var group sync.WaitGroup
	for n := range done {
		done[n] = map[int]int{}
		group.Go(func() { t.burden(heavy, s, a, n, drawn[n], done[n]) })
	}
	w := &writer{person: t.example.People[50], assessment: t.example.Assessment, practice: t.practices[0]}
	w.version.Store(1) // saved by those who made the arms
	var times []time.Duration
	for start := time.Now(); time.Since(start) < time.Duration(t.few(1, t.count(10, 60)))*time.Second; {
		began := time.Now()
		if err := w.save(ctx, s); err != nil {
			return finding{}, err
		}
		times = append(times, time.Since(began))
	}
	stop()
	group.Wait()
	slices.Sort(times)
	p99 := times[len(times)*99/100]
	finished := 0
	for _, statuses := range done {
		finished += statuses[http.StatusSeeOther]
	}
	figure := fmt.Sprintf("%d saves, p99 %s, slowest %s, beside %d large snapshots, reports and imports", len(times), milliseconds(p99), milliseconds(times[len(times)-1]), finished)
	return finding{figure: figure, met: p99 <= mostWait && finished >= len(done)}, nil
}

// snapshots takes snapshots of the large assessment and returns their ids: a report is drawn once for each.
func (t *trial) snapshots(ctx context.Context, folder string, a *arms, number int) (ids []string, err error) {
	store, err := open(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for n := range number {
		taken, err := store.TakeSnapshot(ctx, t.example.Actor, a.large, "To draw "+strconv.Itoa(n), "")
		if err != nil {
			return nil, err
		}
		ids = append(ids, taken.ID)
	}
	return ids, nil
}

// burden sends heavy work as one person until ctx ends, and counts the answers by status.
func (t *trial) burden(ctx context.Context, s *lab.Server, a *arms, n int, drawn string, statuses map[int]int) {
	person := t.example.People[60+n]
	client := lab.ClientFrom("127.0.0.1")
	works := []func() (bomb, error){
		func() (bomb, error) {
			shown, err := s.Visit(person).Page(ctx, templates.SnapshotsURL(a.large))
			if err != nil {
				return bomb{}, err
			}
			seen := formVersion.FindStringSubmatch(shown)
			if seen == nil {
				return bomb{}, errors.New("the page of snapshots has no version")
			}
			body := url.Values{"title": {"Again " + strconv.Itoa(n)}, "version": {seen[1]}}.Encode()
			return bomb{method: http.MethodPost, path: templates.SnapshotsURL(a.large), kind: formBody, body: []byte(body)}, nil
		},
		func() (bomb, error) {
			return bomb{method: http.MethodPost, path: templates.MakeReportURL(drawn), kind: formBody}, nil
		},
		func() (bomb, error) { return upload("", "plumbline", "large.yaml", string(a.file)), nil },
	}
	for turn := n; ctx.Err() == nil; turn++ {
		work, err := works[turn%len(works)]()
		if err != nil {
			return
		}
		request, err := work.request(ctx, s, person, a.token)
		if err != nil {
			return
		}
		response, err := client.Do(request)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		statuses[response.StatusCode]++
	}
}

// mostStream is how long an event stream may go on when its person has been disabled.
const mostStream = time.Second

// disableListeners opens event streams and has an administrator disable the people who listen.
func disableListeners(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	administrator := s.Visit(t.example.People[0])
	var longest time.Duration
	const people = 5
	for _, p := range t.example.People[1 : 1+people] {
		took, err := t.disable(ctx, s, administrator, p)
		if err != nil {
			return finding{}, err
		}
		longest = max(longest, took)
	}
	return finding{figure: fmt.Sprintf("%d streams, the longest went on for %s", people, milliseconds(longest)), met: longest <= mostStream}, nil
}

// formVersion matches the version that a form saw.
var formVersion = regexp.MustCompile(`name="version" value="(\d+)"`)

// disable returns how long the stream of a person goes on when their account has been disabled.
func (t *trial) disable(ctx context.Context, s *lab.Server, administrator lab.Visitor, p lab.Person) (time.Duration, error) {
	request, err := s.Visit(p).Request(ctx, http.MethodGet, templates.EventsURL(t.example.Assessment, ""), nil)
	if err != nil {
		return 0, err
	}
	stream, err := lab.ClientFrom("127.0.0.1").Do(request)
	if err != nil {
		return 0, err
	}
	defer stream.Body.Close()
	person, err := administrator.Page(ctx, templates.PersonURL(p.ID))
	if err != nil {
		return 0, err
	}
	version := formVersion.FindStringSubmatch(person)
	if version == nil {
		return 0, errors.New("the page of the person has no version")
	}
	got, err := administrator.Post(ctx, templates.PersonURL(p.ID), url.Values{"do": {"disable"}, "version": {version[1]}})
	if err == nil && got.Status != http.StatusSeeOther {
		err = fmt.Errorf("disabling was answered with status %d", got.Status)
	}
	if err != nil {
		return 0, err
	}
	began := time.Now()
	_, _ = io.Copy(io.Discard, stream.Body)
	return time.Since(began), nil
}
