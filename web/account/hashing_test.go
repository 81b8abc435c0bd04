package account

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// taken takes every turn of a queue, and returns how to give them back.
func taken(q *queue) (turns int64, release func()) {
	for q.turns.TryAcquire(1) {
		turns++
	}
	return turns, func() { q.turns.Release(turns) }
}

// TestHashingIsBounded lets everybody wait for somebody who does not finish.
func TestHashingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHashing()
		strangers, release := taken(h.strangers)
		known, _ := taken(h.known)
		if strangers < 1 || known < 1 || strangers+known > mostHashing {
			t.Errorf("%d and %d at once, want at most %d", strangers, known, mostHashing)
		}
		start := time.Now()
		_, err := h.strangers.turn(t.Context(), "a")
		if !errors.Is(err, errCrowded) || page.StatusOf(err) != http.StatusServiceUnavailable || time.Since(start) != hashingPatience {
			t.Errorf("after %v: %v, status %d", time.Since(start), err, page.StatusOf(err))
		}
		gone, quit := context.WithCancel(t.Context())
		quit()
		if _, err := h.strangers.turn(gone, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("somebody who has gone: %v", err)
		}
		release()
		leave, err := h.strangers.turn(t.Context(), "a")
		if err != nil {
			t.Fatalf("afterwards: %v", err)
		}
		leave()
		if len(h.strangers.lanes) != 0 || h.strangers.inside != 0 {
			t.Errorf("%d lanes and %d people are left", len(h.strangers.lanes), h.strangers.inside)
		}
	})
}

// TestLanesAreFair lets a crowd of one network wait before somebody of another, whose turn is next but one.
func TestLanesAreFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(1)
		var order []string
		try := func(lane string) {
			leave, err := q.turn(t.Context(), lane)
			if err != nil {
				t.Errorf("%s: %v", lane, err)
				return
			}
			time.Sleep(100 * time.Millisecond)
			order = append(order, lane)
			leave()
		}
		for range 40 {
			go try("crowd")
		}
		synctest.Wait()
		go try("one")
		synctest.Wait()
		for range mostInLane - 40 {
			go try("crowd")
		}
		synctest.Wait()
		if _, err := q.turn(t.Context(), "crowd"); !errors.Is(err, errCrowded) {
			t.Errorf("one more than a lane takes: %v", err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(order) != mostInLane+1 || order[1] != "one" {
			t.Errorf("%d had their turn, in the order %v", len(order), order)
		}
	})
}

// oneUser is a store with one account, whose password is "correct horse battery".
type oneUser struct {
	Store
	user access.User
}

func (s oneUser) UserByEmail(context.Context, string) (access.User, error)          { return s.user, nil }
func (s oneUser) UserCount(context.Context) (int, error)                            { return 1, nil }
func (s oneUser) CreateSession(context.Context, access.Actor, access.Session) error { return nil }

// TestCrowdedSignIn signs in while all turns to check a password are taken.
func TestCrowdedSignIn(t *testing.T) {
	hash, err := HashPassword("correct horse battery", "Ines", "ines@example.com")
	if err != nil {
		t.Fatal(err)
	}
	kit, err := page.NewKit(page.Options{Logger: slog.New(slog.DiscardHandler), Observer: page.Silent{}, Clock: time.Now, DefaultZone: time.UTC, Insecure: true, SecretKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(kit, oneUser{user: access.User{ID: "ines", Email: "ines@example.com", PasswordHash: hash}}, Options{SessionKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	h.hashing.strangers.patience = time.Nanosecond
	_, release := taken(h.hashing.strangers)
	signIn := func(cookies ...*http.Cookie) *httptest.ResponseRecorder {
		form := strings.NewReader("email=ines%40example.com&password=correct+horse+battery")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, templates.SignInURL, form)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, cookie := range cookies {
			r.AddCookie(cookie)
		}
		w := httptest.NewRecorder()
		h.Handle(h.signIn)(w, r)
		return w
	}
	got := signIn()
	if got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" || !strings.Contains(got.Body.String(), `value="ines@example.com"`) {
		t.Errorf("status %d, %s", got.Code, got.Body)
	}
	before := httptest.NewRecorder()
	if err := h.owners.remember(before, "ines"); err != nil {
		t.Fatal(err)
	}
	if got := signIn(before.Result().Cookies()...); got.Code != http.StatusSeeOther {
		t.Errorf("in a browser in which the person signed in before: status %d", got.Code)
	}
	release()
	h.hashing.strangers.patience = hashingPatience
	if _, err := h.authenticate(httptest.NewRequestWithContext(t.Context(), http.MethodPost, templates.SignInURL, nil), "ines@example.com", "correct horse battery"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
