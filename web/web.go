// Package web is Plumbline's HTTP side. It puts the rooms together: requests come in, pages go out.
//
// It computes nothing about assessments itself and knows no database: each room declares what it asks of storage.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"plumbline/assessment/access"
	"plumbline/web/account"
	"plumbline/web/api"
	"plumbline/web/audit"
	"plumbline/web/compare"
	"plumbline/web/drawing"
	"plumbline/web/find"
	"plumbline/web/history"
	"plumbline/web/library"
	"plumbline/web/live"
	"plumbline/web/move"
	"plumbline/web/overview"
	"plumbline/web/page"
	"plumbline/web/people"
	"plumbline/web/plan"
	"plumbline/web/portfolio"
	"plumbline/web/reports"
	"plumbline/web/review"
	"plumbline/web/scope"
	"plumbline/web/snapshots"
	"plumbline/web/tradeoffs"
	"plumbline/web/walk"
	"plumbline/web/workloads"
)

// Options says how the application is served. Zero values have the defaults that are named.
type Options struct {
	Store      Store
	Files      library.Files        // how questionnaires are read and written
	ReadReview review.ReadReview    // reads answers from the file of another assessment
	SessionKey []byte               // signs the session cookie; at least 32 bytes
	Insecure   bool                 // plain http, only for the loopback address: the cookie is not marked Secure then
	Origin     string               // under which people reach the server, for example https://reviews.example.com; default: that of each request
	Remember   func(setting string) // notes a setting that requests speak of and the server lacks; default: it is logged alone
	Advice     func() []string      // what administrators are told on their pages beside what requests show; default nothing
	PlainHTTP  bool                 // neither the server nor a proxy that it knows of speaks https: the pages of sign-in say that it is needed
	Host       string               // what the sign-in page calls this installation; default the request's host
	Proxies    []string             // address ranges of proxies whose X-Forwarded-For is believed; default none
	Logger     *slog.Logger         // default: nothing is logged
	Observer   page.Observer        // default: nobody
	Clock      func() time.Time     // default time.Now
	Zone       *time.Location       // for times on pages; default UTC
	Drawer     *drawing.Drawer      // draws reports; default one with the Go fonts
	SSO        *account.SSO         // how people sign in through another system; default: not at all
	Unlimited  bool                 // sign-ins and reports are not limited by rate
	Heartbeat  time.Duration        // between signs of life on an event stream, each after another look at its session; default 15 s
	Poll       time.Duration        // between looks for changes and for people who left, while there are subscribers; default 2 s
}

// Store is everything that the rooms ask of storage.
type Store interface {
	page.Store
	account.Store
	api.Store
	audit.Store
	compare.Store
	find.Store
	library.Store
	live.Store
	move.Store
	overview.Store
	people.Store
	plan.Store
	scope.Store
	history.Store
	portfolio.Store
	reports.Store
	review.Store
	snapshots.Store
	tradeoffs.Store
	walk.Store
	workloads.Store
	NoteAudit(e access.AuditEntry)
	Ready(ctx context.Context) error
}

// room is a part of the application with its addresses.
type room interface{ Routes() []page.Route }

// door lets those in who say who they are.
type door func(next http.Handler) http.Handler

// Server answers every request of the application.
type Server struct {
	kit      *page.Kit
	proxies  []string
	rooms    []room
	session  door // by cookie
	token    door // by API token
	streams  streams
	note     func(access.AuditEntry)
	drawer   *drawing.Drawer
	provider func(ctx context.Context)
	handler  http.Handler
}

// streams are the open event streams.
type streams interface {
	Changed(assessment string)
	Streams() int
	Close()
}

// New returns a server. It refuses a session key under 32 bytes.
func New(o Options) (*Server, error) {
	kit, err := page.NewKit(o.kit())
	if err != nil {
		return nil, err
	}
	drawer := o.Drawer
	if drawer == nil {
		if drawer, err = drawing.New(nil, kit.Observer); err != nil {
			return nil, err
		}
	}
	accounts, err := account.New(kit, o.Store, account.Options{SessionKey: o.SessionKey, SSO: o.SSO})
	if err != nil {
		return nil, err
	}
	streams := live.New(kit, o.Store, live.Options{Heartbeat: o.Heartbeat, Poll: o.Poll})
	moves := move.New(kit, o.Store)
	comparisons := compare.New(kit, o.Store, drawer)
	documents := reports.New(kit, o.Store, drawer)
	programs := api.New(kit, o.Store, comparisons, documents)
	kit.Problems, kit.Identity = programs, accounts
	s := &Server{kit: kit, proxies: o.Proxies, session: accounts.Recognised, token: programs.RecognisedByToken,
		streams: streams, note: o.Store.NoteAudit, drawer: drawer, provider: accounts.FindProvider}
	s.rooms = []room{
		service{Kit: kit, isReady: o.Store.Ready},
		accounts,
		people.New(kit, o.Store),
		audit.New(kit, o.Store),
		portfolio.New(kit, o.Store),
		workloads.New(kit, o.Store),
		library.New(kit, o.Store, o.Files, drawer),
		overview.New(kit, o.Store),
		streams,
		moves,
		walk.New(kit, o.Store, moves),
		review.New(kit, o.Store, o.ReadReview),
		tradeoffs.New(kit, o.Store),
		plan.New(kit, o.Store),
		scope.New(kit, o.Store),
		history.New(kit, o.Store),
		find.New(kit, o.Store),
		snapshots.New(kit, o.Store, drawer),
		comparisons,
		documents,
		programs,
	}
	s.handler, err = s.router(o)
	return s, err
}

// kit returns what the rooms have in common.
func (o Options) kit() page.Options {
	kit := page.Options{Store: o.Store, Logger: o.Logger, Observer: o.Observer, Clock: o.Clock, DefaultZone: o.Zone,
		Host: o.Host, Insecure: o.Insecure, PlainHTTP: o.PlainHTTP, Unlimited: o.Unlimited, SecretKey: o.SessionKey}
	if kit.Logger == nil {
		kit.Logger = slog.New(slog.DiscardHandler)
	}
	if kit.Observer == nil {
		kit.Observer = page.Silent{}
	}
	if kit.Clock == nil {
		kit.Clock = time.Now
	}
	if kit.DefaultZone == nil {
		kit.DefaultZone = time.UTC
	}
	return kit
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// EndStreams ends every event stream, which would otherwise outlive a shutdown's patience. It is for
// http.Server.RegisterOnShutdown.
func (s *Server) EndStreams() { s.streams.Close() }

// FindProvider looks for the provider of single sign-on, where there is one, so that the log says early when it is not
// there. The server works without; the provider is looked for again when somebody wants it.
func (s *Server) FindProvider(ctx context.Context) { s.provider(ctx) }

// Load is what the server is busy with at one moment.
type Load struct {
	ReportsDrawing int // reports that are being drawn
	ReportsWaiting int // reports that wait for their turn
	Streams        int // event streams that are open
}

// Load returns what the server is busy with now.
func (s *Server) Load() Load {
	drawing, waiting := s.drawer.Busy()
	return Load{ReportsDrawing: drawing, ReportsWaiting: waiting, Streams: s.streams.Streams()}
}
