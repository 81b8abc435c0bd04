package live_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/web"
	"plumbline/web/webtest"
)

// unused is a store that says of each session that it was not used for a while.
type unused struct {
	*storage.Store
	touched chan struct{}
}

func (s unused) Session(ctx context.Context, hash string) (access.Session, access.Actor, error) {
	session, actor, err := s.Store.Session(ctx, hash)
	session.SeenAt = session.SeenAt.Add(-5 * time.Minute)
	return session, actor, err
}

func (s unused) TouchSession(context.Context, string, time.Time) error {
	s.touched <- struct{}{}
	return nil
}

func TestAnOpenStreamKeepsTheSession(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	touched := make(chan struct{}, 1000)
	now := a.Now()
	handler, err := web.New(web.Options{Store: unused{a.Store, touched}, SessionKey: webtest.SessionKey, Insecure: true, Unlimited: true,
		Clock: func() time.Time { return now }, Heartbeat: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	t.Cleanup(handler.EndStreams)
	a.SignedIn().Listen("/assessments/"+id+"/events", nil)
	for range 3 { // by opening it, and then by its beats
		select {
		case <-touched:
		case <-time.After(20 * time.Second):
			t.Fatal("the use of the session is not noted")
		}
	}
}
