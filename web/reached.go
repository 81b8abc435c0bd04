package web

import (
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
)

// reached notices that people reach the server in a way that it was not told: then cookies are not marked Secure, links
// begin with http://, or all people share one address.
type reached struct {
	missing [2]*missing
}

// missing is a setting that requests speak of, and that the server was not given.
type missing struct {
	setting string // its flag
	given   bool
	spoken  func(*http.Request) bool
	says    string // to who runs the server
	seen    atomic.Bool
}

func newReached(secure, proxied bool) *reached {
	return &reached{[2]*missing{
		{setting: "--url", given: secure, spoken: saysHTTPS, says: "People reach this server over HTTPS, but it is not configured for it. Set the address with --url, " +
			"or cookies are not marked Secure and links do not begin with https"},
		{setting: "--trusted-proxy", given: proxied, spoken: forwarded, says: "A proxy that is not configured forwards requests. Set its address with --trusted-proxy, " +
			"or all people share one address in limits and in the audit log"},
	}}
}

// notice logs each missing setting once, and hands it on to be remembered.
func (s *reached) notice(logger *slog.Logger, remember func(setting string)) func(next http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, m := range s.missing {
				if !m.given && !m.seen.Load() && m.spoken(r) && m.seen.CompareAndSwap(false, true) {
					logger.WarnContext(r.Context(), strings.ToLower(m.says[:1])+m.says[1:])
					remember(m.setting)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// advice returns what administrators are told on their pages, nil while nothing is missing.
func (s *reached) advice() (says []string) {
	for _, m := range s.missing {
		if m.seen.Load() {
			says = append(says, m.says+".")
		}
	}
	return says
}

func saysHTTPS(r *http.Request) bool {
	return r.TLS == nil && (strings.HasPrefix(r.Header.Get("Origin"), "https://") || r.Header.Get("X-Forwarded-Proto") == "https" ||
		strings.Contains(strings.ToLower(r.Header.Get("Forwarded")), "proto=https"))
}

func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
}
