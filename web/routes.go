package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"plumbline/static"
	"plumbline/templates"
)

// routes is every address of the application.
func (s *Server) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(numbered, s.clientKnown(), s.logged, s.secured, s.recovered, s.sameOrigin)
	r.NotFound(s.recognised(http.HandlerFunc(s.notFound)).ServeHTTP)
	r.MethodNotAllowed(s.recognised(http.HandlerFunc(s.methodNotAllowed)).ServeHTTP)

	r.Get("/healthz", s.handle(s.healthy))
	r.Get("/readyz", s.handle(s.ready))
	r.Get("/favicon.ico", s.favicon)
	r.Handle(static.Prefix+"*", http.HandlerFunc(s.asset))

	r.Group(func(r chi.Router) {
		r.Use(s.recognised, limited(maxSignIn))
		r.Get(templates.SignInURL, s.handle(s.showSignIn))
		r.Post(templates.SignInURL, s.handle(s.signIn))
		r.Get(templates.SetupURL, s.handle(s.showSetup))
		r.Post(templates.SetupURL, s.handle(s.setup))
		r.Get(templates.ResetURL, s.handle(s.showReset))
		r.Post(templates.ResetURL, s.handle(s.reset))
		r.Post(templates.SignOutURL, s.handle(s.signOut))
	})

	r.Group(func(r chi.Router) {
		r.Use(s.recognised, s.signedIn)
		r.Route("/assessments/{assessment}/principles/{principle}", s.principleRoutes)
	})
	r.Group(func(r chi.Router) {
		r.Use(s.recognised, s.signedIn, limited(maxForm))
		r.Get(templates.AccountURL, s.handle(s.showAccount))
		r.Post(templates.AccountURL, s.handle(s.changeAccount))
		s.portfolioRoutes(r)
		s.documentRoutes(r)
		r.Route("/assessments/{assessment}", func(r chi.Router) {
			s.overviewRoutes(r)
			s.walkRoutes(r)
			s.tradeoffRoutes(r)
			s.planRoutes(r)
			s.snapshotRoutes(r)
			s.reportRoutes(r)
		})
	})
	return r
}

// clientKnown finds the address of the client: from the named proxies' header, else from the connection.
func (s *Server) clientKnown() func(http.Handler) http.Handler {
	if len(s.Proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	return middleware.ClientIPFromXFF(s.Proxies...)
}

func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Ready(r.Context()); err != nil {
		return err
	}
	return s.healthy(w, r)
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	if !s.files.Has(r.URL.Path) {
		s.notFound(w, r)
		return
	}
	s.files.ServeHTTP(w, r)
}

func (s *Server) favicon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.files.Address("favicon.svg"), http.StatusMovedPermanently)
}
