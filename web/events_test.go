package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/web"
)

// message is one message of an event stream.
type message struct{ event, id, data string }

// listening is an open event stream.
type listening struct {
	t        testing.TB
	response *http.Response
	lines    *bufio.Scanner
	stop     context.CancelFunc
}

// streaming serves the application of a again, with its own settings: another instance on the same database.
func (a *app) streaming(o web.Options, change func(*http.Server)) (*app, *web.Server) {
	a.t.Helper()
	o.Store, o.SessionKey, o.Insecure, o.Clock = a.store, sessionKey, true, func() time.Time { return a.now }
	handler, err := web.New(o)
	if err != nil {
		a.t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	server.Config.RegisterOnShutdown(handler.EndStreams)
	change(server.Config)
	server.Start()
	a.t.Cleanup(server.Close)
	a.t.Cleanup(handler.EndStreams)
	return &app{t: a.t, store: a.store, server: server, now: a.now}, handler
}

func asItIs(*http.Server) {}

// listen opens an event stream, and closes it at the end of the test.
func (b *browser) listen(path string, header http.Header) *listening {
	b.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	b.t.Cleanup(stop)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.server.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header = header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = response.Body.Close() })
	return &listening{t: b.t, response: response, lines: bufio.NewScanner(response.Body), stop: stop}
}

// next returns the next message, and false where the stream has ended. A comment without more is no message.
func (l *listening) next() (message, bool) {
	l.t.Helper()
	var m message
	for l.lines.Scan() {
		name, value, _ := strings.Cut(l.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case l.lines.Text() == "" && m != message{}:
			return m, true
		case name == "event":
			m.event = value
		case name == "id":
			m.id = value
		case name == "data":
			m.data = value
		}
	}
	if err := l.lines.Err(); errors.Is(err, context.DeadlineExceeded) {
		l.t.Fatalf("waited in vain: %v", err)
	}
	return message{}, false
}

// until returns the next message of a kind.
func (l *listening) until(event string) message {
	l.t.Helper()
	for {
		m, more := l.next()
		if !more {
			l.t.Fatalf("the stream ended without %q", event)
		}
		if m.event == event {
			return m
		}
	}
}

// ids returns the ids of the next n changes.
func (l *listening) ids(n int) []string {
	l.t.Helper()
	var ids []string
	for range n {
		ids = append(ids, l.until("change").id)
	}
	return ids
}

// ended reads until the server ends the stream.
func (l *listening) ended() {
	l.t.Helper()
	for more := true; more; {
		_, more = l.next()
	}
}

func numbersFrom(first, last int64) []string {
	var numbers []string
	for n := first; n <= last; n++ {
		numbers = append(numbers, strconv.FormatInt(n, 10))
	}
	return numbers
}

