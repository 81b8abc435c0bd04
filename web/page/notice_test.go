package page

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func noticeKit(t *testing.T, insecure bool, key string) *Kit {
	t.Helper()
	kit, err := NewKit(Options{Logger: slog.New(slog.DiscardHandler), Clock: time.Now, DefaultZone: time.UTC, Insecure: insecure, SecretKey: []byte(key)})
	if err != nil {
		t.Fatal(err)
	}
	return kit
}

// left returns the cookie that a notice travels in.
func left(t *testing.T, kit *Kit, sentence string) *http.Cookie {
	t.Helper()
	w := httptest.NewRecorder()
	kit.Notify(w, sentence)
	return w.Result().Cookies()[0]
}

// taken returns the notice that a browser with the cookie is shown.
func taken(t *testing.T, kit *Kit, cookie *http.Cookie) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.AddCookie(cookie)
	return kit.TakeNotice(httptest.NewRecorder(), r)
}

func TestNotice(t *testing.T) {
	for insecure, name := range map[bool]string{false: "__Host-notice", true: "notice"} {
		kit := noticeKit(t, insecure, strings.Repeat("k", 32))
		for _, sentence := range []string{"Saved.", strings.Repeat("ü", MaxNotice/2)} {
			cookie := left(t, kit, sentence)
			if cookie.Name != name || cookie.Secure == insecure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("got %+v", cookie)
			}
			if got := taken(t, kit, cookie); got != sentence {
				t.Errorf("got %q", got)
			}
		}
	}
}

// TestForgedNotice shows no sentence that the server did not write.
func TestForgedNotice(t *testing.T) {
	kit := noticeKit(t, false, strings.Repeat("k", 32))
	const lie = "Your password has expired. Set a new one at evil.example."
	for why, cookie := range map[string]*http.Cookie{
		"written by hand":     {Name: "__Host-notice", Value: base64.RawURLEncoding.EncodeToString([]byte(lie))},
		"sealed by another":   left(t, noticeKit(t, false, strings.Repeat("x", 32)), lie),
		"without the prefix":  {Name: "notice", Value: left(t, kit, lie).Value},
		"of another cookie":   {Name: "__Host-notice", Value: left(t, noticeKit(t, true, strings.Repeat("k", 32)), lie).Value},
		"with something else": {Name: "__Host-notice", Value: left(t, kit, lie).Value + "AAAA"},
	} {
		if got := taken(t, kit, cookie); got != "" {
			t.Errorf("%s: %q is shown", why, got)
		}
	}
}
