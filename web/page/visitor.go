package page

import (
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"plumbline/assessment/access"
	"plumbline/templates"
)

// Visitor is the person behind a request, with their session.
type Visitor struct {
	access.Actor
	Session access.Session
	Named   named // by the address of the request
}

// TouchEvery is how often a session's last use is written while its person works.
const TouchEvery = time.Minute

// VisitorOf returns the person behind a request, nil where nobody is signed in.
func VisitorOf(r *http.Request) *Visitor {
	v, _ := r.Context().Value(KeyVisitor).(*Visitor)
	return v
}

// ActorOf returns who acts in a request: the person behind it, or a stranger, of whom only the address is known.
func ActorOf(r *http.Request) access.Actor {
	if v := VisitorOf(r); v != nil {
		return v.Actor
	}
	return access.Actor{Address: ClientAddress(r)}
}

// ClientAddress returns the address of the client, IPv6 cut to its /64 network.
func ClientAddress(r *http.Request) string {
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

// Shortened returns the first n characters of a text that is not shown to be cut, as valid UTF-8.
func Shortened(s string, n int) string {
	runes := []rune(Printable(s))
	return string(runes[:min(n, len(runes))])
}

// returnPath is where the visitor goes after signing in: the page asked for, or the one that the form stood on.
func returnPath(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	return OwnPath(r.Header.Get("Referer"), r.Host)
}

// Page returns what every page shows around its content.
func (k *Kit) Page(r *http.Request, title string) templates.Page {
	page := templates.Page{
		Title:  title,
		Style:  k.Files.Address("app.css"),
		Script: k.Files.Address("app.js"),
		Htmx:   k.Files.Address("htmx.min.js"),
		Icon:   k.Files.Address("favicon.svg"),
	}
	if v := VisitorOf(r); v != nil {
		page.Person = v.User.Name
		page.Places = places(v.Actor)
	}
	return page
}

// places leads to the library, the visitor's team, or teams, and to what they administer.
func places(a access.Actor) []templates.Link {
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
