package page

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// ShowsAgain reports whether a form that was refused with the status is shown again, with what was typed.
func ShowsAgain(status int) bool {
	switch status {
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusPreconditionRequired, http.StatusServiceUnavailable,
		http.StatusInsufficientStorage:
		return true
	}
	return false
}

// RefusalText says why a form that is right was not stored.
func RefusalText(status int) string {
	switch status {
	case http.StatusConflict:
		return "Someone else changed this first, so nothing was saved. Check the current state, then try again."
	case http.StatusPreconditionRequired:
		return "Nothing was saved: the form has no version. Compare it with the saved values, then try again."
	case http.StatusInsufficientStorage:
		return "Nothing was saved: the server's disk is full. Your input is kept."
	default:
		return "Nothing was saved: the server is not available right now. Your input is kept. Try again shortly."
	}
}

// Refusal says why something was not done: in the words of the domain where it refused that, else by the status.
func Refusal(err error) string {
	if said, ok := Complaints(err); ok {
		return said[0].Message + "."
	}
	return RefusalText(StatusOf(err))
}

// DeadLink answers a request with a one-time link that is not there: used, too old, replaced or mistyped. Other errors
// are returned.
func (k *Kit) DeadLink(w http.ResponseWriter, r *http.Request, err error, why string) error {
	if assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	view := templates.FailureView{Page: k.Page(r, "This link no longer works"), Status: http.StatusNotFound, Text: why}
	return k.Render(w, r, view.Status, templates.Failure(view))
}

// refuseInPlace says on top of the page that asked why the visitor may not do that.
func (k *Kit) refuseInPlace(w http.ResponseWriter, r *http.Request, why string) {
	inPlace(w, "afterbegin", "#refused")
	if err := k.Render(w, r, http.StatusForbidden, templates.Refused(why)); err != nil {
		k.Logger.ErrorContext(r.Context(), "a refusal failed", "request", RequestNumber(r), "error", err.Error())
	}
}

// askToSignIn sends the browser to the sign-in page and back afterwards. Scripts that ask for something get 401. A form
// gets the page at once, with 401, so that what was typed is not lost.
func (k *Kit) askToSignIn(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodPost {
		if Live(r) {
			inPlace(w, "outerHTML", "#main")
		}
		return k.Entrance.AskToSignIn(w, r, formPage(r))
	}
	if Live(r) || wantsEvents(r) {
		w.Header().Set("HX-Reswap", "none")
		w.WriteHeader(http.StatusUnauthorized)
		return nil
	}
	return Redirect(w, r, templates.LoginURL(r.URL.RequestURI()))
}

// inPlace tells htmx to put a part of the answer into the content of the page.
func inPlace(w http.ResponseWriter, how, part string) {
	h := w.Header()
	h.Set("HX-Retarget", "#main")
	h.Set("HX-Reswap", how)
	h.Set("HX-Reselect", part)
}

// wantsEvents reports whether a script asks for a stream, which can do nothing with a page.
func wantsEvents(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream")
}
