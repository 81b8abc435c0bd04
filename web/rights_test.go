package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
)

// demote makes an architect of a lead.
func (c *company) demote(person assessment.Actor) {
	c.t.Helper()
	if err := c.store.SetMembership(context.Background(), person.User.ID, c.things["team"], assessment.Architect); err != nil {
		c.t.Fatal(err)
	}
}

// TestRightsThatChangeRenewTheSession lets somebody else change the rights of a person who is signed in: the next
// request brings another id, and the old one is worth nothing.
func TestRightsThatChangeRenewTheSession(t *testing.T) {
	c := newCompany(t)
	person, other := c.people[lead], c.otherTeam("Search").Workload.Team
	for _, change := range []struct {
		name string
		do   func(ctx context.Context) error
		same bool
	}{
		{"a lower role", func(ctx context.Context) error {
			return c.store.SetMembership(ctx, person.User.ID, c.things["team"], assessment.Viewer)
		}, false},
		{"a higher role", func(ctx context.Context) error {
			return c.store.ChangeMember(ctx, c.people[admin], c.things["team"], person.User.ID, assessment.Viewer, assessment.Lead)
		}, false},
		{"the same role", func(ctx context.Context) error {
			return c.store.SetMembership(ctx, person.User.ID, c.things["team"], assessment.Lead)
		}, true},
		{"another team", func(ctx context.Context) error {
			return c.store.SetMembership(ctx, person.User.ID, other, assessment.Viewer)
		}, false},
		{"an administrator", func(ctx context.Context) error {
			return c.store.SetAdmin(ctx, c.people[admin], person.User.ID, true)
		}, false},
		{"an administrator no more", func(ctx context.Context) error {
			return c.store.SetAdmin(ctx, c.people[admin], person.User.ID, false)
		}, false},
		{"another name", func(ctx context.Context) error { return c.store.SetProfile(ctx, person.User.ID, "Mei T.", "") }, true},
		{"somebody else's role", func(ctx context.Context) error {
			return c.store.SetMembership(ctx, c.people[viewer].User.ID, other, assessment.Viewer)
		}, true},
		{"out of the team", func(ctx context.Context) error {
			return c.store.SetMembership(ctx, person.User.ID, c.things["team"], "")
		}, false},
	} {
		t.Run(change.name, func(t *testing.T) {
			b := c.signedInAs(person.User)
			before := b.cookie()
			if err := change.do(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := b.get(templates.AccountURL); got.status != http.StatusOK {
				t.Errorf("the next request: status %d, want 200", got.status)
			}
			after := b.cookie()
			if (before == after) != change.same {
				t.Errorf("the id is the same: %t, want %t", before == after, change.same)
			}
			if got := b.get(templates.AccountURL); got.status != http.StatusOK || b.cookie() != after {
				t.Errorf("the request after that: status %d, the id is the same: %t", got.status, b.cookie() == after)
			}
			want := http.StatusSeeOther
			if change.same {
				want = http.StatusOK
			}
			old := http.Header{"Cookie": {before}}
			if got := c.browser().do(http.MethodGet, templates.AccountURL, nil, old); got.status != want {
				t.Errorf("the old id: status %d, want %d", got.status, want)
			}
		})
	}
}

// TestBarredAndBackNeedsASignIn: an account that is let in again begins with no session.
func TestBarredAndBackNeedsASignIn(t *testing.T) {
	c := newCompany(t)
	b, person := c.browsers[lead], c.people[lead].User.ID
	for _, barred := range []bool{true, false} {
		if err := c.store.SetUserDisabled(t.Context(), person, barred); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.get(templates.AccountURL); got.status != http.StatusSeeOther {
		t.Errorf("status %d, want 303 to the sign-in page", got.status)
	}
}

// TestAutosaveRenewsTheSession saves an answer with the first request after a change of rights: it is stored, and the
// browser has the new id.
func TestAutosaveRenewsTheSession(t *testing.T) {
	c := newCompany(t)
	b, form := c.browsers[lead], c.answerForm()
	before := b.cookie()
	c.demote(c.people[lead])
	if got := b.live(templates.AnswerURL(c.things["assessment"], c.things["practice"]), form); got.status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.status)
	}
	if got := c.state(c.things["assessment"]).State.Answer(c.things["practice"]).Answer.Status; got != assessment.Partial {
		t.Errorf("stored is %q, want %q", got, assessment.Partial)
	}
	if b.cookie() == before {
		t.Error("the id is the old one")
	}
	form = c.answerForm()
	form.Set("status."+c.things["practice"], "adopted")
	if got := b.live(templates.AnswerURL(c.things["assessment"], c.things["practice"]), form); got.status != http.StatusOK {
		t.Errorf("with the new id: status %d, want 200", got.status)
	}
}

// TestStreamRenewsTheSession begins a stream with the first request after a change of rights; a stream of the old id
// ends, and the page comes back with the new one.
func TestStreamRenewsTheSession(t *testing.T) {
	c := newCompany(t)
	second, _ := c.streaming(web.Options{Heartbeat: time.Millisecond}, asItIs)
	b := second.signedInAs(c.people[lead].User)
	path := templates.EventsURL(c.things["assessment"], "")
	old := b.listen(path, nil)
	old.until("beat")
	before := b.cookie()
	c.demote(c.people[lead])
	old.until("beat")
	renewed := b.listen(path, nil)
	if renewed.response.StatusCode != http.StatusOK || b.cookie() == before {
		t.Errorf("status %d, the id is the old one: %t", renewed.response.StatusCode, b.cookie() == before)
	}
	renewed.until("beat")
	old.ended()
}

// TestRenewingWithoutADisk reads a page and saves an answer while the new id of the session cannot be stored.
func TestRenewingWithoutADisk(t *testing.T) {
	c := newCompany(t)
	second := c.over(brokenSessions{c.store})
	b := second.signedInAs(c.people[lead].User)
	before := b.cookie()
	c.demote(c.people[lead])
	if got := b.get(templates.AccountURL); got.status != http.StatusOK || b.cookie() != before {
		t.Errorf("a page: status %d, want 200 and the old id", got.status)
	}
	got := b.live(templates.AnswerURL(c.things["assessment"], c.things["practice"]), c.answerForm())
	if got.status != http.StatusServiceUnavailable {
		t.Errorf("a save: status %d, want 503", got.status)
	}
}

// over returns the same application on another store.
func (a *app) over(store web.Store) *app {
	a.t.Helper()
	handler, err := web.New(web.Options{Store: store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now }, Unlimited: true})
	if err != nil {
		a.t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	a.t.Cleanup(server.Close)
	return &app{t: a.t, folder: a.folder, store: a.store, server: server, now: a.now}
}

// brokenSessions is a store that cannot renew a session.
type brokenSessions struct{ *storage.Store }

func (brokenSessions) RenewSession(context.Context, string, string) error {
	return assessment.Errorf(assessment.Unavailable, "The disk is gone")
}
