package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// asked is a request of a person, with a body.
func asked(ctx context.Context, person, body string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(body))
	return r.WithContext(WithVisitor(r.Context(), &Visitor{Actor: access.Actor{User: access.User{ID: person}}}))
}

// TestHeavyWorkIsBounded holds one piece of work for a person and a few for all: more wait a little and are refused, and
// all of it ends with its time or its client.
func TestHeavyWorkIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, release := &Kit{heavy: newHeavyWork()}, make(chan struct{})
		handler := k.Heavy(func(w http.ResponseWriter, r *http.Request) error {
			select {
			case <-release:
				w.WriteHeader(http.StatusCreated)
				_, err := io.Copy(w, r.Body)
				return err
			case <-r.Context().Done():
				return r.Context().Err()
			}
		})
		done := make(chan error, 10)
		start := func(ctx context.Context, person string) {
			go func() {
				w := httptest.NewRecorder()
				err := handler(w, asked(ctx, person, "the file"))
				if err == nil && (w.Code != http.StatusCreated || w.Body.String() != "the file") {
					err = errors.New("the answer is another: " + w.Body.String())
				}
				done <- err
			}()
			synctest.Wait()
		}
		start(t.Context(), "ines")
		start(t.Context(), "ines")
		time.Sleep(heavyPatience)
		if err := <-done; assessment.CodeOf(err) != assessment.TooMany {
			t.Errorf("a second one of a person: %v, want %v", err, errHeavyOwn)
		}
		for i := range HeavyAtOnce {
			start(t.Context(), fmt.Sprint("person ", i))
		}
		time.Sleep(heavyPatience)
		if err := <-done; !errors.Is(err, errHeavyBusy) {
			t.Errorf("one more person: %v, want %v", err, errHeavyBusy)
		}
		close(release)
		for range HeavyAtOnce {
			if err := <-done; err != nil {
				t.Errorf("one that was let in: %v", err)
			}
		}
		release = make(chan struct{})
		start(t.Context(), "ines")
		time.Sleep(heavyTime)
		if err := <-done; !errors.Is(err, errHeavyLong) {
			t.Errorf("one that takes too long: %v, want %v", err, errHeavyLong)
		}
		ctx, leave := context.WithCancel(t.Context())
		start(ctx, "ines")
		leave()
		if err := <-done; !Gone(ctx, err) {
			t.Errorf("one whose client has gone: %v", err)
		}
		if len(k.heavy.people) > 0 {
			t.Errorf("%d people are remembered who have nothing to do", len(k.heavy.people))
		}
	})
}

// slowReader looks at the memory of the server when the answer begins to come.
type slowReader struct {
	*httptest.ResponseRecorder
	held uint64
	got  int
}

func (r *slowReader) Write(part []byte) (int, error) {
	if r.got == 0 {
		r.held = inUse()
	}
	r.got += len(part)
	return len(part), nil
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestLargeAnswersWaitOutsideMemory makes an answer that its reader fetches slowly.
func TestLargeAnswersWaitOutsideMemory(t *testing.T) {
	const size = 32 << 20
	k, w, before := &Kit{heavy: newHeavyWork()}, &slowReader{ResponseRecorder: httptest.NewRecorder()}, inUse()
	err := k.Heavy(func(w http.ResponseWriter, _ *http.Request) error {
		part := make([]byte, size/32)
		for range 32 {
			_, _ = w.Write(part)
		}
		return nil
	})(w, asked(t.Context(), "ines", ""))
	if err != nil || w.got != size {
		t.Fatalf("%d bytes, %v", w.got, err)
	}
	if w.held > before+size/4 {
		t.Errorf("%d KB are held while it is read", (w.held-before)>>10)
	}
}
