package web

import (
	"context"
	"net/http"

	"plumbline/assessment"
	"plumbline/static"
	"plumbline/web/page"
)

// service answers what browsers and operators ask of any server.
type service struct {
	*page.Kit
	isReady func(ctx context.Context) error
}

// Routes are the addresses of the room, with who may use them.
func (h service) Routes() []page.Route {
	return []page.Route{
		page.Get("/healthz", page.Faceless, page.MaxForm, h.healthy),
		page.Get("/readyz", page.Faceless, page.MaxForm, h.ready),
		page.Get("/favicon.ico", page.Faceless, page.MaxForm, h.favicon),
		page.Get(static.Prefix+"*", page.Faceless, page.MaxForm, h.asset),
	}
}

func (service) healthy(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}

// ready answers 503 while the database does not answer. Why is in the log alone: anybody may ask.
func (h service) ready(w http.ResponseWriter, r *http.Request) error {
	if err := h.isReady(r.Context()); err != nil {
		h.Logger.ErrorContext(r.Context(), "not ready", "request", page.RequestNumber(r), "error", err.Error())
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return nil
	}
	return h.healthy(w, r)
}

func (h service) asset(w http.ResponseWriter, r *http.Request) error {
	if !h.Files.Has(r.URL.Path) {
		return assessment.Errorf(assessment.NotFound, "This file does not exist")
	}
	h.Files.ServeHTTP(w, r)
	return nil
}

func (h service) favicon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, h.Files.Address("favicon.svg"), http.StatusMovedPermanently)
	return nil
}
