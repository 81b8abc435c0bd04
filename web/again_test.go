package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/web"
)

// failingStore is a store that cannot write.
type failingStore struct {
	web.Store
	code assessment.Code
}

func (f *failingStore) SaveAnswer(ctx context.Context, actor assessment.Actor, id string, save assessment.SaveAnswer) (*assessment.Current, error) {
	if f.code != "" {
		return nil, assessment.Errorf(f.code, "The disk does not answer")
	}
	return f.Store.SaveAnswer(ctx, actor, id, save)
}

func (f *failingStore) RecordRefusedSignIn(context.Context, string, string) error {
	return assessment.Errorf(f.code, "The disk does not answer")
}

// onFailing serves the application of a on a store that cannot write.
func (a *app) onFailing(code assessment.Code) *failingStore {
	a.t.Helper()
	store := &failingStore{a.store, code}
	handler, err := web.New(web.Options{Store: store, SessionKey: sessionKey, Insecure: true, Unlimited: true})
	if err != nil {
		a.t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	a.t.Cleanup(a.server.Close)
	return store
}

// sentAgain returns the form that a page of an error offers to send again.
func sentAgain(page *goquery.Document) (action string, fields url.Values) {
	form := page.Find("main form")
	fields = url.Values{}
	form.Find("input").Each(func(_ int, input *goquery.Selection) {
		fields.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return form.AttrOr("action", ""), fields
}

func TestWhatWasTypedIsSentAgain(t *testing.T) {
	for code, want := range map[assessment.Code]int{
		assessment.Unavailable: http.StatusServiceUnavailable,
		assessment.NoSpace:     http.StatusInsufficientStorage,
		assessment.Internal:    http.StatusInternalServerError,
	} {
		t.Run(http.StatusText(want), func(t *testing.T) {
			a := newApp(t)
			id := a.newSmallAssessment().ID
			store := a.onFailing(code)
			b := a.signedInAs(a.actor().User)
			typed := oneAnswer(map[string]string{"note.r2": "Line one\n\"two\" <b>&amp; שלום 🙂", "evidence_url.r2": "https://example.com/x"})
			typed.Add("evidence_url.r2", "https://example.com/y")
			got := b.post("/assessments/"+id+"/answers/r2?x=1", typed)
			action, fields := sentAgain(got.page)
			if got.status != want || action != "/assessments/"+id+"/answers/r2?x=1" || fields.Encode() != typed.Encode() {
				t.Fatalf("status %d, %s with %v; want %d with what was typed", got.status, action, fields, want)
			}
			store.code = ""
			if got := b.post(action, fields); got.status != http.StatusSeeOther {
				t.Errorf("sent again: status %d", got.status)
			}
			if stored := a.state(id).State.Answer("r2"); stored.Note != typed.Get("note.r2") || len(stored.Evidence) != 2 {
				t.Errorf("stored %+v", stored)
			}
		})
	}
}

func TestNoPasswordIsSentAgain(t *testing.T) {
	a := newApp(t)
	a.onFailing(assessment.Unavailable)
	got := a.browser().post("/login", url.Values{"email": {testEmail}, "password": {"wrong wrong wrong"}})
	if got.status != http.StatusServiceUnavailable || got.page.Find("main form").Length() != 0 {
		t.Errorf("status %d with %d forms, want 503 without one", got.status, got.page.Find("main form").Length())
	}
}

// TestCrowdedSignIn signs in while all turns to check a password are taken.
func TestCrowdedSignIn(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	free := handler.OccupyHashing(t)
	form := url.Values{"email": {testEmail}, "password": {testPassword}}
	got := a.browser().post("/login", form)
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || got.page.Find("#email").AttrOr("value", "") != testEmail {
		t.Errorf("status %d, %s", got.status, got.page.Find("main").Text())
	}
	free()
	if got := a.browser().post("/login", form); got.status != http.StatusSeeOther {
		t.Errorf("afterwards: status %d", got.status)
	}
}
