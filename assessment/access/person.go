package access

import (
	"strconv"
	"strings"
	"time"
)

// User is an account.
type User struct {
	ID           string
	Email        string // in lower case, unique
	Name         string
	PasswordHash string // argon2id, PHC form; empty where the person signs in elsewhere
	Admin        bool   // of the whole installation
	Version      int    // grows by one with each change of rights or password
	TimeZone     string // IANA name, for example Europe/Berlin; empty for UTC
	CreatedAt    time.Time
	ConfirmedAt  time.Time // when somebody showed that the address is theirs; zero while nobody has
	DisabledAt   time.Time // zero while the account may sign in
}

// Disabled reports whether the account is barred.
func (u User) Disabled() bool { return !u.DisabledAt.IsZero() }

// What anonymous accounts have instead of names and addresses, before their numbers. Nobody can have such an address,
// since it has no @.
const (
	AnonymousName  = "Removed person "
	AnonymousEmail = "removed-person-"
)

// Anonymous reports whether name and address were taken from the account for good.
func (u User) Anonymous() bool {
	return strings.HasPrefix(u.Email, AnonymousEmail) && !strings.Contains(u.Email, "@")
}

// Anonymized returns the account without what names its person, and with a number instead.
func (u User) Anonymized(number int) User {
	n := strconv.Itoa(number)
	u.Name, u.Email, u.PasswordHash, u.TimeZone, u.Admin, u.Version = AnonymousName+n, AnonymousEmail+n, "", "", false, u.Version+1
	return u
}

// Confirmed reports whether it was shown that the address belongs to the person. Until then, whoever came first has the
// account, and the address may be somebody else's.
func (u User) Confirmed() bool { return u.Admin || !u.ConfirmedAt.IsZero() }

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

// Member is a person in a team. The User is without its password.
type Member struct {
	User User
	Role Role
}

// Identity is an account of another system, by which a person signs in here: who says so, and whom they mean. It never
// changes, as an e-mail address does.
type Identity struct {
	Issuer  string
	Subject string
}
