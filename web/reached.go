package web

import (
	"log/slog"
	"net/http"
	"strings"
	"sync"
)

// noticed logs once that people reach the server in a way that it was not told: then cookies are not marked Secure, links
// begin with http://, or all people share one address.
func noticed(logger *slog.Logger, secure, proxied bool) func(next http.Handler) http.Handler {
	var https, proxy sync.Once
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !secure && r.TLS == nil && saysHTTPS(r) {
				https.Do(func() {
					logger.WarnContext(r.Context(), "people reach this server by https, which it does not know: name the address with --url https://…, "+
						"or cookies are not marked Secure and links begin with http://")
				})
			}
			if !proxied && forwarded(r) {
				proxy.Do(func() {
					logger.WarnContext(r.Context(), "a proxy forwards requests, which is not named: name its address with --trusted-proxy, "+
						"or all people share one address in limits and in the audit log")
				})
			}
			next.ServeHTTP(w, r)
		})
	}
}

func saysHTTPS(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Origin"), "https://") || r.Header.Get("X-Forwarded-Proto") == "https" ||
		strings.Contains(strings.ToLower(r.Header.Get("Forwarded")), "proto=https")
}

func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
}
