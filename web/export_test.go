package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Patterns returns the method and the pattern of every route, as the router has them.
func (s *Server) Patterns() ([]string, error) {
	var patterns []string
	err := chi.Walk(s.handler.(chi.Routes), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		patterns = append(patterns, method+" "+pattern)
		return nil
	})
	return patterns, err
}