func TestChangesArriveInOrder(t *testing.T) {
	a := newApp(t)
	b, id := a.signedIn(), a.newSmallAssessment().ID
	l := b.listen("/assessments/"+id+"/events?at=rel", nil)
	if got := l.response; got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "text/event-stream" || got.Header.Get("Cache-Control") != "no-store" ||
		got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("status %d, %v", got.StatusCode, got.Header)
	}
	start := a.state(id).State.Sequence
	for _, status := range []string{"absent", "partial", "adopted"} {
		version := strconv.Itoa(a.state(id).State.Answer("r2").Version)
		b.live("/assessments/"+id+"/answers/r2", map[string][]string{"version.r2": {version}, "status.r2": {status}})
	}
	for n := range int64(3) {
		got := l.until("change")
		want := message{"change", strconv.FormatInt(start+n+1, 10), `{"kind":"answer.saved","subject":"r2","by":"Ines Okafor"}`}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestChangesOfAnotherInstanceArrive(t *testing.T) {
	a := newApp(t)
	other, _ := a.streaming(web.Options{Poll: time.Millisecond}, asItIs)
	id := a.newSmallAssessment().ID
	l := other.signedIn().listen("/assessments/"+id+"/events", nil)
	start := a.state(id).State.Sequence
	a.saves(a.actor(), id, "r2", assessment.Answer{Status: assessment.Absent})
	a.saves(a.colleague(), id, "c2", assessment.Answer{Status: assessment.Adopted})
	if got, want := l.ids(2), numbersFrom(start+1, start+2); !slices.Equal(got, want) {
		t.Errorf("ids %v, want %v", got, want)
	}
}

// TestNothingIsMissed cuts the stream, changes things while nobody serves, and comes back to a new server.
func TestNothingIsMissed(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	by := a.colleague()
	start := a.state(id).State.Sequence
	save := func(times int) {
		for n := range times {
			a.saves(by, id, "r2", assessment.Answer{Status: assessment.Partial, Note: "Note " + strconv.Itoa(n)})
		}
		a.saves(by, id, "r2", assessment.Answer{Status: assessment.Absent})
	}
	var got []string
	first, handler := a.streaming(web.Options{Poll: time.Millisecond}, asItIs)
	l := first.signedIn().listen("/assessments/"+id+"/events", nil)
	save(4)
	got = append(got, l.ids(5)...)
	handler.EndStreams()
	l.ended()
	first.server.Close()
	save(29)

	second, _ := a.streaming(web.Options{Poll: time.Millisecond}, asItIs)
	b := second.signedIn()
	path := "/assessments/" + id + "/events?after=0"
	l = b.listen(path, http.Header{"Last-Event-Id": {got[len(got)-1]}})
	got = append(got, l.ids(30)...)
	save(9)
	got = append(got, l.ids(10)...)
	if want := numbersFrom(start+1, start+45); !slices.Equal(got, want) {
		t.Errorf("ids %v, want %v", got, want)
	}
	if got, want := b.listen(path, nil).ids(int(start)+45), numbersFrom(1, start+45); !slices.Equal(got, want) {
		t.Errorf("from the beginning: %v, want %v", got, want)
	}
	for _, odd := range []string{"-1", "x", "", "99999999999999999999", "1e3", strconv.FormatInt(start+46, 10)} {
		l := b.listen("/assessments/"+id+"/events", http.Header{"Last-Event-Id": {odd}})
		if l.response.StatusCode != http.StatusOK {
			t.Errorf("Last-Event-ID %q: status %d", odd, l.response.StatusCode)
		}
		l.stop()
	}
}

func TestWhoMayListen(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	path := "/assessments/" + id + "/events"
	stranger, err := a.store.CreateUser(t.Context(), assessment.User{Email: "eve@example.com", Name: "Eve"})
	if err != nil {
		t.Fatal(err)
	}
	viewer, err := a.store.CreateUser(t.Context(), assessment.User{Email: "vera@example.com", Name: "Vera"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.store.SetMembership(t.Context(), viewer.ID, a.actor().Memberships[0].Team.ID, assessment.Viewer); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		browser *browser
		path    string
		want    int
	}{
		"nobody":          {a.browser(), path, http.StatusUnauthorized},
		"another team":    {a.signedInAs(stranger), path, http.StatusNotFound},
		"viewer":          {a.signedInAs(viewer), path, http.StatusOK},
		"no assessment":   {a.signedIn(), "/assessments/nothing/events", http.StatusNotFound},
		"no such page":    {a.signedIn(), path + "?at=nothing&after=x", http.StatusOK},
		"a page of ids\n": {a.signedIn(), path + "?at=%00%0A", http.StatusOK},
	} {
		l := one.browser.listen(one.path, nil)
		if l.response.StatusCode != one.want {
			t.Errorf("%s: status %d, want %d", name, l.response.StatusCode, one.want)
		}
		l.stop()
	}
}

func TestStreamEndsWithItsSession(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	ends := map[string]func(assessment.User) error{
		"signed out everywhere": func(u assessment.User) error { return a.store.DeleteSessionsOf(t.Context(), u.ID, "") },
		"disabled":              func(u assessment.User) error { return a.store.SetUserDisabled(t.Context(), u.ID, true) },
		"out of the team": func(u assessment.User) error {
			return a.store.SetMembership(t.Context(), u.ID, a.actor().Memberships[0].Team.ID, "")
		},
	}
	second, _ := a.streaming(web.Options{Heartbeat: time.Millisecond}, asItIs)
	n := 0
	for name, end := range ends {
		n++
		user, err := a.store.CreateUser(t.Context(), assessment.User{Email: strconv.Itoa(n) + "@example.com", Name: "Mei Tanaka"})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.store.SetMembership(t.Context(), user.ID, a.actor().Memberships[0].Team.ID, assessment.Architect); err != nil {
			t.Fatal(err)
		}
		l := second.signedInAs(user).listen("/assessments/"+id+"/events", nil)
		l.until("beat")
		if err := end(user); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l.ended()
	}
}

// TestStreamOutlivesTheLimits listens for longer than any other request may take to be read or answered.
func TestStreamOutlivesTheLimits(t *testing.T) {
	const limit = 500 * time.Millisecond
	a := newApp(t)
	id := a.newSmallAssessment().ID
	short, _ := a.streaming(web.Options{Heartbeat: limit / 20}, func(s *http.Server) { s.ReadTimeout, s.WriteTimeout = limit, limit })
	l := short.signedIn().listen("/assessments/"+id+"/events", nil)
	for start := time.Now(); time.Since(start) < 2*limit; {
		l.until("beat")
	}
}

func TestShutdownEndsStreams(t *testing.T) {
	const many = 100
	a := newApp(t)
	id := a.newSmallAssessment().ID
	second, _ := a.streaming(web.Options{}, asItIs)
	var open []*listening
	for n := range many {
		user, err := a.store.CreateUser(t.Context(), assessment.User{Email: strconv.Itoa(n) + "@example.com", Name: "Reader"})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.store.SetMembership(t.Context(), user.ID, a.actor().Memberships[0].Team.ID, assessment.Viewer); err != nil {
			t.Fatal(err)
		}
		l := second.signedInAs(user).listen("/assessments/"+id+"/events", nil)
		if l.response.StatusCode != http.StatusOK {
			t.Fatalf("stream %d: status %d", n, l.response.StatusCode)
		}
		open = append(open, l)
	}
	if err := second.server.Config.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, l := range open {
		l.ended()
	}
}

func TestTooManyStreams(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	for range 8 {
		b.listen("/assessments/"+id+"/events", nil)
	}
	got := b.listen("/assessments/"+id+"/events", nil).response
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("status %d, Retry-After %q", got.StatusCode, got.Header.Get("Retry-After"))
	}
}

func TestPresence(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	team := a.actor().Memberships[0].Team.ID
	tomas := a.colleague().User
	if err := a.store.SetMembership(t.Context(), tomas.ID, team, assessment.Architect); err != nil {
		t.Fatal(err)
	}
	second, _ := a.streaming(web.Options{Poll: time.Millisecond}, asItIs)
	ines := second.signedIn().listen("/assessments/"+id+"/events?at=rel", nil)
	here := second.signedInAs(tomas).listen("/assessments/"+id+"/events?at=rel", nil)
	if got, want := ines.until("here").data, `[{"name":"Tomás Lindqvist","where":"on this page"}]`; got != want {
		t.Errorf("present: %s, want %s", got, want)
	}
	if got, want := here.until("here"), (message{"here", "", `[{"name":"Ines Okafor","where":"on this page"}]`}); got != want {
		t.Errorf("present for the other: %+v, want %+v", got, want)
	}
	here.stop()
	if got := ines.until("here").data; got != "[]" {
		t.Errorf("after the other has gone: %s, want []", got)
	}
}

// TestStreamIsLogged: one line when a stream ends, like for every request.
func TestStreamIsLogged(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	read, write := io.Pipe()
	defer func() { _ = read.Close() }()
	second, handler := a.streaming(web.Options{Logger: slog.New(slog.NewTextHandler(write, nil))}, asItIs)
	l := second.signedIn().listen("/assessments/"+id+"/events?at=rel", nil)
	if l.response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", l.response.StatusCode)
	}
	handler.EndStreams()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"route=/assessments/{assessment}/events", "assessment=" + id, "status=200", "milliseconds="} {
		if !strings.Contains(line, want) {
			t.Errorf("the log says %q, without %q", line, want)
		}
	}
}

