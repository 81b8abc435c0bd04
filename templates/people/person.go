package people

import (
	"net/url"

	"plumbline/templates"
)

// PersonView is one account.
type PersonView struct {
	templates.Page
	Row      PersonRow
	Confirm  templates.Confirmation // before a link for a new password is made
	Sessions []SessionRow           // the one used last first
	Tokens   []TokenRow
	Errors   templates.FormErrors
	Failure  string             // why nothing was changed
	Link     *templates.NewLink // shown once, after it was made
	Typed    string             // as the address of the account that is to be anonymized
}

// SessionRow is a browser in which the person is signed in.
type SessionRow struct {
	Browser string
	Address string
	Started string
	Used    string
	End     string // address that ends it
}

// EndSessionURL ends a session of somebody.
func EndSessionURL(account, session string) string {
	return templates.PersonURL(account) + "/sessions/" + url.PathEscape(session) + "/end"
}

// FieldConfirm holds the address of an account, typed to confirm that it is to be anonymized.
const FieldConfirm = "confirm"

// AnonymizeURL takes name and address from an account.
func AnonymizeURL(account string) string { return templates.PersonURL(account) + "/anonymize" }
