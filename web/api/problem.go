package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

// apiProblem says in the form of RFC 9457 why a request was not answered.
type apiProblem struct {
	Type      string             `json:"type" format:"uri-reference" doc:"Always about:blank; status and code identify the problem"`
	Title     string             `json:"title" doc:"The status in words"`
	Status    int                `json:"status" doc:"The HTTP status"`
	Code      assessment.Code    `json:"code" enum:"invalid,unauthenticated,forbidden,not_found,conflict,version_required,too_large,too_many,unavailable,no_space,internal" doc:"The kind of problem"`
	Detail    string             `json:"detail" doc:"The problem, for people"`
	Instance  string             `json:"instance" format:"uri-reference" doc:"Identifies the request; the ID is also in the server log"`
	Errors    []apiProblemDetail `json:"errors,omitempty" nullable:"false" maxItems:"100" doc:"The first 100 errors in the input; detail says how many more there are"`
	Conflicts []apiConflict      `json:"conflicts,omitempty" nullable:"false" maxItems:"100" doc:"Both values of the first 100 answers that someone else changed; detail says how many more there are"`

	retryAfter string
}

// apiProblemDetail is one thing that is wrong.
type apiProblemDetail struct {
	Location string `json:"location" doc:"The location, for example body.answers[3].note or query.min; empty if there is none"`
	Message  string `json:"message"`
}

// apiConflict is an answer that somebody else changed since it was read.
type apiConflict struct {
	Practice string        `json:"practice"`
	Stored   apiAnswer     `json:"stored" doc:"The stored answer, with the version to replace"`
	Yours    apiAnswerText `json:"yours" doc:"The answer that you sent"`
}

// Error returns the detail.
func (p *apiProblem) Error() string { return p.Detail }

// GetStatus returns the HTTP status.
func (p *apiProblem) GetStatus() int { return p.Status }

// GetHeaders returns when to try again, where that helps.
func (p *apiProblem) GetHeaders() http.Header {
	if p.retryAfter == "" {
		return nil
	}
	return http.Header{"Retry-After": {p.retryAfter}}
}

// ContentType returns the media type of problems.
func (p *apiProblem) ContentType(string) string { return mediaProblem }

func newProblem(ctx context.Context, status int, detail string) *apiProblem {
	p := &apiProblem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: codeOf(status), Detail: detail,
		Instance: "urn:plumbline:request:" + page.NumberIn(ctx)}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		p.retryAfter = "60"
	}
	return p
}

// codeOf returns the code that statusOf maps to a status, and for others the nearest.
func codeOf(status int) assessment.Code {
	for code, its := range page.Statuses {
		if its == status {
			return code
		}
	}
	switch {
	case status == http.StatusMethodNotAllowed:
		return assessment.NotFound
	case status < http.StatusInternalServerError:
		return assessment.Invalid
	default:
		return assessment.Internal
	}
}

// problem turns an error into what the client reads; a fault of the server is logged.
func (h *handlers) problem(ctx context.Context, err error) *apiProblem {
	page.Failed(ctx, err)
	if known, ok := errors.AsType[*apiProblem](err); ok {
		return known
	}
	status := page.StatusOf(err)
	if errors.Is(err, drawing.ErrBusy) {
		p := newProblem(ctx, http.StatusServiceUnavailable, drawing.BusyText)
		p.retryAfter = drawing.BusyPatience
		return p
	}
	if busy, ok := errors.AsType[*page.Busy](err); ok {
		p := newProblem(ctx, http.StatusServiceUnavailable, busy.Text)
		p.retryAfter = busy.Patience
		return p
	}
	p := newProblem(ctx, status, page.FailureText(status, err))
	if page.Gone(ctx, err) {
		h.Logger.InfoContext(ctx, "request abandoned", "request", p.Instance, "error", err.Error())
		return newProblem(ctx, http.StatusServiceUnavailable, "")
	}
	if status >= http.StatusInternalServerError {
		h.Logger.ErrorContext(ctx, "request failed", "request", p.Instance, "status", status, "error", err.Error())
		return p
	}
	if all, ok := errors.AsType[assessment.Errors](err); ok {
		p.Detail = "The input is not valid; see errors"
		p.list(len(all), func(i int) (location, message string) { return inBody(all[i].Field), all[i].Message })
		return p
	}
	if one, ok := errors.AsType[*assessment.Error](err); ok {
		p.Detail = one.Message
		if one.Field != "" {
			p.Errors = []apiProblemDetail{{Location: inBody(one.Field), Message: one.Message}}
		}
	}
	p.addConflicts(err)
	return p
}

// inBody returns the place of a field, which is one of the body unless it says otherwise.
func inBody(field string) string {
	if field == "" || field == "body" || strings.HasPrefix(field, "body.") || strings.HasPrefix(field, "query.") || strings.HasPrefix(field, "header.") {
		return field
	}
	return "body." + field
}

func (p *apiProblem) addConflicts(err error) {
	for practice, one := range page.ConflictsIn(err) {
		p.Conflicts = append(p.Conflicts, apiConflict{Practice: practice, Stored: storedAnswer(one.Saved), Yours: answerText(one.Yours)})
	}
	slices.SortFunc(p.Conflicts, func(a, b apiConflict) int { return strings.Compare(a.Practice, b.Practice) })
	if len(p.Conflicts) > 0 {
		p.Detail = "Someone else changed this first. Nothing was saved. See conflicts for both values"
	}
	if more := len(p.Conflicts) - maxListed; more > 0 {
		p.Conflicts = p.Conflicts[:maxListed]
		p.Detail += fmt.Sprintf(", and %d more are not listed", more)
	}
}

// Limits of what one answer lists.
const (
	maxListed = 100 // faults, and conflicts
	maxSaid   = 300 // characters of where a fault is, and of what it is
)

// list says the first of so many faults, and how many more there are.
func (p *apiProblem) list(faults int, at func(i int) (location, message string)) {
	for i := range min(faults, maxListed) {
		location, message := at(i)
		p.Errors = append(p.Errors, apiProblemDetail{Location: shortened(location), Message: shortened(message)})
	}
	if more := faults - maxListed; more > 0 {
		p.Detail += fmt.Sprintf("; %d more errors are not listed", more)
	}
}

func shortened(text string) string { return words.Cut(text[:min(len(text), 4*maxSaid)], maxSaid) }

// asProblem turns what the framework says about a request into our form. The value that was wrong is not sent back.
func asProblem(ctx huma.Context, _ string, body any) (any, error) {
	model, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	p := newProblem(ctx.Context(), model.Status, words.Capital(model.Detail))
	p.list(len(model.Errors), func(i int) (location, message string) { return model.Errors[i].Location, model.Errors[i].Message })
	return p, nil
}

// writeProblem answers a request outside of an operation with a problem.
func writeProblem(w http.ResponseWriter, p *apiProblem) {
	if w.Header().Get("Retry-After") == "" && p.retryAfter != "" {
		w.Header().Set("Retry-After", p.retryAfter)
	}
	w.Header().Set("Content-Type", mediaProblem)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// WriteError answers a request outside of an operation with what is wrong.
func (h *handlers) WriteError(w http.ResponseWriter, r *http.Request, err error) {
	writeProblem(w, h.problem(r.Context(), err))
}

// WriteRefusal answers a request outside of an operation with a status and why.
func (h *handlers) WriteRefusal(w http.ResponseWriter, r *http.Request, status int, why string) {
	writeProblem(w, newProblem(r.Context(), status, why))
}
