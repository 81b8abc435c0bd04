package account

import (
	"net/url"

	"plumbline/templates"
)

// TokensView is the page of a person's API tokens.
type TokensView struct {
	templates.Page
	Made    *MadeToken // the one that was made just now; nil otherwise
	Rows    []TokenRow // newest first
	Form    TokenForm
	Confirm templates.Confirmation // before a token is made
	Errors  templates.FormErrors
	Latest  string // day at which a token may expire at the latest
	List    string // line that lists the workloads
	Gate    string // line that fails a build
}

// MadeToken is a new token. This is the only time that anybody sees its secret.
type MadeToken struct {
	Name   string
	Secret string
	Try    string // line that uses it
}

// TokenForm is what a person wants of a new token.
type TokenForm struct {
	Request   string // of this form, so that a double click makes one token
	Name      string
	Scope     string // read or write
	ExpiresAt string // last day, 2006-01-02
}

// TokenRow is one token without its secret.
type TokenRow struct {
	Name    string
	Scope   string
	Created string
	Expires string
	Used    string
	Stopped bool   // it works again after the next sign-in
	State   string // Working, Expired or Revoked
	Revoke  string // address that revokes it; empty where it has ended
}

// OpenAPIURL describes the JSON API for programs.
const OpenAPIURL = "/api/v1/openapi.json"

// RevokeTokenURL ends a token.
func RevokeTokenURL(token string) string {
	return templates.TokensURL + "/" + url.PathEscape(token) + "/revoke"
}
