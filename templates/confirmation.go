package templates

import "cmp"

// Confirmation is how a form asks again who somebody is.
type Confirmation struct {
	Password bool   // by their password, in the form
	ID       string // of that field, where the page has another one that is called password
	Email    string // of the account, for password managers
	Provider string // where they sign in again otherwise; empty where there is nowhere
	Again    string // address that leads there and back; empty while they have shown it a moment ago
}

func (c Confirmation) id() string { return cmp.Or(c.ID, "password") }
