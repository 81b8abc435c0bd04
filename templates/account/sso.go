package account

import "plumbline/templates"

// SSOView is what the sign-in page says about single sign-on.
type SSOView struct {
	Name string
	Only bool // passwords are for administrators
	Down bool // the provider did not answer
}

func (v SSOView) passwords() string {
	if v.Only {
		return "Administrators: sign in with a password"
	}
	return "Sign in with a password"
}

// AccountSSO is what the own account says about single sign-on.
type AccountSSO struct {
	Name      string
	Connected bool
	Refused   string // why it could not be connected
	Confirm   templates.Confirmation
}

// ToProviderView is the page between here and the provider.
type ToProviderView struct {
	templates.Page
	Name string
	URL  string
}

// ConnectView asks for the password of the account that has the address of who signed in elsewhere.
type ConnectView struct {
	templates.Page
	Name    string
	Email   string
	Refused string
}

// SSODown is said where the provider of single sign-on does not answer.
const SSODown = "Single sign-on is currently unavailable. Try again in a minute."
