package account_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

// TestRightsThatChangeRenewTheSession lets somebody else change the rights of a person who is signed in: the next
// request brings another id, and the old one is worth nothing.
func TestRightsThatChangeRenewTheSession(t *testing.T) {
	c := webtest.NewCompany(t)
	person, other := c.People[webtest.Lead], c.OtherTeam("Search").Workload.Team
	for _, change := range []struct {
		name string
		do   func(ctx context.Context) error
		same bool
	}{
		{"a lower role", func(ctx context.Context) error {
			return c.Store.SetMembership(ctx, access.Actor{}, person.User.ID, c.Things["team"], access.Viewer)
		}, false},
		{"a higher role", func(ctx context.Context) error {
			return c.Store.ChangeMember(ctx, c.People[webtest.Admin], c.Things["team"], person.User.ID, access.Viewer, access.Lead)
		}, false},
		{"the same role", func(ctx context.Context) error {
			return c.Store.SetMembership(ctx, access.Actor{}, person.User.ID, c.Things["team"], access.Lead)
		}, true},
		{"another team", func(ctx context.Context) error {
			return c.Store.SetMembership(ctx, access.Actor{}, person.User.ID, other, access.Viewer)
		}, false},
		{"an administrator", func(ctx context.Context) error {
			return c.Store.SetAdmin(ctx, c.People[webtest.Admin], person.User.ID, true)
		}, false},
		{"an administrator no more", func(ctx context.Context) error {
			return c.Store.SetAdmin(ctx, c.People[webtest.Admin], person.User.ID, false)
		}, false},
		{"another name", func(ctx context.Context) error {
			return c.Store.SetProfile(ctx, access.Actor{}, person.User.ID, "Mei T.", "")
		}, true},
		{"somebody else's role", func(ctx context.Context) error {
			return c.Store.SetMembership(ctx, access.Actor{}, c.People[webtest.Viewer].User.ID, other, access.Viewer)
		}, true},
		{"out of the team", func(ctx context.Context) error {
			return c.Store.SetMembership(ctx, access.Actor{}, person.User.ID, c.Things["team"], "")
		}, false},
	} {
		t.Run(change.name, func(t *testing.T) {
			b := c.SignedInAs(person.User)
			before := b.Cookie()
			if err := change.do(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := b.Get(templates.AccountURL); got.Status != http.StatusOK {
				t.Errorf("the next request: status %d, want 200", got.Status)
			}
			after := b.Cookie()
			if (before == after) != change.same {
				t.Errorf("the id is the same: %t, want %t", before == after, change.same)
			}
			if got := b.Get(templates.AccountURL); got.Status != http.StatusOK || b.Cookie() != after {
				t.Errorf("the request after that: status %d, the id is the same: %t", got.Status, b.Cookie() == after)
			}
			want := http.StatusSeeOther
			if change.same {
				want = http.StatusOK
			}
			old := http.Header{"Cookie": {before}}
			if got := c.Browser().Do(http.MethodGet, templates.AccountURL, nil, old); got.Status != want {
				t.Errorf("the old id: status %d, want %d", got.Status, want)
			}
		})
	}
}

// TestBarredAndBackNeedsASignIn: an account that is let in again begins with no session.
func TestBarredAndBackNeedsASignIn(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Lead], c.People[webtest.Lead].User.ID
	for _, barred := range []bool{true, false} {
		if err := c.Store.SetUserDisabled(t.Context(), access.Actor{}, person, barred); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.Get(templates.AccountURL); got.Status != http.StatusSeeOther {
		t.Errorf("status %d, want 303 to the sign-in page", got.Status)
	}
}

// TestAutosaveRenewsTheSession saves an answer with the first request after a change of rights: it is stored, and the
// browser has the new id.
func TestAutosaveRenewsTheSession(t *testing.T) {
	c := webtest.NewCompany(t)
	b, form := c.Browsers[webtest.Lead], c.AnswerForm()
	before := b.Cookie()
	c.Demote(c.People[webtest.Lead])
	if got := b.Live(templates.AnswerURL(c.Things["assessment"], c.Things["practice"]), form); got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	if got := c.State(c.Things["assessment"]).State.Answer(c.Things["practice"]).Answer.Status; got != assessment.Partial {
		t.Errorf("stored is %q, want %q", got, assessment.Partial)
	}
	if b.Cookie() == before {
		t.Error("the id is the old one")
	}
	form = c.AnswerForm()
	form.Set("status."+c.Things["practice"], "adopted")
	if got := b.Live(templates.AnswerURL(c.Things["assessment"], c.Things["practice"]), form); got.Status != http.StatusOK {
		t.Errorf("with the new id: status %d, want 200", got.Status)
	}
}

// TestStreamRenewsTheSession begins a stream with the first request after a change of rights; a stream of the old id
// ends, and the page comes back with the new one.
func TestStreamRenewsTheSession(t *testing.T) {
	c := webtest.NewCompany(t)
	second, _ := c.Streaming(web.Options{Heartbeat: time.Millisecond}, webtest.AsItIs)
	b := second.SignedInAs(c.People[webtest.Lead].User)
	path := templates.EventsURL(c.Things["assessment"], "")
	old := b.Listen(path, nil)
	old.Until("beat")
	before := b.Cookie()
	c.Demote(c.People[webtest.Lead])
	old.Until("beat")
	renewed := b.Listen(path, nil)
	if renewed.Response.StatusCode != http.StatusOK || b.Cookie() == before {
		t.Errorf("status %d, the id is the old one: %t", renewed.Response.StatusCode, b.Cookie() == before)
	}
	renewed.Until("beat")
	old.Ended()
}

// TestRenewingWithoutADisk reads a page and saves an answer while the new id of the session cannot be stored.
func TestRenewingWithoutADisk(t *testing.T) {
	c := webtest.NewCompany(t)
	second := c.Over(brokenSessions{c.Store})
	b := second.SignedInAs(c.People[webtest.Lead].User)
	before := b.Cookie()
	c.Demote(c.People[webtest.Lead])
	if got := b.Get(templates.AccountURL); got.Status != http.StatusOK || b.Cookie() != before {
		t.Errorf("a page: status %d, want 200 and the old id", got.Status)
	}
	got := b.Live(templates.AnswerURL(c.Things["assessment"], c.Things["practice"]), c.AnswerForm())
	if got.Status != http.StatusServiceUnavailable {
		t.Errorf("a save: status %d, want 503", got.Status)
	}
}

// brokenSessions is a store that cannot renew a session.
type brokenSessions struct{ *storage.Store }

func (brokenSessions) RenewSession(context.Context, string, string) error {
	return assessment.Errorf(assessment.Unavailable, "The disk is gone")
}
