package live_test

import (
	"context"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/web"
	"plumbline/web/webtest"
)

// endsWithin is how long a stream may go on for somebody who may not read it any more.
const endsWithin = time.Second

// reader is somebody with a stream that was open before anything happened.
type reader struct {
	user    access.User
	browser *webtest.Browser
	stream  *webtest.Listening
}

func newReader(t *testing.T, a *webtest.App, n int, id string, role access.Role) reader {
	t.Helper()
	user, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: strconv.Itoa(n) + "@example.com", Name: "Mei Tanaka"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, user.ID, a.Team(), role); err != nil {
		t.Fatal(err)
	}
	b := a.SignedInAs(user)
	l := b.Listen("/assessments/"+id+"/events?at=rel", nil)
	if l.Response.StatusCode != 200 {
		t.Fatalf("status %d", l.Response.StatusCode)
	}
	return reader{user, b, l}
}

func wantEnd(t *testing.T, name string, l *webtest.Listening, since time.Time) {
	t.Helper()
	l.Ended()
	if took := time.Since(since); took > endsWithin {
		t.Errorf("%s: the stream ended after %s, want at most %s", name, took, endsWithin)
	}
}

// TestStreamsEndWithTheRightToRead ends each right in each way, beside somebody whose stream has to go on. The signs of
// life come too late to help.
func TestStreamsEndWithTheRightToRead(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	stays := newReader(t, a, 0, id, access.Viewer)
	beside, err := storage.OpenBeside(t.Context(), storage.Options{Folder: a.Folder()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = beside.Close() }()
	ctx, none := t.Context(), access.Actor{}
	ends := []struct {
		name string
		end  func(reader) error
	}{
		{"signed out", func(r reader) error { r.browser.Post("/logout", nil); return nil }},
		{"one session ended", func(r reader) error {
			sessions, err := a.Store.SessionsOf(ctx, r.user.ID)
			if err != nil {
				return err
			}
			return a.Store.EndSession(ctx, none, r.user.ID, sessions[0].ID)
		}},
		{"signed out everywhere", func(r reader) error { return a.Store.DeleteSessionsOf(ctx, none, r.user.ID, "") }},
		{"disabled", func(r reader) error { return a.Store.SetUserDisabled(ctx, none, r.user.ID, true) }},
		{"disabled by a command beside the server", func(r reader) error { return beside.SetUserDisabled(ctx, none, r.user.ID, true) }},
		{"out of the team", func(r reader) error { return a.Store.SetMembership(ctx, none, r.user.ID, a.Team(), "") }},
		{"demoted", func(r reader) error { return a.Store.SetMembership(ctx, none, r.user.ID, a.Team(), access.Viewer) }},
	}
	for n, one := range ends {
		r := newReader(t, a, n+1, id, access.Architect)
		start := time.Now()
		if err := one.end(r); err != nil {
			t.Fatalf("%s: %v", one.name, err)
		}
		wantEnd(t, one.name, r.stream, start)
	}
	a.Answer(id, "r2", "adopted")
	stays.stream.Until("change")

	other, err := a.Store.CreateTeam(ctx, none, "Beta")
	if err != nil {
		t.Fatal(err)
	}
	w := a.State(id).State.Workload
	start := time.Now()
	if _, err := a.Store.MoveWorkload(ctx, none, w.ID, w.Version, other.ID); err != nil {
		t.Fatal(err)
	}
	wantEnd(t, "moved to another team", stays.stream, start)
}

// silent is a store that stops to answer who may read.
type silent struct {
	*storage.Store
	asked chan struct{}
}

func (s silent) Readers(ctx context.Context, _ string, _ []string) (string, map[string]int64, error) {
	select {
	case s.asked <- struct{}{}:
	default:
	}
	<-ctx.Done()
	return "", nil, ctx.Err()
}

func TestStreamsEndWhereTheDatabaseDoesNotAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	asked := make(chan struct{}, 1)
	handler, err := web.New(web.Options{Store: silent{a.Store, asked}, SessionKey: webtest.SessionKey, Insecure: true, Unlimited: true,
		Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	t.Cleanup(handler.EndStreams)
	l := a.SignedIn().Listen("/assessments/"+id+"/events", nil)
	<-asked
	wantEnd(t, "no answer", l, time.Now())
}
