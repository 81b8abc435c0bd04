package access

import "plumbline/assessment"

// AccountChange is something that an administrator does to an account.
type AccountChange string

// The changes of accounts.
const (
	AccountDisable   AccountChange = "disable"
	AccountEnable    AccountChange = "enable"
	AccountMakeAdmin AccountChange = "admin"
	AccountTakeAdmin AccountChange = "take_admin"
	AccountReset     AccountChange = "reset" // a link for a new password
)

// Done reports whether an account is as the change would make it. A link is never done: each is another one.
func (c AccountChange) Done(u User) bool {
	switch c {
	case AccountDisable:
		return u.Disabled()
	case AccountEnable:
		return !u.Disabled()
	case AccountMakeAdmin:
		return u.Admin
	case AccountTakeAdmin:
		return !u.Admin
	}
	return false
}

// AccountConflict says that somebody else changed an account since the person saw it.
type AccountConflict struct {
	Saved User          // what is stored
	Wish  AccountChange // what was to be done
}

// Error says whose account it is.
func (c *AccountConflict) Error() string {
	return "someone else changed the account of " + c.Saved.Name
}

// Unwrap returns an Error with code Conflict.
func (c *AccountConflict) Unwrap() error {
	return &assessment.Error{Code: assessment.Conflict, Message: c.Error()}
}
