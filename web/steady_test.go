package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

// TestChangesOfOnePersonAreSteady renames an account all the time. Others, answers and the sign-out are not held up.
func TestChangesOfOnePersonAreSteady(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	id := a.NewSmallAssessment().ID
	b, other := a.SignedIn(), a.SignedInAs(a.Member(a.Team(), "lead").User)
	statuses := map[int]int{}
	for range 200 {
		got := b.Post(templates.AccountURL, url.Values{"do": {"profile"}, "name": {""}})
		statuses[got.Status]++
		if got.Status == http.StatusTooManyRequests && got.Header.Get("Retry-After") == "" {
			t.Fatal("refused without saying when to try again")
		}
	}
	if statuses[http.StatusUnprocessableEntity] < 120 || statuses[http.StatusTooManyRequests] == 0 {
		t.Errorf("statuses %v, want 120 within a minute, and the others refused by rate", statuses)
	}
	if got := other.Post(templates.AccountURL, url.Values{"do": {"profile"}, "name": {""}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("somebody else: status %d", got.Status)
	}
	if got := b.Live(templates.AnswerURL(id, "r2"), url.Values{"version.r2": {"0"}, "status.r2": {string(assessment.Adopted)}}); got.Status != http.StatusOK {
		t.Errorf("an answer: status %d", got.Status)
	}
	for _, path := range []string{templates.SessionURL, templates.SignOutURL} {
		if got := b.Post(path, nil); got.Status >= http.StatusBadRequest {
			t.Errorf("%s: status %d", path, got.Status)
		}
	}
}
