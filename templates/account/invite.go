package account

import "plumbline/templates"

// InviteView is where an invitation is accepted.
type InviteView struct {
	templates.Page
	Token    string
	Team     string
	Role     string // word
	Says     string // what the role may do
	By       string
	Email    string // whom it is for
	Name     string // as typed
	SSO      string // the name of single sign-on, where it is the only way in
	SignIn   string // the sign-in page, which leads back here; set where an account has the address already
	Unproved bool   // nobody confirmed the address of that account
	Other    string // address of the visitor, where the invitation is for another one
	Fresh    bool   // the account with the address starts over: nobody confirmed the address
	Member   bool   // the visitor is in the team with this role, or a higher one
	Errors   templates.FormErrors
}
