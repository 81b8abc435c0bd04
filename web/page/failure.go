package page

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/typed"
)

// APIPrefix begins the address of everything that programs ask for.
const APIPrefix = "/api/v1"

// inAPI reports whether a request is one of a program.
func inAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// Problems answers programs that were refused something.
type Problems interface {
	// WriteError answers a request with the error of a handler.
	WriteError(w http.ResponseWriter, r *http.Request, err error)
	// WriteRefusal answers a request with a status and why.
	WriteRefusal(w http.ResponseWriter, r *http.Request, status int, why string)
}

// Statuses are the HTTP statuses of errors that the domain knows. A code without one is a fault of the server.
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
	http.StatusForbidden:             "You do not have access",
	http.StatusNotFound:              "Page not found",
	http.StatusMethodNotAllowed:      "This action is not available here",
	http.StatusConflict:              "Someone else changed this first",
	http.StatusRequestEntityTooLarge: "The request is too large",
	http.StatusUnprocessableEntity:   "The request is not valid",
	http.StatusPreconditionRequired:  "The request has no version",
	http.StatusTooManyRequests:       "Too many attempts",
	http.StatusServiceUnavailable:    "Currently unavailable",
	http.StatusInsufficientStorage:   "The server's disk is full",
	http.StatusInternalServerError:   "Something went wrong",
}

var failureTexts = map[int]string{
	http.StatusNotFound:              "The page does not exist, or you do not have access to it.",
	http.StatusMethodNotAllowed:      "The page exists, but does not accept this kind of request.",
	http.StatusRequestEntityTooLarge: "The request is larger than the server accepts. Nothing was saved. Go back to find your input.",
	http.StatusServiceUnavailable:    "The server cannot do this right now. Try again shortly.",
	http.StatusInsufficientStorage:   "Nothing was saved. Tell your administrator that the disk is full.",
	http.StatusInternalServerError:   "The server recorded the error. All answers shown as saved are saved.",
}

// FailureText returns what people are told about an error that is answered with a status; empty where there is nothing
// to say but the title.
func FailureText(status int, err error) string {
	known, said := errors.AsType[*assessment.Error](err)
	if said && known.Code == assessment.NoSpace && known.Err == nil {
		return known.Message + "." // a quota: the disk is not full
	}
	if text, ok := failureTexts[status]; ok {
		return text
	}
	if said {
		return known.Message + "."
	}
	return ""
}

// Gone reports whether an error says only that the client has gone: that is no fault, and nobody reads an answer.
func Gone(ctx context.Context, err error) bool { return ctx.Err() != nil && errors.Is(err, ctx.Err()) }

// statusGone is for the log: nobody reads the answer.
const statusGone = 499

func (k *Kit) abandon(w http.ResponseWriter, r *http.Request) {
	k.Logger.InfoContext(r.Context(), "request abandoned", "request", RequestNumber(r))
	w.WriteHeader(statusGone)
}

// Fail answers a request with the page of an error. A fault of the server is logged with the number that the page shows.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	Failed(r.Context(), err)
	if Gone(r.Context(), err) {
		k.abandon(w, r)
		return
	}
	if inAPI(r) {
		k.Problems.WriteError(w, r, err)
		return
	}
	if busy, ok := errors.AsType[*Busy](err); ok {
		w.Header().Set("Retry-After", busy.Patience)
		k.FailurePage(w, r, http.StatusServiceUnavailable, busy.Text)
		return
	}
	status := StatusOf(err)
	if status == http.StatusUnauthorized {
		if err = k.askToSignIn(w, r); err == nil {
			return
		}
		if Gone(r.Context(), err) {
			k.abandon(w, r)
			return
		}
		status = StatusOf(err)
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

// FailurePage answers a request with a status and a text, and where that is of use with what was typed.
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

// NotFound answers a request whose address no route has.
func (k *Kit) NotFound(w http.ResponseWriter, r *http.Request) {
	k.FailurePage(w, r, http.StatusNotFound, failureTexts[http.StatusNotFound])
}

// MethodNotAllowed answers a request whose address is known for another kind of request.
func (k *Kit) MethodNotAllowed(w http.ResponseWriter, r *http.Request) {
	k.FailurePage(w, r, http.StatusMethodNotAllowed, failureTexts[http.StatusMethodNotAllowed])
}

// again returns the form that a failed request came with, so that nothing that was typed is lost; nil where there is
// none, and where it holds a password.
func again(r *http.Request, status int) *templates.SendAgain {
	if r.Method != http.MethodPost || status < http.StatusInternalServerError || Live(r) {
		return nil
	}
	if VisitorOf(r) == nil {
		r.Body = http.MaxBytesReader(nil, r.Body, typed.MaxCarried)
	}
	if err := ReadForm(r); err != nil || len(r.PostForm) == 0 || r.PostForm.Has("password") {
		return nil
	}
	kept := &templates.SendAgain{Action: OwnPath(r.URL.RequestURI(), "")}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			kept.Fields = append(kept.Fields, templates.SentField{Name: Printable(name), Value: Printable(value)})
		}
	}
	return kept
}
