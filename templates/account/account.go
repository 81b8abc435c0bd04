package account

import (
	"net/url"

	"plumbline/templates"
)

// What the sign-in page says below its forms.
const (
	forgotten      = "Forgot your password? Ask your administrator for a password link."
	signedOutAfter = "You are signed out after 30 minutes of inactivity."
)

// newPassword asks for a password that is to be set.
func newPassword(label string) templates.TextInput {
	return templates.TextInput{Name: "password", Label: label, Hint: "At least 12 characters", Type: "password", Autocomplete: "new-password"}
}

// SignInView is the sign-in page.
type SignInView struct {
	templates.Page
	Host    string
	Email   string
	Back    string   // own path to go to afterwards
	SSO     *SSOView // nil where there is no single sign-on
	Refused string   // why the last try failed
	Carried templates.CarriedForm
}

// SetupView is the page of a one-time link.
type SetupView struct {
	templates.Page
	Token  string
	Name   string
	Email  string
	Errors templates.FormErrors
}

// FieldRevoke is the tick by which a new password also revokes the API tokens.
const FieldRevoke = "revoke_tokens"

// AccountView is the own account.
type AccountView struct {
	templates.Page
	Name      string
	Email     string
	Confirmed bool // the address is known to be theirs
	Zones     []templates.OptionGroup
	Now       string      // the time in the chosen zone
	Elsewhere bool        // signs in through single sign-on: there is no password to change
	SSO       *AccountSSO // nil where there is no single sign-on
	Sessions  []SessionRow
	Others    int  // sessions besides this one
	Revoke    bool // the tokens are to be revoked with the password
	Errors    templates.FormErrors
}

// SessionRow is a browser in which a person is signed in.
type SessionRow struct {
	Browser string
	Address string
	Started string
	Used    string
	This    bool
	End     string // address that ends it
}

// What the forms of the own account can do.
const (
	DoProfile  = "profile"
	DoPassword = "password"
	DoOthers   = "end_others"
)

// EndSessionURL ends one of the own sessions.
func EndSessionURL(session string) string {
	return templates.AccountURL + "/sessions/" + url.PathEscape(session) + "/end"
}
