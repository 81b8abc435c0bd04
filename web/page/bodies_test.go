package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"plumbline/assessment"
	"plumbline/web/typed"
)

// refusals writes the status of what was refused.
type refusals struct{}

func (refusals) WriteError(w http.ResponseWriter, _ *http.Request, err error) {
	status := StatusOf(err)
	if errors.Is(err, errBodiesBusy) {
		status = http.StatusServiceUnavailable
	}
	w.WriteHeader(status)
}

func (refusals) WriteRefusal(w http.ResponseWriter, _ *http.Request, status int, _ string) {
	w.WriteHeader(status)
}

// TestBodiesAreBounded sends large bodies that come slowly: those of one person and those of strangers take no room from
// others, and small ones wait for none.
func TestBodiesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := &Kit{Options: Options{Logger: slog.New(slog.DiscardHandler)}, bodies: newBodies(), Problems: refusals{}}
		release := make(chan struct{})
		handler := k.Bounded(MaxPage, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-release
			_, _ = io.Copy(io.Discard, r.Body)
		}))
		done := make(chan int, 200)
		send := func(person string, size int) {
			r := asked(t.Context(), person, "a")
			if person == "" {
				r = httptest.NewRequest(http.MethodPost, "/", r.Body)
			}
			r.ContentLength = int64(size)
			r.URL.Path = APIPrefix
			go func() {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				done <- w.Code
			}()
			synctest.Wait()
		}
		refused := func(what string, want ...int) {
			t.Helper()
			time.Sleep(2 * heavyPatience)
			synctest.Wait()
			for _, status := range want {
				select {
				case got := <-done:
					if got != status {
						t.Errorf("%s: status %d, want %d", what, got, status)
					}
				default:
					t.Errorf("%s: not refused", what)
				}
			}
			if len(done) > 0 {
				t.Errorf("%s: %d more were refused", what, len(done))
			}
		}
		for range 3 {
			send("ines", MaxPage)
		}
		refused("the third of a person", http.StatusTooManyRequests)
		for range 3 {
			send("mei", MaxPage)
		}
		refused("another person", http.StatusTooManyRequests)
		send("ana", MaxForm)
		refused("no room for all", http.StatusServiceUnavailable)
		for range bodiesOfUnknown/typed.MaxCarried + 1 {
			send("", MaxPage)
		}
		refused("strangers", http.StatusServiceUnavailable)
		for _, person := range []string{"ana", "mei", ""} {
			send(person, smallBody)
		}
		refused("small ones")
		close(release)
		synctest.Wait()
		for len(done) > 0 {
			if got := <-done; got != http.StatusOK {
				t.Errorf("one that was let in: status %d", got)
			}
		}
		if len(k.bodies.people) > 0 {
			t.Errorf("%d people are remembered who send nothing", len(k.bodies.people))
		}
		release = make(chan struct{})
		close(release)
		send("ana", MaxPage)
		if got := <-done; got != http.StatusOK {
			t.Errorf("after that: status %d", got)
		}
	})
}

// leaving is a sign-in page whose reader goes away.
type leaving struct{}

func (leaving) AskToSignIn(_ http.ResponseWriter, r *http.Request, _ string) error {
	return fmt.Errorf("render the page: %w", r.Context().Err())
}

// TestClientGoesWhileItIsAskedToSignIn leaves in the middle of a form without a session: that is no fault of the server.
func TestClientGoesWhileItIsAskedToSignIn(t *testing.T) {
	var log bytes.Buffer
	k := &Kit{Options: Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, Entrance: leaving{}}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	k.Fail(w, httptest.NewRequestWithContext(ctx, http.MethodPost, "/", nil), assessment.Errorf(assessment.Unauthenticated, "Sign in first"))
	if w.Code != statusGone || strings.Contains(log.String(), "ERROR") || !strings.Contains(log.String(), "abandoned") {
		t.Errorf("status %d, logged %s", w.Code, log.String())
	}
}
