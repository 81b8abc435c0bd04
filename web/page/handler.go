package page

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"plumbline/templates"
)

// Handler answers a request or says why it cannot; errors become pages in one place, see Fail.
type Handler func(w http.ResponseWriter, r *http.Request) error

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

// Steady reports whether one person may use a route so many times a minute only: where it changes what no quota of a team
// bounds, as accounts, teams, links and the library. Programs have a limit of their own.
func (r Route) Steady() bool {
	return r.Method == http.MethodPost && !r.Access.Token && !r.Access.anonymous && r.Pattern != templates.SessionURL &&
		!strings.HasPrefix(r.Pattern, "/assessments/")
}

// Handle returns the handler for the router, which answers an error with its page.
func (k *Kit) Handle(h Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			k.Fail(w, r, err)
		}
	}
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a whole page or fragment. It is drawn into a buffer first, so that a fault leaves no half page.
func (k *Kit) Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := page.Render(r.Context(), buffer); err != nil {
		return fmt.Errorf("render the page: %w", err)
	}
	if err := k.fillTyped(r, buffer); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(buffer.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(buffer.Bytes())
	return nil
}

// Live reports whether htmx asks, that is: whether a fragment is enough.
func Live(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true"
}

// Redirect sends the browser on to an own path with 303.
func Redirect(w http.ResponseWriter, r *http.Request, path string) error {
	if Live(r) {
		w.Header().Set("HX-Redirect", path)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if id := typedID(r); id != "" {
		path = WithTyped(path, id)
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}
