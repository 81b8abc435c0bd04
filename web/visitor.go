package web

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/sessions"

	"plumbline/assessment"
	"plumbline/templates"
)

// visitor is the person behind a request, with their session.
type visitor struct {
	assessment.Actor
	session assessment.Session
	named   named // by the address of the request
}

// touchEvery is how often a session's last use is written while its person works.
const touchEvery = time.Minute

// recognised puts the visitor, if there is one, into the request. A save prolongs the session; reading does not.
func (s *Server) recognised(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := s.sessions.Get(r, s.cookie)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		v, ok := session.Values[valueVisitor].(*visitor)
		if !ok {
			stranger := assessment.Actor{Address: clientAddress(r)}
			next.ServeHTTP(w, r.WithContext(s.Store.As(r.Context(), stranger)))
			return
		}
		v.Address = clientAddress(r)
		if err := s.renewed(w, r, session, v); err != nil {
			s.fail(w, r, err)
			return
		}
		if now := s.Clock(); r.Method == http.MethodPost && now.Sub(v.session.SeenAt) > touchEvery {
			if err := s.Store.TouchSession(r.Context(), v.session.Hash, now); err != nil {
				s.fail(w, r, err)
				return
			}
		}
		ctx := context.WithValue(s.Store.As(r.Context(), v.Actor), keyVisitor, v)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// renewed gives a session a new id where the rights of its person have changed. A page that is only read is shown also
// where that cannot be written.
func (s *Server) renewed(w http.ResponseWriter, r *http.Request, session *sessions.Session, v *visitor) error {
	if !v.session.Outdated {
		return nil
	}
	err := s.sessions.renew(r, w, session)
	switch {
	case err == nil:
		v.session.Hash = session.ID
	case assessment.CodeOf(err) == assessment.NotFound:
	case r.Method == http.MethodPost:
		return err
	default:
		s.Logger.WarnContext(r.Context(), "a session kept its id", "request", requestNumber(r), "error", err.Error())
	}
	return nil
}

// visitorOf returns the person behind a request, nil where nobody is signed in.
func visitorOf(r *http.Request) *visitor {
	v, _ := r.Context().Value(keyVisitor).(*visitor)
	return v
}

// actorOf returns the person behind a request that needs one.
func actorOf(r *http.Request) assessment.Actor { return visitorOf(r).Actor }

// clientAddress returns the address of the client, IPv6 cut to its /64 network.
func clientAddress(r *http.Request) string {
	address := middleware.GetClientIPAddr(r.Context())
	if !address.IsValid() {
		if port, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			address = port.Addr()
		}
	}
	address = address.Unmap()
	if address.Is6() {
		if prefix, err := address.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.String()
}

// shortened returns the first n characters of a text that is not shown to be cut, as valid UTF-8.
func shortened(s string, n int) string {
	runes := []rune(printable(s))
	return string(runes[:min(n, len(runes))])
}

// returnPath is where the visitor goes after signing in: the page asked for, or the one that the form stood on.
func returnPath(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	return ownPath(r.Header.Get("Referer"), r.Host)
}

// page returns what every page shows around its content.
func (s *Server) page(r *http.Request, title string) templates.Page {
	page := templates.Page{
		Title:  title,
		Style:  s.files.Address("app.css"),
		Script: s.files.Address("app.js"),
		Htmx:   s.files.Address("htmx.min.js"),
		Icon:   s.files.Address("favicon.svg"),
	}
	if v := visitorOf(r); v != nil {
		page.Person = v.User.Name
		page.Places = places(v.Actor)
	}
	return page
}

// places leads to the library, the visitor's team, or teams, and to what they administer.
func places(a assessment.Actor) []templates.Link {
	links := []templates.Link{{Title: "Library", URL: templates.LibraryURL}}
	switch {
	case len(a.Memberships) == 1:
		links = append(links, templates.Link{Title: "Team", URL: templates.TeamURL(a.Memberships[0].Team.ID)})
	case len(a.Memberships) > 1 || !a.User.Admin:
		links = append(links, templates.Link{Title: "Teams", URL: templates.TeamsURL})
	}
	if a.User.Admin {
		links = append(links, templates.Link{Title: "Administration", URL: templates.PeopleURL})
	}
	return links
}
