package web

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"plumbline/web/page"
)

// Routes is the table of every address of the application, with who may use it.
func (s *Server) Routes() []page.Route {
	var rows []page.Route
	for _, one := range s.rooms {
		rows = append(rows, one.Routes()...)
	}
	return rows
}

func (s *Server) router(o Options) (http.Handler, error) {
	sameOrigin, err := s.kit.SameOrigin(o.Origin, s.session)
	if err != nil {
		return nil, err
	}
	r := chi.NewRouter()
	remember := o.Remember
	if remember == nil {
		remember = func(string) {}
	}
	told := newReached(strings.HasPrefix(o.Origin, "https://"), len(s.proxies) > 0)
	s.kit.Advice = told.advice
	if o.Advice != nil {
		s.kit.Advice = func() []string { return append(told.advice(), o.Advice()...) }
	}
	r.Use(page.Numbered, told.notice(s.kit.Logger, remember), s.clientKnown(), s.kit.Logged, s.noted, s.kit.Secured, s.kit.Recovered, sameOrigin, middleware.GetHead)
	r.NotFound(s.session(http.HandlerFunc(s.kit.NotFound)).ServeHTTP)
	r.MethodNotAllowed(withAllow(s.session(http.HandlerFunc(s.kit.MethodNotAllowed))))
	for _, one := range s.Routes() {
		r.With(page.Limited(one.Limit)).Method(one.Method, one.Pattern, s.guarded(one))
	}
	return r, nil
}

// withAllow names the methods that an address has.
func withAllow(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		routes := chi.RouteContext(r.Context()).Routes
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			served := method
			if method == http.MethodHead { // middleware.GetHead answers it
				served = http.MethodGet
			}
			if routes.Match(chi.NewRouteContext(), served, r.URL.Path) {
				w.Header().Add("Allow", method)
			}
		}
		next.ServeHTTP(w, r)
	}
}

// guarded lets a request through to its handler where the policy allows it. This is the one place that asks.
func (s *Server) guarded(one page.Route) http.Handler {
	if one.Access.Faceless {
		return s.kit.Handle(one.Handler)
	}
	known, handler := s.session, one.Handler
	if one.Access.Token {
		known = s.token
	}
	if one.Steady() {
		handler = s.kit.Steady(handler)
	}
	return known(s.kit.Bounded(one.Limit, s.kit.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := s.kit.Admit(r, one.Access); err != nil {
			return err
		}
		if one.Method != http.MethodGet {
			defer s.streams.Changed(chi.URLParam(r, "assessment"))
		}
		return handler(w, r)
	})))
}

// clientKnown finds the address of the client: from the named proxies' header, else from the connection.
func (s *Server) clientKnown() func(http.Handler) http.Handler {
	if len(s.proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	return middleware.ClientIPFromXFF(s.proxies...)
}
