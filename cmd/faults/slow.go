package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
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
	return finding{figure: fmt.Sprintf("%d open at once; %d pages and saves, p99 %s", most, len(times), milliseconds(p99)), met: most >= 950 && p99 < time.Second}, nil
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
	took, sent, err := s.sip(ctx, l.example.people[0], made.header.Get("Location"))
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("cut after %s, with %d of %d kB taken", seconds(took), sent/1000, len(document.body)/1000)
	return finding{figure: figure, met: sent < len(document.body) && took > writeLimit-time.Second && took < writeLimit+5*time.Second}, nil
}

// greed is how many reports a slow reader asks for at once: one alone lies in the buffers of the system and keeps nobody
// waiting.
const greed = 100

// sip asks for a report many times and hardly reads. It returns how long the server had patience, and how much of the
// answer that was cut had been taken by then. A client sees neither, since what lies in buffers still comes when the
// server has hung up: the server's log has both.
func (s *server) sip(ctx context.Context, p person, path string) (took time.Duration, sent int, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close()
	if err := conn.(*net.TCPConn).SetReadBuffer(1024); err != nil {
		return 0, 0, err
	}
	wish := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: slow\r\nCookie: %s\r\n\r\n", path, p.cookie)
	if _, err := io.WriteString(conn, strings.Repeat(wish, greed)); err != nil {
		return 0, 0, err
	}
	piece := make([]byte, 128)
	for start := time.Now(); time.Since(start) < writeLimit+patience; {
		for _, line := range reportLine.FindAllStringSubmatch(s.log.all(), -1) {
			var milliseconds float64
			if _, err := fmt.Sscanf(line[1]+" "+line[2], "%d %g", &sent, &milliseconds); err != nil {
				return 0, 0, err
			}
			if took = time.Duration(milliseconds * float64(time.Millisecond)); took > writeLimit/2 {
				return took, sent, nil
			}
		}
		if _, err := conn.Read(piece); err != nil {
			return 0, 0, fmt.Errorf("after %v: %w", time.Since(start), err)
		}
		<-time.After(time.Second)
	}
	return 0, 0, errors.New("the server does not hang up")
}

// reportLine is what the log says about a report that was fetched: bytes and milliseconds.
var reportLine = regexp.MustCompile(`route=/reports/\{report\} status=200 bytes=(\d+) milliseconds=([\d.]+)`)
