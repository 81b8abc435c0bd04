// Package web is Plumbline's HTTP side: routes, middleware, sessions and handlers. Requests come in, pages go out.
//
// It computes nothing about assessments itself and knows no database: it asks the domain, and the stores that it
// declares as small interfaces.
package web

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"plumbline/static"
)

// Options says how the application is served. Zero values have the defaults that are named.
type Options struct {
	Store      Store
	Files      Files            // how questionnaires are read and written; default: not at all
	SessionKey []byte           // signs the session cookie; at least 32 bytes
	Insecure   bool             // plain http, only for the loopback address: the cookie is not marked Secure then
	Host       string           // what the sign-in page calls this installation; default the request's host
	Proxies    []string         // address ranges of proxies whose X-Forwarded-For is believed; default none
	Logger     *slog.Logger     // default: nothing is logged
	Observer   Observer         // default: nobody
	Clock      func() time.Time // default time.Now
	Zone       *time.Location   // for times on pages; default UTC
	ReadReview ReadReview       // reads answers from the file of another assessment; default: none can be imported
	Font       []byte           // TrueType font of reports; default the Go fonts
	SSO        *SSO             // how people sign in through another system; default: not at all
	Unlimited  bool             // sign-ins and reports are not limited by rate
	Heartbeat  time.Duration    // between signs of life on an event stream, each after another look at its session; default 15 s
	Poll       time.Duration    // between looks for changes that other processes make, while somebody listens; default 2 s
}

// Server answers every request of the application.
type Server struct {
	Options
	sessions  *sessionStore
	cookie    string
	files     *static.Files
	limits    limits
	hashing   hashing
	drawer    *drawer
	provider  *provider // of single sign-on; nil where there is none
	sealer    *sealer   // of its cookies
	spent     spent
	rooms     *rooms
	zones     zones
	drawn     drawn                        // of the walk
	positions *recent[whereabouts, string] // principles, as they were stored last
	api       *jsonAPI
	handler   http.Handler
}

// New returns a server. It refuses a session key under 32 bytes.
func New(o Options) (*Server, error) {
	if len(o.SessionKey) < 32 {
		return nil, fmt.Errorf("the session key has %d bytes, at least 32 are needed", len(o.SessionKey))
	}
	files, err := static.Load()
	if err != nil {
		return nil, err
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = silent{}
	}
	if o.Files == nil {
		o.Files = noFiles{}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	o.Heartbeat = cmp.Or(o.Heartbeat, defaultHeartbeat)
	o.Poll = cmp.Or(o.Poll, defaultPoll)
	s := &Server{Options: o, files: files, hashing: newHashing(), cookie: secureCookie, drawn: newDrawn(), positions: newRecent[whereabouts, string](maxPositions)}
	if o.Insecure {
		s.cookie = plainCookie
	}
	if err := s.setUpSSO(); err != nil {
		return nil, err
	}
	s.sessions = newSessionStore(o.Store, o.SessionKey, !o.Insecure, o.Clock)
	s.limits = newLimits(o.Unlimited)
	if s.drawer, err = newDrawer(o.Font, o.Observer); err != nil {
		return nil, err
	}
	s.rooms = newRooms(o.Store.Events, o.Poll, o.Logger)
	s.api = newAPI(s)
	s.handler = s.routes()
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// EndStreams ends every event stream, which would otherwise outlive a shutdown's patience. It is for
// http.Server.RegisterOnShutdown.
func (s *Server) EndStreams() { s.rooms.close() }
