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

// TestHashingIsBounded lets everybody wait for somebody who does not finish.
func TestHashingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHashing()
		turns := 0
		for h.TryAcquire(1) {
			turns++
		}
		if turns < 1 || turns > mostHashing {
			t.Errorf("%d at once, want at most %d", turns, mostHashing)
		}
		start := time.Now()
		err := h.turn(t.Context())
		if !errors.Is(err, errCrowded) || page.StatusOf(err) != http.StatusServiceUnavailable || time.Since(start) != hashingPatience {
			t.Errorf("after %v: %v, status %d", time.Since(start), err, page.StatusOf(err))
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if err := h.turn(gone); !errors.Is(err, context.Canceled) {
			t.Errorf("somebody who has gone: %v", err)
		}
		h.Release(1)
		if err := h.turn(t.Context()); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// oneUser is a store with one account, whose password is "correct horse battery".
type oneUser struct {
	Store
	user access.User
}

func (s oneUser) UserByEmail(context.Context, string) (access.User, error) { return s.user, nil }
func (s oneUser) UserCount(context.Context) (int, error)                   { return 1, nil }

// TestCrowdedSignIn signs in while all turns to check a password are taken.
func TestCrowdedSignIn(t *testing.T) {
	hash, err := HashPassword("correct horse battery", "Ines", "ines@example.com")
	if err != nil {
		t.Fatal(err)
	}
	kit, err := page.NewKit(page.Options{Logger: slog.New(slog.DiscardHandler), Observer: page.Silent{}, Clock: time.Now, DefaultZone: time.UTC, Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(kit, oneUser{user: access.User{ID: "ines", Email: "ines@example.com", PasswordHash: hash}}, Options{SessionKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	h.hashing.patience = time.Nanosecond
	turns := int64(0)
	for h.hashing.TryAcquire(1) {
		turns++
	}
	signIn := func() *httptest.ResponseRecorder {
		form := strings.NewReader("email=ines%40example.com&password=correct+horse+battery")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, templates.SignInURL, form)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.Handle(h.signIn)(w, r)
		return w
	}
	got := signIn()
	if got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" || !strings.Contains(got.Body.String(), `value="ines@example.com"`) {
		t.Errorf("status %d, %s", got.Code, got.Body)
	}
	h.hashing.Release(turns)
	h.hashing.patience = hashingPatience
	if _, err := h.authenticate(httptest.NewRequestWithContext(t.Context(), http.MethodPost, templates.SignInURL, nil), "ines@example.com", "correct horse battery"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
