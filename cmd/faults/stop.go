package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// stopWithStreams stops a server in good order while a hundred pages listen, ten connections are open
// without a request, and four people save.
func stopWithStreams(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	const pages = 100
	var listening atomic.Int64
	var group sync.WaitGroup
	heard := make(chan struct{}, pages)
	for n := range pages {
		group.Go(func() {
			first := sync.OnceFunc(func() { listening.Add(1); heard <- struct{}{} })
			_ = listen(ctx, s.Visit(t.example.People[n]), t.example.Assessment, 0, func(int64) bool { first(); return true })
		})
	}
	for range pages {
		select {
		case <-heard:
		case <-time.After(lab.Patience):
			return finding{}, fmt.Errorf("%d of %d streams opened", listening.Load(), pages)
		}
	}
	for range 10 { // as browsers open them in advance
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.Address)
		if err != nil {
			return finding{}, err
		}
		defer conn.Close()
	}
	c := t.crew(4)
	group.Go(func() { c.saveUntil(ctx, s) })
	<-time.After(300 * time.Millisecond)
	took, err := s.Stop()
	group.Wait()
	if err != nil {
		return finding{}, err
	}
	if err := c.check(ctx, s.Folder); err != nil {
		return finding{figure: err.Error(), met: false}, nil
	}
	return finding{figure: fmt.Sprintf("out after %s, %d saves acknowledged, 0 lost", milliseconds(took), c.acknowledged()), met: took < 5*time.Second && c.acknowledged() > 0}, nil
}

// listen follows the changes of an assessment after a sequence until the stream ends or hear returns false.
func listen(ctx context.Context, v lab.Visitor, assessment string, after int64, hear func(sequence int64) bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	v.Header = http.Header{"Accept": {"text/event-stream"}, "Last-Event-Id": {fmt.Sprint(after)}}
	request, err := v.Request(ctx, http.MethodGet, templates.EventsURL(assessment, ""), http.NoBody)
	if err != nil {
		return err
	}
	response, err := v.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the stream was refused: status %d", response.StatusCode)
	}
	return followIDs(response.Body, hear)
}
