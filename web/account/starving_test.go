package account_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"plumbline/web"
	"plumbline/web/webtest"
)

// limitedApp is the application with its limits by rate, behind a proxy that says from where people come.
func limitedApp(t *testing.T) *webtest.App {
	t.Helper()
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Proxies: []string{"127.0.0.0/8"},
		Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	return a
}

// signInFrom signs in from an address, and returns the status.
func signInFrom(b *webtest.Browser, address, email, password string) int {
	return b.Do(http.MethodPost, "/login", url.Values{"email": {email}, "password": {password}}, http.Header{"X-Forwarded-For": {address}}).Status
}

// TestManySignInFromOneAddress lets a room of people in, all at the same moment, after two colleagues mistyped.
func TestManySignInFromOneAddress(t *testing.T) {
	a := limitedApp(t)
	for range 2 {
		if got := signInFrom(a.Browser(), "203.0.113.7", webtest.TestEmail, "wrong wrong wrong"); got != http.StatusUnauthorized {
			t.Errorf("a wrong password: status %d", got)
		}
	}
	const people = 40
	statuses := make([]int, people)
	start := time.Now()
	var group sync.WaitGroup
	for n := range people {
		group.Go(func() { statuses[n] = signInFrom(a.Browser(), "203.0.113.7", webtest.TestEmail, webtest.TestPassword) })
	}
	group.Wait()
	for n, status := range statuses {
		if status != http.StatusSeeOther {
			t.Errorf("person %d: status %d, want 303", n, status)
		}
	}
	t.Logf("%d people were in after %v", people, time.Since(start).Round(time.Millisecond))
}

// TestOneAccountFromManyNetworks tries 1,000 wrong passwords on one account from 256 networks. Few are checked, and the
// owner comes in all the while with a browser in which they signed in before.
func TestOneAccountFromManyNetworks(t *testing.T) {
	a := limitedApp(t)
	owner := a.Browser()
	if got := signInFrom(owner, "198.51.100.1", webtest.TestEmail, webtest.TestPassword); got != http.StatusSeeOther {
		t.Fatalf("the first time: status %d", got)
	}
	owner.Post("/logout", url.Values{})
	counts := [4][600]int{}
	var group sync.WaitGroup
	for attacker := range counts {
		group.Go(func() {
			for n := range 250 {
				address := fmt.Sprintf("2001:db8:%x::%x", n%64*4+attacker, n)
				counts[attacker][signInFrom(a.Browser(), address, webtest.TestEmail, "wrong wrong wrong")]++
			}
		})
	}
	var slowest time.Duration
	for range 5 {
		start := time.Now()
		if got := signInFrom(owner, "198.51.100.1", webtest.TestEmail, webtest.TestPassword); got != http.StatusSeeOther {
			t.Errorf("the owner: status %d", got)
		}
		slowest = max(slowest, time.Since(start))
		owner.Post("/logout", url.Values{})
	}
	group.Wait()
	checked, refused := 0, 0
	for _, of := range counts {
		checked += of[http.StatusUnauthorized]
		refused += of[http.StatusTooManyRequests]
	}
	if checked < 20 || checked > 24 || checked+refused != 1000 { // those that are checked at the same moment may be a few more
		t.Errorf("%d were checked and %d refused", checked, refused)
	}
	t.Logf("%d of 1,000 wrong passwords were checked; the owner waited for %v at most", checked, slowest.Round(time.Millisecond))
	if got := signInFrom(owner, "198.51.100.1", webtest.TestEmail, webtest.TestPassword); got != http.StatusSeeOther {
		t.Errorf("the owner afterwards: status %d", got)
	}
}

