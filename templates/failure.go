package templates

import (
	"net/http"
	"strconv"
)

// FailureView is the page of an error.
type FailureView struct {
	Page
	Status int
	Text   string
	Number string // of the request, as in the log
	Time   string
	Again  *SendAgain // nil where nothing was sent that could be sent again
}

// SendAgain is a form that could not be served, with what was typed into it.
type SendAgain struct {
	Action string
	Fields []SentField
}

// SentField is one value of a form.
type SentField struct{ Name, Value string }

// Out is the way on: to the portfolio, or to sign in for a stranger. A fault may have hidden who it is.
func (v FailureView) Out() Link {
	if v.Person == "" && v.Status < http.StatusInternalServerError {
		return Link{Title: "Sign in", URL: SignInURL}
	}
	return Link{Title: "Back to portfolio", URL: PortfolioURL}
}

// StatusText returns the status with its name, for example "404 Not Found".
func (v FailureView) StatusText() string {
	return strconv.Itoa(v.Status) + " " + http.StatusText(v.Status)
}
