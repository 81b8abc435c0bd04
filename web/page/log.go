package page

import (
	"log/slog"
	"net/http"
	"slices"
	"time"

	chi "github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"plumbline/assessment/ids"
)

// Observer is told what the server did, for figures. Its methods are called by many requests at once and must be quick.
type Observer interface {
	// Requested is called after each request. The route is a pattern such as /reports/{report}, and "none" where the
	// address has none; the method is "other" unless a route may have it.
	Requested(route, method string, status int, took time.Duration)
	// Drew is called after each report that was drawn, or failed to be.
	Drew(took time.Duration, err error)
}

// Silent is the observer that looks away.
type Silent struct{}

func (Silent) Requested(string, string, int, time.Duration) {}

func (Silent) Drew(time.Duration, error) {}

var knownMethods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// routeOf returns the pattern and the method of a request that was answered, neither of which a client can make up.
func routeOf(r *http.Request) (route, method string) {
	route, method = chi.RouteContext(r.Context()).RoutePattern(), r.Method
	if route == "" || route == "/*" {
		route = "none"
	}
	if !slices.Contains(knownMethods, method) {
		method = "other"
	}
	return route, method
}

// loggedParams are the parts of an address that the log may hold where they have the form of ids, which lead nowhere
// without an account: anything else there is what somebody typed.
var loggedParams = []string{"assessment", "workload", "snapshot", "report", "team"}

// Logged writes one line a request. It names the route and the ids in its address, never the address itself: an
// address may hold a secret, a query or whatever somebody typed.
func (k *Kit) Logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		wrapped := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(wrapped, r)
		took, status := time.Since(start), wrapped.Status()
		if status == 0 {
			status = http.StatusOK
		}
		route, method := routeOf(r)
		k.Observer.Requested(route, method, status, took)
		attrs := append(make([]slog.Attr, 0, 8), slog.String("request", RequestNumber(r)), slog.String("method", method),
			slog.String("route", route), slog.Int("status", status), slog.Int("bytes", wrapped.BytesWritten()),
			slog.Float64("milliseconds", float64(took.Microseconds())/1000))
		for _, name := range loggedParams {
			if id := chi.URLParam(r, name); ids.Valid(id) {
				attrs = append(attrs, slog.String(name, id))
			}
		}
		k.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
	})
}
