package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/templates"
)

// connectSlowly holds a thousand connections open that send a byte now and then, while one person works.
func connectSlowly(ctx context.Context, l *lab) (_ finding, err error) {
	s, err := l.startOnExample(ctx)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	slow, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	var open, cut atomic.Int64
	for n := range 1000 {
		group.Go(func() {
			for slow.Err() == nil {
				s.trickle(slow, n, &open)
				cut.Add(1)
			}
		})
	}
	defer group.Wait()
	defer stop()
	most := int64(0)
	var times []time.Duration
	writer := l.example.crew(1).writers[0]
	for start := time.Now(); time.Since(start) < time.Duration(l.count(8, 60))*time.Second; {
		most = max(most, open.Load())
		for _, work := range []func() error{
			func() error { return s.look(ctx, l.example) },
			func() error { return writer.save(ctx, s, l.example) },
		} {
			began := time.Now()
			if err := work(); err != nil {
				return finding{}, err
			}
			times = append(times, time.Since(began))
		}
	}
	slices.Sort(times)
	p99 := times[len(times)*99/100]
	return finding{fmt.Sprintf("%d open at once; %d pages and saves, p99 %s", most, len(times), milliseconds(p99)), most >= 950 && p99 < time.Second}, nil
}

// look reads a page.
func (s *server) look(ctx context.Context, e *example) error {
	got, err := s.visit(e.people[0]).get(ctx, templates.PrincipleURL(e.assessment, e.principle))
	if err == nil && got.status != http.StatusOK {
		err = fmt.Errorf("a page was answered with status %d", got.status)
	}
	return err
}

// trickle sends one request, a byte each half second, until the server has had enough: half of them never end their
// header, the others never end their body.
func (s *server) trickle(ctx context.Context, n int, open *atomic.Int64) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	open.Add(1)
	defer open.Add(-1)
	text := "GET /login HTTP/1.1\r\nHost: slow\r\nX-Slow: "
	if n%2 == 1 {
		text = "POST /login HTTP/1.1\r\nHost: slow\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
	}
	if _, err := io.WriteString(conn, text); err != nil {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(500 * time.Millisecond):
		}
		if _, err := io.WriteString(conn, "x"); err != nil {
			return
		}
	}
}

// writeLimit is how long the server lets a client take for an answer.
const writeLimit = 60 * time.Second

// readSlowly reads a report a few bytes a second.
func readSlowly(ctx context.Context, l *lab) (_ finding, err error) {
	folder, snapshots, err := l.dataWithLongNotes(ctx, 1)
	if err != nil {
		return finding{}, err
	}
	s, err := l.start(ctx, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	made, err := s.makeReport(ctx, l.example.people[0], snapshots[0])
	if err != nil {
		return finding{}, err
	}
	document, err := s.visit(l.example.people[0]).get(ctx, made.header.Get("Location"))
	if err != nil {
		return finding{}, err
	}
	took, read, err := s.sip(ctx, l.example.people[0], made.header.Get("Location"))
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("cut after %s, with %d of %d kB read", seconds(took), read/1000, len(document.body)/1000)
	return finding{figure, read < len(document.body) && took > writeLimit/2 && took < writeLimit+15*time.Second}, nil
}

// sip reads an answer slowly through a small window, and returns when the server has hung up.
func (s *server) sip(ctx context.Context, p person, path string) (time.Duration, int, error) {
	dialer := net.Dialer{}
	conn, err := dialer.DialContext(ctx, "tcp", s.address)
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close()
	if err := conn.(*net.TCPConn).SetReadBuffer(1024); err != nil {
		return 0, 0, err
	}
	start := time.Now()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: slow\r\nCookie: %s\r\n\r\n", path, p.cookie); err != nil {
		return 0, 0, err
	}
	total, piece := 0, make([]byte, 128)
	for time.Since(start) < 2*writeLimit {
		n, err := conn.Read(piece)
		total += n
		if err != nil {
			return time.Since(start), total, nil
		}
		// What lies in the buffers when the server hangs up is read at once: it would take minutes at this pace.
		if time.Since(start) < writeLimit {
			time.Sleep(time.Second)
		}
	}
	return time.Since(start), total, nil
}
