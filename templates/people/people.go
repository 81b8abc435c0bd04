package people

import "plumbline/templates"

// PeopleView is the administration of accounts.
type PeopleView struct {
	templates.Page
	Search  string
	Count   string
	Rows    []PersonRow
	Errors  templates.FormErrors
	Failure string             // why nothing was changed
	Link    *templates.NewLink // shown once, after a reset was made
}

// PersonRow is an account.
type PersonRow struct {
	ID        string
	Name      string
	Email     string
	Version   string
	Teams     []PersonTeam
	Since     string // day
	URL       string
	Self      bool
	Admin     bool
	Disabled  string // the day since when; empty while the account may sign in
	Anonymous bool   // name and address were taken from it for good
	Unproven  bool   // nobody has confirmed the address
	Elsewhere bool   // signs in through single sign-on: there is no password here
}

// PersonTeam is what a person is in a team.
type PersonTeam struct {
	Name string
	URL  string
	Role string
}

// What the forms of accounts and members can do.
const (
	DoDisable     = "disable"
	DoAdmin       = "admin"
	DoTakeAdmin   = "take_admin"
	DoReset       = "reset"
	DoEndSessions = "end_sessions"
	DoChange      = "change" // of a member
	DoRemove      = "remove"
)
