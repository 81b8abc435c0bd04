package page

import (
	"context"
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

var Statuses = map[assessment.Code]int{
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

// StatusOf maps an error to an HTTP status. This is the only place that does.
func StatusOf(err error) int {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return http.StatusRequestEntityTooLarge
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return http.StatusServiceUnavailable
	}
	if status, ok := Statuses[assessment.CodeOf(err)]; ok {
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

// Fail answers a request with the page of an error. A fault of the server is logged with the number that the page shows.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	if Gone(r.Context(), err) {
		k.Logger.InfoContext(r.Context(), "request abandoned", "request", RequestNumber(r), "error", err.Error())
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if inAPI(r) {
		k.Problems.WriteError(w, r, err)
		return
	}
	status := StatusOf(err)
	if status == http.StatusUnauthorized {
		k.askToSignIn(w, r)
		return
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	if status >= http.StatusInternalServerError {
		k.Logger.ErrorContext(r.Context(), "request failed", "request", RequestNumber(r), "status", status, "error", err.Error())
	}
	if status == http.StatusForbidden && Live(r) {
		k.refuseInPlace(w, r, FailureText(status, err))
		return
	}
	k.FailurePage(w, r, status, FailureText(status, err))
}

// Gone reports whether an error is but that the client has gone: that is no fault, and nobody reads an answer.
func Gone(ctx context.Context, err error) bool { return ctx.Err() != nil && errors.Is(err, ctx.Err()) }

// refuseInPlace says on top of the page that asked why the visitor may not do that.
func (k *Kit) refuseInPlace(w http.ResponseWriter, r *http.Request, why string) {
	h := w.Header()
	h.Set("HX-Retarget", "#main")
	h.Set("HX-Reswap", "afterbegin")
	h.Set("HX-Reselect", "#refused")
	if err := k.Render(w, r, http.StatusForbidden, templates.Refused(why)); err != nil {
		k.Logger.ErrorContext(r.Context(), "a refusal failed", "request", RequestNumber(r), "error", err.Error())
	}
}

func FailureText(status int, err error) string {
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
	SetupLinkEnded = "It works once and within a day, and only until the server starts again and prints a new one. If you have an account already, sign in."
	ResetLinkEnded = "It works once, and only for a while. Ask the person who runs this server for a new one, or sign in with the password you have."
	InviteEnded    = "It works once and within seven days, and may have been taken back. Ask a lead of the team for a new one."
)

// DeadLink answers a request with a one-time link that is not there: used, too old, replaced or mistyped. Other errors
// are returned.
func (k *Kit) DeadLink(w http.ResponseWriter, r *http.Request, err error, why string) error {
	if assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	view := templates.FailureView{Page: k.Page(r, "This link does not work any more"), Status: http.StatusNotFound, Text: why}
	return k.Render(w, r, view.Status, templates.Failure(view))
}

func (k *Kit) FailurePage(w http.ResponseWriter, r *http.Request, status int, text string) {
	if inAPI(r) {
		k.Problems.WriteRefusal(w, r, status, text)
		return
	}
	view := templates.FailureView{
		Page:   k.Page(r, failureTitles[status]),
		Status: status,
		Text:   text,
		Number: RequestNumber(r),
		Time:   words.DayTime(k.Now(r)),
		Again:  again(r, status),
	}
	if err := k.Render(w, r, status, templates.Failure(view)); err != nil {
		k.Logger.ErrorContext(r.Context(), "the page of an error failed", "request", RequestNumber(r), "error", err.Error())
		http.Error(w, failureTitles[status], status)
	}
}

func (k *Kit) NotFound(w http.ResponseWriter, r *http.Request) {
	k.FailurePage(w, r, http.StatusNotFound, failureTexts[http.StatusNotFound])
}

func (k *Kit) MethodNotAllowed(w http.ResponseWriter, r *http.Request) {
	k.FailurePage(w, r, http.StatusMethodNotAllowed, failureTexts[http.StatusMethodNotAllowed])
}

// askToSignIn sends the browser to the sign-in page and back afterwards. Scripts get 401, which they show beside
// what is not saved yet.
func (k *Kit) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if Live(r) || wantsEvents(r) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_ = Redirect(w, r, templates.LoginURL(returnPath(r)))
}
