package web

import (
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/felixge/httpsnoop"
	"github.com/go-chi/chi/v5"

	"plumbline/assessment/access"
	"plumbline/assessment/ids"
	"plumbline/web/page"
)

// namedThings are the parts of an address that say what it is about, the nearest first.
var namedThings = []string{"report", "snapshot", "assessment", "workload", "team"}

// noted puts into the audit log who was refused something, and who downloaded something: where an answer begins, so that
// whoever has it finds the entry. Nobody waits for that, and no answer depends on it.
func (s *Server) noted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, trace := page.WithTrace(r.Context())
		r = r.WithContext(ctx)
		begun := false
		begin := func(status int) {
			if begun || status < http.StatusOK {
				return
			}
			begun = true
			if action := actionOf(r, w, status, trace); action != "" {
				s.note(noteOf(r, trace, action))
			}
		}
		next.ServeHTTP(httpsnoop.Wrap(w, httpsnoop.Hooks{
			WriteHeader: func(write httpsnoop.WriteHeaderFunc) httpsnoop.WriteHeaderFunc {
				return func(status int) { begin(status); write(status) }
			},
			Write: func(write httpsnoop.WriteFunc) httpsnoop.WriteFunc {
				return func(b []byte) (int, error) { begin(http.StatusOK); return write(b) }
			},
			ReadFrom: func(read httpsnoop.ReadFromFunc) httpsnoop.ReadFromFunc {
				return func(from io.Reader) (int64, error) { begin(http.StatusOK); return read(from) }
			},
		}), r)
	})
}

// actionOf returns what an answer is to the audit log, empty for nothing.
func actionOf(r *http.Request, w http.ResponseWriter, status int, trace *page.Trace) string {
	switch status {
	case http.StatusTooManyRequests:
		return access.AuditLimited
	case http.StatusForbidden:
		if errors.Is(trace.Err, page.ErrOtherSite) {
			return access.AuditOtherSite
		}
		if trace.Visitor != nil { // others were refused to sign in, which is noted there
			return access.AuditRefused
		}
	case http.StatusNotFound:
		if errors.Is(trace.Err, access.ErrForeign) {
			return access.AuditForeign
		}
	case http.StatusOK, http.StatusPartialContent:
		if w.Header().Get("Content-Disposition") != "" && trace.Visitor != nil && r.Method != http.MethodHead {
			return access.AuditDownloaded
		}
	}
	return ""
}

// noteOf returns the entry about a request. It names the route and ids that lead nowhere without an account, never the
// address itself, which may hold a secret.
func noteOf(r *http.Request, trace *page.Trace, action string) access.AuditEntry {
	e := access.AuditEntry{Action: action, Detail: r.Method + " " + chi.RouteContext(r.Context()).RoutePattern(), Address: page.ClientAddress(r)}
	if action == access.AuditOtherSite {
		e.Detail = ""
	}
	for _, kind := range slices.Backward(namedThings) {
		if id := chi.URLParam(r, kind); ids.Valid(id) {
			e.SubjectKind, e.Subject = kind, id
		}
	}
	v := trace.Visitor
	if v == nil {
		return e
	}
	e.Account, e.Person, e.Token = v.User.ID, v.User.Name, v.Token
	if action == access.AuditForeign {
		return e // those who own it learn no name of another team
	}
	e.Team = v.Grant.Team
	if id := chi.URLParam(r, "assessment"); ids.Valid(id) {
		e.Assessment = id
	}
	if c := v.Named.Assessment(); c != "" {
		e.Assessment = c
	}
	return e
}
