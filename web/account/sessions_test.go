package account_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

func TestSessionEnds(t *testing.T) {
	tests := []struct {
		name string
		end  func(a *webtest.App, b *webtest.Browser, user access.User) error
	}{
		{"sign out", func(_ *webtest.App, b *webtest.Browser, _ access.User) error {
			b.Post("/logout", url.Values{})
			return nil
		}},
		{"password changed", func(a *webtest.App, _ *webtest.Browser, u access.User) error {
			return a.Store.SetPassword(context.Background(), access.Actor{}, u.ID, u.PasswordHash)
		}},
		{"account disabled", func(a *webtest.App, _ *webtest.Browser, u access.User) error {
			return a.Store.SetUserDisabled(context.Background(), access.Actor{}, u.ID, true)
		}},
		{"30 minutes of inactivity", func(a *webtest.App, _ *webtest.Browser, _ access.User) error {
			a.Advance(access.IdleLimit + time.Second)
			return nil
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := webtest.NewApp(t)
			b := a.SignedIn()
			address, err := url.Parse(a.Server.URL)
			if err != nil {
				t.Fatal(err)
			}
			cookies := b.Client.Jar.Cookies(address)
			user, err := a.Store.UserByEmail(context.Background(), webtest.TestEmail)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.end(a, b, user); err != nil {
				t.Fatal(err)
			}
			replay := a.Browser()
			replay.Client.Jar.SetCookies(address, cookies)
			for range 10 {
				if got := replay.Get("/account"); got.Status != http.StatusSeeOther {
					t.Fatalf("the old cookie is accepted: status %d", got.Status)
				}
			}
		})
	}
}

func TestSavingProlongsTheSession(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for range 3 {
		a.Advance(20 * time.Minute)
		if got := b.Post("/account", url.Values{"do": {"profile"}, "name": {"Ines O."}}); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d", got.Status)
		}
	}
	a.Advance(12 * time.Hour)
	if got := b.Get("/account"); got.Status != http.StatusSeeOther {
		t.Errorf("a session older than 12 hours: status %d", got.Status)
	}
}

func TestReadingProlongsTheSession(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for range 100 { // a page every 25 seconds, which is more often than that is noted
		a.Advance(25 * time.Second)
		if got := b.Get("/account"); got.Status != http.StatusOK {
			t.Fatalf("status %d", got.Status)
		}
	}
	a.Advance(28*time.Minute + 30*time.Second)
	before := a.Contents()
	var left struct {
		Left  int
		Final bool
	}
	asked := b.Get(templates.SessionURL)
	if err := json.Unmarshal([]byte(asked.Body), &left); err != nil || left.Left < 30 || left.Left > 90 || left.Final {
		t.Errorf("%s, %v; want one minute, more or less", asked.Body, err)
	}
	a.Untouched(before, "asking when the session ends")
	kept := b.Post(templates.SessionURL, url.Values{})
	if err := json.Unmarshal([]byte(kept.Body), &left); err != nil || left.Left != int(access.IdleLimit.Seconds()) {
		t.Errorf("%s, %v; want half an hour", kept.Body, err)
	}
	for range 100 {
		a.Advance(7 * time.Minute)
		if kept = b.Post(templates.SessionURL, url.Values{}); strings.Contains(kept.Body, `"final":true`) {
			break
		}
	}
	if err := json.Unmarshal([]byte(kept.Body), &left); err != nil || !left.Final || left.Left > 30*60 {
		t.Errorf("%s, %v; want the end of the twelve hours", kept.Body, err)
	}
}

// mute is a store that does not note the use of sessions.
type mute struct{ *storage.Store }

func (mute) TouchSession(context.Context, string, time.Time) error {
	return assessment.Errorf(assessment.NoSpace, "The disk is full")
}

func TestPagesAreShownWhereTheUseOfASessionCannotBeNoted(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.Over(mute{a.Store}).SignedIn()
	a.Advance(10 * time.Minute)
	if got := b.Get("/account"); got.Status != http.StatusOK {
		t.Errorf("a page: status %d, want 200", got.Status)
	}
	if got := b.Post("/account", url.Values{"do": {"profile"}, "name": {"Ines"}}); got.Status != http.StatusInsufficientStorage {
		t.Errorf("a save: status %d, want 507", got.Status)
	}
}

func TestForeignCookies(t *testing.T) {
	a := webtest.NewApp(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 4000), "%00", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="} {
		got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + value}})
		if got.Status != http.StatusSeeOther {
			t.Errorf("cookie %.10q: status %d, want 303", value, got.Status)
		}
	}
}

// TestTamperedCookie changes a good cookie at every place.
func TestTamperedCookie(t *testing.T) {
	a := webtest.NewApp(t)
	address, err := url.Parse(a.Server.URL)
	if err != nil {
		t.Fatal(err)
	}
	good := a.SignedIn().Client.Jar.Cookies(address)[0].Value
	meaning, err := base64.URLEncoding.DecodeString(good)
	if err != nil {
		t.Fatal(err)
	}
	for at := range len(good) {
		other := "A"
		if good[at] == 'A' {
			other = "B"
		}
		changed := good[:at] + other + good[at+1:]
		if said, err := base64.URLEncoding.DecodeString(changed); err == nil && bytes.Equal(said, meaning) {
			continue // the last characters have bits that mean nothing
		}
		got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {"sid=" + changed}})
		if got.Status != http.StatusSeeOther {
			t.Errorf("changed at %d: status %d, want 303", at, got.Status)
		}
	}
}

func TestShortSessionKey(t *testing.T) {
	if _, err := web.New(web.Options{SessionKey: make([]byte, 31)}); err == nil {
		t.Error("a key of 31 bytes is accepted")
	}
}

// TestSignOutNeedsNoDisk signs out long after the session was last used, and after a change of rights, while neither can be
// written down.
func TestSignOutNeedsNoDisk(t *testing.T) {
	a := webtest.NewApp(t)
	user, err := a.Store.UserByEmail(t.Context(), webtest.TestEmail)
	if err != nil {
		t.Fatal(err)
	}
	unused, outdated := a.Over(mute{a.Store}).SignedIn(), a.Over(brokenSessions{a.Store}).SignedIn()
	a.Advance(10 * time.Minute)
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, user.ID, a.Team(), access.Viewer); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*webtest.Browser{"not used for a while": unused, "other rights": outdated} {
		cookie := b.Cookie()
		if got := b.Post(templates.SignOutURL, nil); got.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d, want 303", name, got.Status)
		}
		if got := a.Browser().Do(http.MethodGet, "/account", nil, http.Header{"Cookie": {cookie}}); got.Status != http.StatusSeeOther {
			t.Errorf("%s: the session goes on with status %d", name, got.Status)
		}
	}
}
