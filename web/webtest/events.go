package webtest

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/web"
)

// Message is one message of an event stream.
type Message struct{ Event, ID, Data string }

// Listening is an open event stream.
type Listening struct {
	t        testing.TB
	Response *http.Response
	lines    *bufio.Scanner
	Stop     context.CancelFunc
}

// Streaming serves the application of a again, with its own settings: another instance on the same database.
func (a *App) Streaming(o web.Options, change func(*http.Server)) (*App, *web.Server) {
	a.T.Helper()
	o.Store, o.SessionKey, o.Insecure, o.Clock = a.Store, SessionKey, true, a.Now
	handler, err := web.New(o)
	if err != nil {
		a.T.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	server.Config.RegisterOnShutdown(handler.EndStreams)
	change(server.Config)
	server.Start()
	a.T.Cleanup(server.Close)
	a.T.Cleanup(handler.EndStreams)
	return &App{T: a.T, Store: a.Store, Server: server, Clock: a.Clock}, handler
}

func AsItIs(*http.Server) {}

// Listen opens an event stream, and closes it at the end of the test.
func (b *Browser) Listen(path string, header http.Header) *Listening {
	b.T.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	b.T.Cleanup(stop)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.Server.URL+path, nil)
	if err != nil {
		b.T.Fatal(err)
	}
	request.Header = header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := b.Client.Do(request)
	if err != nil {
		b.T.Fatal(err)
	}
	b.T.Cleanup(func() { _ = response.Body.Close() })
	return &Listening{t: b.T, Response: response, lines: bufio.NewScanner(response.Body), Stop: stop}
}

// next returns the next message, and false where the stream has ended. A comment without more is no message.
func (l *Listening) next() (Message, bool) {
	l.t.Helper()
	var m Message
	for l.lines.Scan() {
		name, value, _ := strings.Cut(l.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case l.lines.Text() == "" && m != Message{}:
			return m, true
		case name == "event":
			m.Event = value
		case name == "id":
			m.ID = value
		case name == "data":
			m.Data = value
		}
	}
	if err := l.lines.Err(); errors.Is(err, context.DeadlineExceeded) {
		l.t.Fatalf("waited in vain: %v", err)
	}
	return Message{}, false
}

// Until returns the next message of a kind.
func (l *Listening) Until(event string) Message {
	l.t.Helper()
	for {
		m, more := l.next()
		if !more {
			l.t.Fatalf("the stream ended without %q", event)
		}
		if m.Event == event {
			return m
		}
	}
}

// Ids returns the ids of the next n changes.
func (l *Listening) Ids(n int) []string {
	l.t.Helper()
	var ids []string
	for range n {
		ids = append(ids, l.Until("change").ID)
	}
	return ids
}

// Ended reads until the server ends the stream.
func (l *Listening) Ended() {
	l.t.Helper()
	for more := true; more; {
		_, more = l.next()
	}
}

func NumbersFrom(first, last int64) []string {
	var numbers []string
	for n := first; n <= last; n++ {
		numbers = append(numbers, strconv.FormatInt(n, 10))
	}
	return numbers
}