func TestChangesOfAPage(t *testing.T) {
	a := newApp(t)
	b, id := a.signedIn(), a.newSmallAssessment().ID
	a.saves(a.colleague(), id, "r2", assessment.Answer{Status: assessment.Partial, Note: "Look <again>"})
	a.now = a.now.Add(12 * time.Second)
	page := "/assessments/" + id + "/principles/rel"
	got := b.get(page + "/changes?practice=r2&practice=nothing&was_pillar=x")
	if got.status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.status)
	}
	if n := got.page.Find(".practice").Length(); n != 1 {
		t.Errorf("%d practices, want the one that was asked for", n)
	}
	row := got.page.Find("#p-r2")
	if value := row.Find("[name='status.r2']:checked").AttrOr("value", ""); value != "partial" {
		t.Errorf("status %q, want partial", value)
	}
	if value := row.Find("[name='version.r2']").AttrOr("value", ""); value != strconv.Itoa(a.state(id).State.Answer("r2").Version) {
		t.Errorf("version %q is not the stored one", value)
	}
	if note := row.Find("textarea[name='note.r2']").Text(); note != "Look <again>" {
		t.Errorf("note %q", note)
	}
	if mark := strings.Join(strings.Fields(row.Find(".save-news").Text()), " "); mark != "Tomás Lindqvist chose this, 12 s ago" {
		t.Errorf("the mark says %q", mark)
	}
	for _, part := range []string{"#rail", "#rest", "#picture", "#foot-now", "#count-tradeoffs", "#say"} {
		if got.page.Find(part).Length() != 1 {
			t.Errorf("no %s", part)
		}
	}
	if mine := b.get(page + "/changes?practice=r1"); mine.page.Find(".save-news").Length() != 0 || mine.page.Find("#say").Length() != 0 {
		t.Error("a person's own answer is news to them")
	}
	if got := b.get("/assessments/" + id + "/principles/nothing/changes"); got.status != http.StatusNotFound {
		t.Errorf("an unknown principle: status %d, want 404", got.status)
	}
	if got := a.browser().do(http.MethodGet, page+"/changes", nil, http.Header{"Hx-Request": {"true"}}); got.status != http.StatusUnauthorized {
		t.Errorf("nobody signed in: status %d, want 401", got.status)
	}
}

