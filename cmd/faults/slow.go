package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// connectSlowly keeps a thousand connections open that send a byte now and then, while one person works.
func connectSlowly(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	connections := t.few(40, 1000)
	slow, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	var open, cut atomic.Int64
	for n := range connections {
		group.Go(func() {
			for slow.Err() == nil {
				trickle(slow, s.Address, n, &open)
				cut.Add(1)
			}
		})
	}
	defer group.Wait()
	defer stop()
	most := int64(0)
	var times []time.Duration
	w := t.crew(1).writers[0]
	for start := time.Now(); time.Since(start) < time.Duration(t.few(1, t.count(8, 60)))*time.Second; {
		most = max(most, open.Load())
		for _, work := range []func() error{
			func() error { return t.look(ctx, s) },
			func() error { return w.save(ctx, s) },
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
	return finding{figure: fmt.Sprintf("%d open at once; %d pages and saves, p99 %s", most, len(times), milliseconds(p99)), met: most*20 >= int64(connections)*19 && p99 < time.Second}, nil
}

// trickle sends one request, a byte each half second, until the server hangs up. Requests with an even number never end
// their header, the others never end their body.
func trickle(ctx context.Context, address string, n int, open *atomic.Int64) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	open.Add(1)
	defer open.Add(-1)
	text := "GET " + templates.SignInURL + " HTTP/1.1\r\nHost: slow\r\nX-Slow: "
	if n%2 == 1 {
		text = "POST " + templates.SignInURL + " HTTP/1.1\r\nHost: slow\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
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

// writeLimit is how long a client may take to read an answer.
const writeLimit = 60 * time.Second

// readSlowly reads a report a few bytes a second.
func readSlowly(ctx context.Context, t *trial, s *lab.Server, snapshots []string) (finding, error) {
	made, err := makeReport(ctx, s, t.example.People[0], snapshots[0])
	if err != nil {
		return finding{}, err
	}
	document, err := s.Visit(t.example.People[0]).Get(ctx, made.Header.Get("Location"))
	if err != nil {
		return finding{}, err
	}
	took, sent, err := sip(ctx, s, t.example.People[0], made.Header.Get("Location"))
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("cut after %s, with %d of %d kB taken", seconds(took), sent/1000, len(document.Body)/1000)
	return finding{figure: figure, met: sent < len(document.Body) && took > writeLimit-time.Second && took < writeLimit+5*time.Second}, nil
}

// greed is how many reports a slow reader asks for at once: a single one fits into the buffers of the system, so that the
// server would not have to wait.
const greed = 100

// sip asks for a report many times and hardly reads. It returns how long the server waited, and how much of the answer it
// had sent when it gave up. Both come from the log of the server: the client still receives what is in buffers.
func sip(ctx context.Context, s *lab.Server, p lab.Person, path string) (took time.Duration, sent int, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.Address)
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close()
	if err := conn.(*net.TCPConn).SetReadBuffer(1024); err != nil {
		return 0, 0, err
	}
	request := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: slow\r\nCookie: %s\r\n\r\n", path, p.Cookie)
	if _, err := io.WriteString(conn, strings.Repeat(request, greed)); err != nil {
		return 0, 0, err
	}
	piece := make([]byte, 128)
	for start := time.Now(); time.Since(start) < writeLimit+lab.Patience; {
		for _, line := range reportLine.FindAllStringSubmatch(s.Log(), -1) {
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

// reportLine matches the log line of a fetched report, with its bytes and milliseconds.
var reportLine = regexp.MustCompile(`route=/reports/\{report\} status=200 bytes=(\d+) milliseconds=([\d.]+)`)
