package live_test

import (
	"bufio"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web"
	"plumbline/web/webtest"
)

func TestChangesArriveInOrder(t *testing.T) {
	a := webtest.NewApp(t)
	b, id := a.SignedIn(), a.NewSmallAssessment().ID
	l := b.Listen("/assessments/"+id+"/events?at=rel", nil)
	if got := l.Response; got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "text/event-stream" || got.Header.Get("Cache-Control") != "no-store" ||
		got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("status %d, %v", got.StatusCode, got.Header)
	}
	start := a.State(id).State.Sequence
	for _, status := range []string{"absent", "partial", "adopted"} {
		version := strconv.Itoa(a.State(id).State.Answer("r2").Version)
		b.Live("/assessments/"+id+"/answers/r2", map[string][]string{"version.r2": {version}, "status.r2": {status}})
	}
	for n := range int64(3) {
		got := l.Until("change")
		want := webtest.Message{Event: "change", ID: strconv.FormatInt(start+n+1, 10), Data: `{"kind":"answer.saved","subject":"r2","by":"Ines Okafor"}`}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestChangesOfAnotherInstanceArrive(t *testing.T) {
	a := webtest.NewApp(t)
	other, _ := a.Streaming(web.Options{Poll: time.Millisecond}, webtest.AsItIs)
	id := a.NewSmallAssessment().ID
	l := other.SignedIn().Listen("/assessments/"+id+"/events", nil)
	start := a.State(id).State.Sequence
	a.Saves(a.Actor(), id, "r2", assessment.Answer{Status: assessment.Absent})
	a.Saves(a.Colleague(), id, "c2", assessment.Answer{Status: assessment.Adopted})
	if got, want := l.Ids(2), webtest.NumbersFrom(start+1, start+2); !slices.Equal(got, want) {
		t.Errorf("ids %v, want %v", got, want)
	}
}

// TestNothingIsMissed cuts the stream, changes things while nobody serves, and comes back to a new server.
func TestNothingIsMissed(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	by := a.Colleague()
	start := a.State(id).State.Sequence
	save := func(times int) {
		for n := range times {
			a.Saves(by, id, "r2", assessment.Answer{Status: assessment.Partial, Note: "Note " + strconv.Itoa(n)})
		}
		a.Saves(by, id, "r2", assessment.Answer{Status: assessment.Absent})
	}
	var got []string
	first, handler := a.Streaming(web.Options{Poll: time.Millisecond}, webtest.AsItIs)
	l := first.SignedIn().Listen("/assessments/"+id+"/events", nil)
	save(4)
	got = append(got, l.Ids(5)...)
	handler.EndStreams()
	l.Ended()
	first.Server.Close()
	save(29)

	second, _ := a.Streaming(web.Options{Poll: time.Millisecond}, webtest.AsItIs)
	b := second.SignedIn()
	path := "/assessments/" + id + "/events?after=0"
	l = b.Listen(path, http.Header{"Last-Event-Id": {got[len(got)-1]}})
	got = append(got, l.Ids(30)...)
	save(9)
	got = append(got, l.Ids(10)...)
	if want := webtest.NumbersFrom(start+1, start+45); !slices.Equal(got, want) {
		t.Errorf("ids %v, want %v", got, want)
	}
	if got, want := b.Listen(path, nil).Ids(int(start)+45), webtest.NumbersFrom(1, start+45); !slices.Equal(got, want) {
		t.Errorf("from the beginning: %v, want %v", got, want)
	}
	for _, odd := range []string{"-1", "x", "", "99999999999999999999", "1e3", strconv.FormatInt(start+46, 10)} {
		l := b.Listen("/assessments/"+id+"/events", http.Header{"Last-Event-Id": {odd}})
		if l.Response.StatusCode != http.StatusOK {
			t.Errorf("Last-Event-ID %q: status %d", odd, l.Response.StatusCode)
		}
		l.Stop()
	}
}

func TestWhoMayListen(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	path := "/assessments/" + id + "/events"
	stranger, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: "eve@example.com", Name: "Eve"})
	if err != nil {
		t.Fatal(err)
	}
	viewer, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: "vera@example.com", Name: "Vera"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, viewer.ID, a.Actor().Memberships[0].Team.ID, access.Viewer); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		browser *webtest.Browser
		path    string
		want    int
	}{
		"nobody":          {a.Browser(), path, http.StatusUnauthorized},
		"another team":    {a.SignedInAs(stranger), path, http.StatusNotFound},
		"viewer":          {a.SignedInAs(viewer), path, http.StatusOK},
		"no assessment":   {a.SignedIn(), "/assessments/nothing/events", http.StatusNotFound},
		"no such page":    {a.SignedIn(), path + "?at=nothing&after=x", http.StatusOK},
		"a page of ids\n": {a.SignedIn(), path + "?at=%00%0A", http.StatusOK},
	} {
		l := one.browser.Listen(one.path, nil)
		if l.Response.StatusCode != one.want {
			t.Errorf("%s: status %d, want %d", name, l.Response.StatusCode, one.want)
		}
		l.Stop()
	}
}

