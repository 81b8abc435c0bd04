package web

import "github.com/go-chi/chi/v5"

func (s *Server) tradeoffRoutes(_ chi.Router) {}
