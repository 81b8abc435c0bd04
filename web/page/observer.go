package page

import (
	"net/http"
	"slices"
	"time"

	chi "github.com/go-chi/chi/v5"
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
func (Silent) Drew(time.Duration, error)                    {}

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