// TestStreamOutlivesTheLimits listens for longer than any other request may take to be read or answered.
func TestStreamOutlivesTheLimits(t *testing.T) {
	const limit = 500 * time.Millisecond
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	short, _ := a.Streaming(web.Options{Heartbeat: limit / 20}, func(s *http.Server) { s.ReadTimeout, s.WriteTimeout = limit, limit })
	l := short.SignedIn().Listen("/assessments/"+id+"/events", nil)
	for start := time.Now(); time.Since(start) < 2*limit; {
		l.Until("beat")
	}
}

func TestShutdownEndsStreams(t *testing.T) {
	const many = 100
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	second, _ := a.Streaming(web.Options{}, webtest.AsItIs)
	var open []*webtest.Listening
	for n := range many {
		user, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: strconv.Itoa(n) + "@example.com", Name: "Reader"})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Store.SetMembership(t.Context(), access.Actor{}, user.ID, a.Actor().Memberships[0].Team.ID, access.Viewer); err != nil {
			t.Fatal(err)
		}
		l := second.SignedInAs(user).Listen("/assessments/"+id+"/events", nil)
		if l.Response.StatusCode != http.StatusOK {
			t.Fatalf("stream %d: status %d", n, l.Response.StatusCode)
		}
		open = append(open, l)
	}
	if err := second.Server.Config.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, l := range open {
		l.Ended()
	}
}

func TestTooManyStreams(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	for range 8 {
		b.Listen("/assessments/"+id+"/events", nil)
	}
	got := b.Listen("/assessments/"+id+"/events", nil).Response
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("status %d, Retry-After %q", got.StatusCode, got.Header.Get("Retry-After"))
	}
}

func TestPresence(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	team := a.Actor().Memberships[0].Team.ID
	tomas := a.Colleague().User
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, tomas.ID, team, access.Architect); err != nil {
		t.Fatal(err)
	}
	second, _ := a.Streaming(web.Options{Poll: time.Millisecond}, webtest.AsItIs)
	ines := second.SignedIn().Listen("/assessments/"+id+"/events?at=rel", nil)
	here := second.SignedInAs(tomas).Listen("/assessments/"+id+"/events?at=rel", nil)
	if got, want := ines.Until("here").Data, `[{"name":"Tomás Lindqvist","where":"on this page"}]`; got != want {
		t.Errorf("present: %s, want %s", got, want)
	}
	if got, want := here.Until("here"), (webtest.Message{Event: "here", Data: `[{"name":"Ines Okafor","where":"on this page"}]`}); got != want {
		t.Errorf("present for the other: %+v, want %+v", got, want)
	}
	here.Stop()
	if got := ines.Until("here").Data; got != "[]" {
		t.Errorf("after the other has gone: %s, want []", got)
	}
}

