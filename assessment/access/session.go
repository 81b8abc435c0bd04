package access

import "time"

// How long a session lasts: IdleLimit since it was last used, AbsoluteLimit since the sign-in. It is used when a page is
// opened, something is saved, and while a page that is seen listens to changes; that is noted every TouchEvery.
const (
	IdleLimit     = 30 * time.Minute
	AbsoluteLimit = 12 * time.Hour
	TouchEvery    = time.Minute
)

// FreshLimit is how long somebody who showed who they are may do what asks for it, where they have no password to give.
const FreshLimit = 10 * time.Minute

// Session is one signed-in browser. Its secret is known to the browser alone.
type Session struct {
	Hash      string // SHA-256 of the secret, hex
	ID        string // names it where its hash should not be shown, and stays when that changes; given by storage
	User      string // id
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	ShownAt   time.Time // when the person last showed who they are; zero where that is unknown
	Address   string    // of the client at sign-in
	Agent     string    // of the browser at sign-in
	Outdated  bool      // the rights of its person have changed since it got its id: it needs another
	Version   int       // of the account when its person showed who they are; 0 where that was not by its password, and where it was read back
	Means     string    // by which the person signed in, for the audit log; empty for a password, and where it was read back
}

// Fresh reports whether the person has shown who they are within FreshLimit.
func (s Session) Fresh(now time.Time) bool {
	return !s.ShownAt.IsZero() && now.Sub(s.ShownAt) < FreshLimit
}

// Ends returns when the session ends unless it is used, and whether that is for good, however it is used.
func (s Session) Ends() (at time.Time, final bool) {
	if idle := s.SeenAt.Add(IdleLimit); idle.Before(s.ExpiresAt) {
		return idle, false
	}
	return s.ExpiresAt, true
}

// Kinds of one-time links.
const (
	LinkSetup  = "setup"  // creates the first account
	LinkReset  = "reset"  // sets a new password
	LinkInvite = "invite" // lets somebody into a team, with a new account or their own
)

// OneTimeLink is a link that works once, of which only the hash of its secret is kept.
type OneTimeLink struct {
	ID        string // names it where its hash should not be shown; given by storage
	TokenHash string // SHA-256 of the secret, hex
	Kind      string
	User      string // id of the account whose password it sets; empty for the other kinds
	MadeBy    string // id of the account whose rights it needs as long as it works; empty where it was the operator
	CreatedAt time.Time
	ExpiresAt time.Time

	// Of an invitation alone.
	Team      Team
	Role      Role
	Email     string // whom it is for, and the address of the account that it creates
	InvitedBy string // name
	Confirms  bool   // an administrator made it: whom it reaches has shown that the address is theirs
}

// StartsOver reports whether the invitation gives the account that has its address to somebody who is not signed in:
// where nobody confirmed the address, and a team that somebody let the account into would lose nobody by it.
func (l OneTimeLink) StartsOver(known User, memberships []Membership) bool {
	return !known.Confirmed() && !known.Disabled() && (l.Confirms || len(memberships) == 0)
}
