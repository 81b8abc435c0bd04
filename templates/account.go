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
	return Link{Title: "To the portfolio", URL: PortfolioURL}
}

// StatusText returns the status with its name, for example "404 Not Found".
func (v FailureView) StatusText() string {
	return strconv.Itoa(v.Status) + " " + http.StatusText(v.Status)
}

// What the sign-in page says below its forms.
const (
	forgotten      = "Forgotten? The person who runs this server can set a new password."
	signedOutAfter = "You are signed out after 30 minutes without saving."
)

// SignInView is the sign-in page.
type SignInView struct {
	Page
	Host    string
	Email   string
	Back    string   // own path to go to afterwards
	SSO     *SSOView // nil where there is no single sign-on
	Refused string   // why the last try failed
}

// SetupView is the page of a one-time link.
type SetupView struct {
	Page
	Token  string
	Name   string
	Email  string
	Revoke bool // the tokens of the account are to be revoked as well
	Errors FormErrors
}

// FieldRevoke is the tick by which a new password also revokes the API tokens.
const FieldRevoke = "revoke_tokens"

// AccountView is the own account.
type AccountView struct {
	Page
	Name      string
	Email     string
	Zones     []OptionGroup
	Now       string      // the time in the chosen zone
	Elsewhere bool        // signs in through single sign-on: there is no password to change
	SSO       *AccountSSO // nil where there is no single sign-on
	Sessions  []SessionRow
	Others    int  // sessions besides this one
	Revoke    bool // the tokens are to be revoked with the password
	Errors    FormErrors
}

// SessionRow is a browser in which a person is signed in.
type SessionRow struct {
	Browser string
	Address string
	Started string
	Used    string
	This    bool
}

// What the forms of the own account can do.
const (
	DoProfile  = "profile"
	DoPassword = "password"
	DoOthers   = "end_others"
)