func TestWhichPagesListen(t *testing.T) {
	a := newApp(t)
	b, id := a.signedIn(), a.newSmallAssessment().ID
	at := "/assessments/" + id
	for path, want := range map[string]string{
		at:                     at + "/events",
		at + "/tradeoffs":      at + "/events",
		at + "/plan":           at + "/events",
		at + "/principles/rel": at + "/events?at=rel",
		"/":                    "",
	} {
		news := b.get(path).page.Find("#news")
		if news.Length() != 1 || news.AttrOr("data-stream", "") != want {
			t.Errorf("%s listens to %q, want %q", path, news.AttrOr("data-stream", ""), want)
		}
	}
	for _, path := range []string{at + "/snapshots", at + "/reports", at + "/compare", "/account", "/?archived=1"} {
		if b.get(path).page.Find("#news, script[src*=live]").Length() != 0 {
			t.Errorf("%s listens", path)
		}
	}
}

func TestStateOfThePortfolio(t *testing.T) {
	a := newApp(t)
	b, id := a.signedIn(), a.newSmallAssessment().ID
	shown := b.get("/").page.Find("#news").AttrOr("data-seen", "")
	if now := b.get("/?q=nothing").page.Find("#news").AttrOr("data-seen", ""); now != shown || shown == "" {
		t.Errorf("a filter makes %q of %q", now, shown)
	}
	if now := b.get("/portfolio/state").body; now != shown {
		t.Errorf("asked: %q, shown: %q", now, shown)
	}
	a.answer(id, "r2", assessment.Partial)
	if now := b.get("/portfolio/state").body; now == shown {
		t.Error("a change makes no difference")
	}
	if got := a.browser().do(http.MethodGet, "/portfolio/state", nil, http.Header{"Hx-Request": {"true"}}); got.status != http.StatusUnauthorized {
		t.Errorf("nobody signed in: status %d, want 401", got.status)
	}
}
