package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web"
	"plumbline/web/webtest"
)

// slowStore takes a snapshot for as long as its client waits.
type slowStore struct {
	web.Store
	begun chan struct{}
}

func (s slowStore) TakeNewSnapshot(ctx context.Context, _ access.Actor, _, _, _ string) (assessment.SnapshotInfo, bool, error) {
	close(s.begun)
	<-ctx.Done()
	return assessment.SnapshotInfo{}, false, ctx.Err()
}

// TestHeavyRequestsTakeTurns asks for what computes much while the server works on another such request of the person.
func TestHeavyRequestsTakeTurns(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewSmallAssessment()
	snapshot := a.Snapshot(started.ID, "Before")
	store := slowStore{a.Store, make(chan struct{})}
	handler, err := web.New(web.Options{Store: store, SessionKey: webtest.SessionKey, Insecure: true, Unlimited: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	b, program := a.SignedIn(), a.Program(access.ScopeWrite)
	page, of := "/assessments/"+started.ID, "/snapshots/"+snapshot.ID
	ask := func(ctx context.Context, method, path, body string) int {
		request, err := http.NewRequestWithContext(ctx, method, a.Server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0
		}
		client := b.Client
		if strings.HasPrefix(path, webtest.API) {
			client = http.DefaultClient
			request.Header.Set("Authorization", "Bearer "+program.Secret)
			request.Header.Set("Content-Type", "application/json")
		} else {
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		response, err := client.Do(request)
		if err != nil {
			return 0
		}
		defer response.Body.Close()
		return response.StatusCode
	}
	ctx, leave := context.WithCancel(t.Context())
	var slow, rest sync.WaitGroup
	slow.Go(func() { ask(ctx, http.MethodPost, webtest.API+page+"/snapshots", `{"title":"Now"}`) })
	<-store.begun
	for _, one := range []struct{ method, path, body string }{
		{"POST", webtest.API + page + "/snapshots", `{"title":"Again"}`},
		{"GET", webtest.API + page + "/result", ""},
		{"GET", webtest.API + page + "/gate?no_new_high=latest", ""},
		{"GET", webtest.API + page + "/compare?before=" + snapshot.ID, ""},
		{"GET", webtest.API + page + "/answers", ""},
		{"POST", page + "/snapshots", url.Values{"title": {"Again"}, "version": {"1"}}.Encode()},
		{"GET", page + "/findings", ""},
		{"GET", page + "/compare", ""},
		{"GET", page + "/questionnaire", ""},
		{"GET", of, ""},
		{"GET", of + "/answers.csv", ""},
		{"GET", of + "/summary.md", ""},
		{"GET", "/library/" + started.Questionnaire.SHA256, ""},
	} {
		rest.Go(func() {
			if got := ask(t.Context(), one.method, one.path, one.body); got != http.StatusTooManyRequests {
				t.Errorf("%s %s: status %d, want 429", one.method, one.path, got)
			}
		})
	}
	rest.Wait()
	leave()
	slow.Wait()
}
