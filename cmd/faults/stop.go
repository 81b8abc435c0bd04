package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// stopWithStreams stops a server in good order while a hundred pages listen, ten connections are open on
// which nothing is asked, and four people save.
func stopWithStreams(ctx context.Context, l *lab) (finding, error) {
	folder, err := l.data()
	if err != nil {
		return finding{}, err
	}
	s, err := l.start(ctx, folder)
	if err != nil {
		return finding{}, err
	}
	const pages = 100
	var listening atomic.Int64
	var group sync.WaitGroup
	heard := make(chan struct{}, pages)
	for n := range pages {
		group.Go(func() {
			first := sync.OnceFunc(func() { listening.Add(1); heard <- struct{}{} })
			_ = s.listen(ctx, l.example.people[n], l.example.assessment, 0, func(int64) bool { first(); return true })
		})
	}
	for range pages {
		select {
		case <-heard:
		case <-time.After(patience):
			return finding{}, errors.Join(fmt.Errorf("%d of %d streams opened", listening.Load(), pages), s.kill())
		}
	}
	for range 10 { // as browsers open them in advance
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.address)
		if err != nil {
			return finding{}, errors.Join(err, s.kill())
		}
		defer conn.Close()
	}
	c := l.example.crew(4)
	group.Go(func() { c.saveUntil(ctx, s) })
	<-time.After(300 * time.Millisecond)
	took, err := s.stop()
	group.Wait()
	if err != nil {
		return finding{}, err
	}
	if err := c.check(ctx, folder); err != nil {
		return finding{figure: err.Error(), met: false}, nil
	}
	return finding{figure: fmt.Sprintf("out after %s, %d saves acknowledged, 0 lost", milliseconds(took), c.acknowledged()), met: took < 5*time.Second && c.acknowledged() > 0}, nil
}

// errStreamRefused says that the server did not open a stream.
var errStreamRefused = errors.New("the stream was refused")

// listen follows the changes of an assessment after a sequence until the stream ends or hear says no.
func (s *server) listen(ctx context.Context, p person, assessment string, after int64, hear func(sequence int64) bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	v := s.visit(p)
	v.header = http.Header{"Accept": {"text/event-stream"}, "Last-Event-Id": {fmt.Sprint(after)}}
	request, err := v.request(ctx, http.MethodGet, "/assessments/"+assessment+"/events", http.NoBody)
	if err != nil {
		return err
	}
	response, err := v.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: status %d", errStreamRefused, response.StatusCode)
	}
	return followIDs(response.Body, hear)
}
