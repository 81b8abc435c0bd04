package page

import "net/http"

// Route is one address, who may use it, and how much may be sent to it. What a pattern names (an assessment, a workload,
// a snapshot, a report) decides the team in which an action must be allowed.
type Route struct {
	Method  string
	Pattern string
	Access  Access
	Limit   int64 // bytes of the body
	Handler Handler
}

// Get returns a route that shows something.
func Get(pattern string, access Access, limit int64, handler Handler) Route {
	return Route{Method: http.MethodGet, Pattern: pattern, Access: access, Limit: limit, Handler: handler}
}

// Post returns a route that changes something.
func Post(pattern string, access Access, limit int64, handler Handler) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Access: access, Limit: limit, Handler: handler}
}