// TestLimitsOfWrongPasswords counts what is checked until it is refused, for everybody who may share something.
func TestLimitsOfWrongPasswords(t *testing.T) {
	tests := map[string]struct {
		address func(n int) string
		email   func(n int) string
		want    int
	}{
		"one account from one address": {func(int) string { return "203.0.113.7" }, func(int) string { return webtest.TestEmail }, 5},
		"one address":                  {func(int) string { return "203.0.113.7" }, func(n int) string { return fmt.Sprintf("p%d@example.com", n) }, 10},
		"one /64":                      {func(n int) string { return fmt.Sprintf("2001:db8::%x", n+1) }, func(n int) string { return fmt.Sprintf("p%d@example.com", n) }, 10},
		"one /48":                      {func(n int) string { return fmt.Sprintf("2001:db8:0:%x::1", n) }, func(n int) string { return fmt.Sprintf("p%d@example.com", n) }, 30},
		"one /24":                      {func(n int) string { return fmt.Sprintf("203.0.113.%d", n) }, func(n int) string { return fmt.Sprintf("p%d@example.com", n) }, 30},
		"one account from everywhere":  {func(n int) string { return fmt.Sprintf("203.0.%d.1", n) }, func(int) string { return webtest.TestEmail }, 20},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := limitedApp(t)
			for n := range 32 {
				want := http.StatusUnauthorized
				if n >= test.want {
					want = http.StatusTooManyRequests
				}
				if got := signInFrom(a.Browser(), test.address(n), test.email(n), "wrong wrong wrong"); got != want {
					t.Fatalf("try %d: status %d, want %d", n+1, got, want)
				}
			}
		})
	}
}

// TestForgedBrowser has no cookie of the owner, or one of somebody else, and is counted with the strangers.
func TestForgedBrowser(t *testing.T) {
	a := limitedApp(t)
	owner := a.Member("", "").User
	other := a.Browser()
	if got := signInFrom(other, "198.51.100.1", webtest.TestEmail, webtest.TestPassword); got != http.StatusSeeOther {
		t.Fatalf("somebody else: status %d", got)
	}
	other.Post("/logout", url.Values{})
	for n, test := range []struct {
		browser *webtest.Browser
		cookie  string
	}{{a.Browser(), ""}, {a.Browser(), "last=" + strings.Repeat("A", 80)}, {other, ""}} {
		for try := range 6 {
			want := http.StatusUnauthorized
			if try == 5 {
				want = http.StatusTooManyRequests
			}
			got := test.browser.Do(http.MethodPost, "/login", url.Values{"email": {owner.Email}, "password": {"wrong wrong wrong"}},
				http.Header{"X-Forwarded-For": {fmt.Sprintf("203.0.113.%d", n)}, "Cookie": {test.cookie}})
			if got.Status != want {
				t.Errorf("browser %d, try %d: status %d, want %d", n, try+1, got.Status, want)
			}
		}
	}
}

// TestOwnerWithANewBrowser tries one account from everywhere, until strangers are refused: the owner comes in with a new
// browser from a network in which they signed in before, and nobody else does from there more often than usual.
func TestOwnerWithANewBrowser(t *testing.T) {
	a := limitedApp(t)
	other := a.Member("", "").User
	if got := signInFrom(a.Browser(), "198.51.100.1", webtest.TestEmail, webtest.TestPassword); got != http.StatusSeeOther {
		t.Fatalf("the first time: status %d", got)
	}
	for _, email := range []string{webtest.TestEmail, other.Email} {
		for n := range 25 {
			signInFrom(a.Browser(), fmt.Sprintf("203.0.%d.1", n), email, "wrong wrong wrong")
		}
	}
	for _, test := range []struct {
		name, address, email, password string
		want                           int
	}{
		{"from a network that is not known", "192.0.2.1", webtest.TestEmail, webtest.TestPassword, http.StatusTooManyRequests},
		{"from the network of somebody else", "198.51.100.1", other.Email, webtest.TestPassword, http.StatusTooManyRequests},
		{"from the same network", "198.51.100.77", webtest.TestEmail, webtest.TestPassword, http.StatusSeeOther},
	} {
		if got := signInFrom(a.Browser(), test.address, test.email, test.password); got != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got, test.want)
		}
	}
	for n := range 6 {
		want := http.StatusUnauthorized
		if n == 5 {
			want = http.StatusTooManyRequests
		}
		if got := signInFrom(a.Browser(), "198.51.100.1", webtest.TestEmail, "wrong wrong wrong"); got != want {
			t.Errorf("try %d of a neighbor: status %d, want %d", n+1, got, want)
		}
	}
}