// TestStreamIsLogged: one line when a stream ends, like for every request.
func TestStreamIsLogged(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	read, write := io.Pipe()
	defer func() { _ = read.Close() }()
	second, handler := a.Streaming(web.Options{Logger: slog.New(slog.NewTextHandler(write, nil))}, webtest.AsItIs)
	l := second.SignedIn().Listen("/assessments/"+id+"/events?at=rel", nil)
	if l.Response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", l.Response.StatusCode)
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
	a := webtest.NewApp(t)
	b, id := a.SignedIn(), a.NewSmallAssessment().ID
	a.Saves(a.Colleague(), id, "r2", assessment.Answer{Status: assessment.Partial, Note: "Look <again>"})
	a.Advance(12 * time.Second)
	page := "/assessments/" + id + "/principles/rel"
	got := b.Get(page + "/changes?practice=r2&practice=nothing&was_pillar=x")
	if got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	if n := got.Page.Find(".practice").Length(); n != 1 {
		t.Errorf("%d practices, want the one that was asked for", n)
	}
	row := got.Page.Find("#p-r2")
	if value := row.Find("[name='status.r2']:checked").AttrOr("value", ""); value != "partial" {
		t.Errorf("status %q, want partial", value)
	}
	if value := row.Find("[name='version.r2']").AttrOr("value", ""); value != strconv.Itoa(a.State(id).State.Answer("r2").Version) {
		t.Errorf("version %q is not the stored one", value)
	}
	if note := row.Find("textarea[name='note.r2']").Text(); note != "Look <again>" {
		t.Errorf("note %q", note)
	}
	if mark := strings.Join(strings.Fields(row.Find(".save-news").Text()), " "); mark != "Changed by Tomás Lindqvist 12 s ago" {
		t.Errorf("the mark says %q", mark)
	}
	for _, part := range []string{"#rail", "#rest", "#picture", "#foot-now", "#count-tradeoffs", "#say"} {
		if got.Page.Find(part).Length() != 1 {
			t.Errorf("no %s", part)
		}
	}
	if mine := b.Get(page + "/changes?practice=r1"); mine.Page.Find(".save-news").Length() != 0 || mine.Page.Find("#say").Length() != 0 {
		t.Error("a person's own answer is news to them")
	}
	if got := b.Get("/assessments/" + id + "/principles/nothing/changes"); got.Status != http.StatusNotFound {
		t.Errorf("an unknown principle: status %d, want 404", got.Status)
	}
	if got := a.Browser().Do(http.MethodGet, page+"/changes", nil, http.Header{"Hx-Request": {"true"}}); got.Status != http.StatusUnauthorized {
		t.Errorf("nobody signed in: status %d, want 401", got.Status)
	}
}

func TestWhichPagesListen(t *testing.T) {
	a := webtest.NewApp(t)
	b, id := a.SignedIn(), a.NewSmallAssessment().ID
	at := "/assessments/" + id
	for path, want := range map[string]string{
		at:                     at + "/events",
		at + "/tradeoffs":      at + "/events",
		at + "/plan":           at + "/events",
		at + "/principles/rel": at + "/events?at=rel",
		"/":                    "",
	} {
		news := b.Get(path).Page.Find("#news")
		if news.Length() != 1 || news.AttrOr("data-stream", "") != want {
			t.Errorf("%s listens to %q, want %q", path, news.AttrOr("data-stream", ""), want)
		}
	}
	for _, path := range []string{at + "/snapshots", at + "/reports", at + "/compare", "/account", "/?archived=1"} {
		if b.Get(path).Page.Find("#news, script[src*=live]").Length() != 0 {
			t.Errorf("%s listens", path)
		}
	}
}

func TestStateOfThePortfolio(t *testing.T) {
	a := webtest.NewApp(t)
	b, id := a.SignedIn(), a.NewSmallAssessment().ID
	shown := b.Get("/").Page.Find("#news").AttrOr("data-seen", "")
	if now := b.Get("/?q=nothing").Page.Find("#news").AttrOr("data-seen", ""); now != shown || shown == "" {
		t.Errorf("a filter makes %q of %q", now, shown)
	}
	if now := b.Get("/portfolio/state").Body; now != shown {
		t.Errorf("asked: %q, shown: %q", now, shown)
	}
	a.Answer(id, "r2", assessment.Partial)
	if now := b.Get("/portfolio/state").Body; now == shown {
		t.Error("a change makes no difference")
	}
	if got := a.Browser().Do(http.MethodGet, "/portfolio/state", nil, http.Header{"Hx-Request": {"true"}}); got.Status != http.StatusUnauthorized {
		t.Errorf("nobody signed in: status %d, want 401", got.Status)
	}
}
