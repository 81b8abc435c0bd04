package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are pipes, so that a test can let hours pass.
type pipes struct {
	waiting chan net.Conn
	closed  chan struct{}
}

func newPipes() *pipes { return &pipes{waiting: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.waiting:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// dial returns the client's end of a new connection.
func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.waiting <- server
	return client
}

// serving serves a handler in a bubble. Its end is told to stop first and then returns what serveUntil returned.
func serving(t *testing.T, log io.Writer, handler http.HandlerFunc) (p *pipes, end func() error) {
	t.Helper()
	p = newPipes()
	logger := slog.New(slog.NewTextHandler(log, nil))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serveUntil(ctx, limited(handler, logger), p, logger) }()
	return p, func() error {
		stop()
		return <-ended
	}
}

// closedAfter returns how long it takes until the server closes a connection, whatever it sends before.
func closedAfter(conn net.Conn) time.Duration {
	start := time.Now()
	_, _ = io.Copy(io.Discard, conn)
	return time.Since(start)
}

func TestServerLimits(t *testing.T) {
	tests := map[string]struct {
		request string
		handler http.HandlerFunc
		want    time.Duration
	}{
		"a header that does not end": {"GET / HTTP/1.1\r\nHost: x\r\n", nil, readHeaderTimeout},
		"a body that does not come": {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
			func(_ http.ResponseWriter, r *http.Request) { _, _ = io.ReadAll(r.Body) }, readTimeout},
		"nothing after an answer": {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", func(http.ResponseWriter, *http.Request) {}, idleTimeout},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, end := serving(t, io.Discard, test.handler)
				conn := p.dial()
				if _, err := conn.Write([]byte(test.request)); err != nil {
					t.Fatal(err)
				}
				// The server waits half a second before it cuts a client that is still sending.
				if got := closedAfter(conn); got < test.want || got > test.want+time.Second {
					t.Errorf("closed after %v, want %v", got, test.want)
				}
				if err := end(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestSlowReaderIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		took := make(chan time.Duration, 1)
		p, end := serving(t, io.Discard, func(w http.ResponseWriter, _ *http.Request) {
			start := time.Now()
			_, err := w.Write(make([]byte, 1<<20))
			if err == nil {
				t.Error("a megabyte was taken by somebody who does not read")
			}
			took <- time.Since(start)
		})
		conn := p.dial()
		if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		if got := <-took; got != writeTimeout {
			t.Errorf("cut after %v, want %v", got, writeTimeout)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

func TestLargeHeaderIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, end := serving(t, io.Discard, func(http.ResponseWriter, *http.Request) { t.Error("the request was served") })
		conn := p.dial()
		go func() {
			_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 40<<10) + "\r\n\r\n"))
		}()
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("got %v, %v; want 431", response, err)
		}
		_ = conn.Close()
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

// TestShutdownHasAnEnd: a request that goes on is waited for, but not for ever.
func TestShutdownHasAnEnd(t *testing.T) {
	tests := map[string]struct {
		needs, want time.Duration
		warned      bool
	}{
		"a request that ends":         {3 * time.Second, 3 * time.Second, false},
		"a request that does not end": {time.Hour, shutdownTimeout, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				p, end := serving(t, &log, func(_ http.ResponseWriter, r *http.Request) {
					select {
					case <-time.After(test.needs):
					case <-r.Context().Done():
					}
				})
				conn := p.dial()
				if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
					t.Fatal(err)
				}
				go func() { _, _ = io.Copy(io.Discard, conn) }()
				synctest.Wait()
				start := time.Now()
				if err := end(); err != nil {
					t.Error(err)
				}
				if got := time.Since(start); got < test.want || got > test.want+time.Second {
					t.Errorf("ended after %v, want %v", got, test.want)
				}
				if strings.Contains(log.String(), "level=WARN") != test.warned || !strings.Contains(log.String(), "msg=stopped") {
					t.Errorf("log: %s", log.String())
				}
			})
		})
	}
}

// TestShutdownWaitsForNobodySilent: browsers open connections in advance, on which nothing was asked yet.
func TestShutdownWaitsForNobodySilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, end := serving(t, io.Discard, func(http.ResponseWriter, *http.Request) {})
		p.dial()
		synctest.Wait()
		start := time.Now()
		if err := end(); err != nil {
			t.Error(err)
		}
		if got := time.Since(start); got > time.Second {
			t.Errorf("ended after %v", got)
		}
	})
}

func TestServerLogHasNoAddresses(t *testing.T) {
	tests := map[string]string{
		"http: TLS handshake error from 203.0.113.7:51234: EOF\n":               "http: TLS handshake error: EOF",
		"http: TLS handshake error from [2001:db8::1%eth0]:443: remote error\n": "http: TLS handshake error: remote error",
		"http: panic serving 203.0.113.7:51234: boom\n":                         "http: panic: boom",
		"http: Accept error: accept tcp: too many open files; retrying in 5ms":  "http: Accept error: accept tcp: too many open files; retrying in 5ms",
	}
	for line, want := range tests {
		var log bytes.Buffer
		if _, err := newServerLog(slog.New(slog.NewTextHandler(&log, nil)), time.Now).Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(log.String(), `message="`+want+`"`) {
			t.Errorf("%q is logged as %s", line, log.String())
		}
	}
}

func TestFailedHandshakesDoNotFloodTheLog(t *testing.T) {
	var log bytes.Buffer
	now := time.Now()
	w := newServerLog(slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now })
	for range 1000 {
		_, _ = w.Write([]byte("http: TLS handshake error from 203.0.113.7:51234: EOF\n"))
	}
	now = now.Add(time.Minute)
	_, _ = w.Write([]byte("http: TLS handshake error from 203.0.113.7:51234: EOF\n"))
	_, _ = w.Write([]byte("http: panic serving 203.0.113.7:51234: boom\n"))
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], "more_since_the_last=999") || !strings.Contains(lines[2], "boom") {
		t.Errorf("the log has %d lines: %.600s", len(lines), log.String())
	}
}
