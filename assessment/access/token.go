package access

import (
	"time"

	"plumbline/assessment"
)

// MaxLife is how long an API token may last, or a link to a report.
const MaxLife = 366 * 24 * time.Hour

// MaxTokens is how many tokens a person may have that are neither revoked nor expired.
const MaxTokens = 20

// RepeatLimit is how long a form that made something may show it again.
const RepeatLimit = 10 * time.Minute

// Token lets a program act for a person. Its secret is known to the program alone.
type Token struct {
	ID         string
	User       string // id
	Hash       string // SHA-256 of the secret, hex; left out of what is read back
	Name       string // what the person calls it
	Scope      TokenScope
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt time.Time // to the minute; zero where it never was
	RevokedAt  time.Time // zero while it is not
	StopsAt    time.Time // when it stops unless its person signs in before; zero for never
}

// Works reports whether the token lets anybody in at a moment.
func (t Token) Works(now time.Time) bool {
	return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) && (t.StopsAt.IsZero() || now.Before(t.StopsAt))
}

// HeldToken is a token with the person for whom it acts, of whom only id, name, address and administration are known.
type HeldToken struct {
	Token
	Owner User
}

// CheckToken returns the token with its name cleaned, or Errors on name, scope and expires_at.
func CheckToken(t Token, now time.Time) (Token, error) {
	var c assessment.FieldErrors
	t.Name = c.Needed("name", "A name", t.Name, assessment.MaxName, false)
	if t.Scope != ScopeRead && t.Scope != ScopeWrite {
		c.Add(assessment.InvalidField("scope", "Choose read, or read and write"))
	}
	c.Add(checkEnd(t.ExpiresAt, now))
	return t, c.Err()
}

// checkEnd returns an Error on expires_at unless it lies after now, and no later than MaxLife from then.
func checkEnd(end, now time.Time) *assessment.Error {
	if !end.After(now) {
		return assessment.InvalidField("expires_at", "Choose a date in the future")
	}
	if end.Sub(now) > MaxLife {
		return assessment.InvalidField("expires_at", "Choose a date within a year from now")
	}
	return nil
}
