package assessment

import "time"

// User is an account.
type User struct {
	ID           string
	Email        string // in lower case, unique
	Name         string
	PasswordHash string // argon2id, PHC form
	Admin        bool   // of the whole installation
	Version      int    // grows by one with each change of rights or password
	CreatedAt    time.Time
	DisabledAt   time.Time // zero while the account may sign in
}

// Disabled reports whether the account is barred.
func (u User) Disabled() bool { return !u.DisabledAt.IsZero() }

// Role is what a person may do in a team.
type Role string

// The roles, each may do what the one before may.
const (
	Viewer    Role = "viewer"
	Architect Role = "architect"
	Lead      Role = "lead"
)

// Team owns workloads.
type Team struct {
	ID   string
	Name string
}

// Membership is a person's role in a team.
type Membership struct {
	Team Team
	Role Role
}

// Actor is the person who asks for something, with all that decides what they may do.
type Actor struct {
	User        User
	Memberships []Membership
}
