package web

import (
	"context"
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

var statuses = map[assessment.Code]int{
	assessment.Invalid:         http.StatusUnprocessableEntity,
	assessment.Unauthenticated: http.StatusUnauthorized,
	assessment.Forbidden:       http.StatusForbidden,
	assessment.NotFound:        http.StatusNotFound,
	assessment.Conflict:        http.StatusConflict,
	assessment.VersionRequired: http.StatusPreconditionRequired,
	assessment.TooLarge:        http.StatusRequestEntityTooLarge,
	assessment.TooMany:         http.StatusTooManyRequests,
	assessment.Unavailable:     http.StatusServiceUnavailable,
	assessment.NoSpace:         http.StatusInsufficientStorage,
}

// statusOf maps an error to an HTTP status. This is the only place that does.
func statusOf(err error) int {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return http.StatusRequestEntityTooLarge
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return http.StatusServiceUnavailable
	}
	if status, ok := statuses[assessment.CodeOf(err)]; ok {
		return status
	}
	return http.StatusInternalServerError
}

var failureTitles = map[int]string{
	http.StatusForbidden:             "This is not open to you",
	http.StatusNotFound:              "There is no such page",
	http.StatusMethodNotAllowed:      "This page cannot do that",
	http.StatusConflict:              "This has changed in the meantime",
	http.StatusRequestEntityTooLarge: "That is too much at once",
	http.StatusUnprocessableEntity:   "Something in the request is not right",
	http.StatusPreconditionRequired:  "The request does not say which version it saw",
	http.StatusTooManyRequests:       "Too many tries",
	http.StatusServiceUnavailable:    "Not possible just now",
	http.StatusInsufficientStorage:   "The server has no room left",
	http.StatusInternalServerError:   "This page could not be made",
}

var failureTexts = map[int]string{
	http.StatusNotFound:              "The address is wrong, or what stood here is not open to you. Nothing was lost.",
	http.StatusMethodNotAllowed:      "The address exists, but not for this kind of request.",
	http.StatusRequestEntityTooLarge: "The server takes less than was sent. Nothing was stored; go back, and what you typed is still there.",
	http.StatusServiceUnavailable:    "The server cannot do this at this moment. Try again shortly.",
	http.StatusInsufficientStorage:   "Nothing was stored. Tell the person who runs this server that its disk is full.",
	http.StatusInternalServerError:   "The fault is on the server, and it is recorded there. All answers that were shown as saved are saved.",
}

// fail answers a request with the page of an error. A fault of the server is logged with the number that the page shows.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if gone(r.Context(), err) {
		s.Logger.InfoContext(r.Context(), "request abandoned", "request", requestNumber(r), "error", err.Error())
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if inAPI(r) {
		writeProblem(w, s.problem(r.Context(), err))
		return
	}
	status := statusOf(err)
	if status == http.StatusUnauthorized {
		s.askToSignIn(w, r)
		return
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	if status >= http.StatusInternalServerError {
		s.Logger.ErrorContext(r.Context(), "request failed", "request", requestNumber(r), "status", status, "error", err.Error())
	}
	if status == http.StatusForbidden && live(r) {
		s.refuseInPlace(w, r, failureText(status, err))
		return
	}
	s.failurePage(w, r, status, failureText(status, err))
}

// gone reports whether an error is but that the client has gone: that is no fault, and nobody reads an answer.
func gone(ctx context.Context, err error) bool { return ctx.Err() != nil && errors.Is(err, ctx.Err()) }

// refuseInPlace says on top of the page that asked why the visitor may not do that.
func (s *Server) refuseInPlace(w http.ResponseWriter, r *http.Request, why string) {
	h := w.Header()
	h.Set("HX-Retarget", "#main")
	h.Set("HX-Reswap", "afterbegin")
	h.Set("HX-Reselect", "#refused")
	if err := s.render(w, r, http.StatusForbidden, templates.Refused(why)); err != nil {
		s.Logger.ErrorContext(r.Context(), "a refusal failed", "request", requestNumber(r), "error", err.Error())
	}
}

func failureText(status int, err error) string {
	if text, ok := failureTexts[status]; ok {
		return text
	}
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return known.Message + "."
	}
	return ""
}

// What the page of a one-time link says that is good no more.
const (
	setupLinkEnded = "It works once and within a day, and only until the server starts again and prints a new one. If you have an account already, sign in."
	resetLinkEnded = "It works once, and only for a while. Ask the person who runs this server for a new one, or sign in with the password you have."
	inviteEnded    = "It works once and within seven days, and may have been taken back. Ask a lead of the team for a new one."
)

// deadLink answers a request with a one-time link that is not there: used, too old, replaced or mistyped. Other errors
// are returned.
func (s *Server) deadLink(w http.ResponseWriter, r *http.Request, err error, why string) error {
	if assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	view := templates.FailureView{Page: s.page(r, "This link does not work any more"), Status: http.StatusNotFound, Text: why}
	return s.render(w, r, view.Status, templates.Failure(view))
}

func (s *Server) failurePage(w http.ResponseWriter, r *http.Request, status int, text string) {
	if inAPI(r) {
		writeProblem(w, newProblem(r.Context(), status, text))
		return
	}
	view := templates.FailureView{
		Page:   s.page(r, failureTitles[status]),
		Status: status,
		Text:   text,
		Number: requestNumber(r),
		Time:   words.DayTime(s.now(r)),
		Again:  again(r, status),
	}
	if err := s.render(w, r, status, templates.Failure(view)); err != nil {
		s.Logger.ErrorContext(r.Context(), "the page of an error failed", "request", requestNumber(r), "error", err.Error())
		http.Error(w, failureTitles[status], status)
	}
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.failurePage(w, r, http.StatusNotFound, failureTexts[http.StatusNotFound])
}

func (s *Server) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	s.failurePage(w, r, http.StatusMethodNotAllowed, failureTexts[http.StatusMethodNotAllowed])
}

// askToSignIn sends the browser to the sign-in page and back afterwards. Scripts get 401, which they show beside
// what is not saved yet.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if live(r) || wantsEvents(r) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_ = redirect(w, r, templates.LoginURL(returnPath(r)))
}
