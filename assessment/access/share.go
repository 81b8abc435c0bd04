package access

import (
	"time"

	"plumbline/assessment"
)

// Share is a link by which anybody who has it may read one report. Its secret is known to them alone.
type Share struct {
	ID         string
	Report     string // id
	Hash       string // SHA-256 of the secret, hex; left out of what is read back
	CreatedBy  string // name
	CreatedAt  time.Time
	ExpiresAt  time.Time
	RevokedAt  time.Time // zero while it is not
	Uses       int
	LastUsedAt time.Time // zero where it never was
}

// Works reports whether the link opens the report at a moment.
func (s Share) Works(now time.Time) bool { return s.RevokedAt.IsZero() && now.Before(s.ExpiresAt) }

// ShareUse is one time that somebody opened a shared report.
type ShareUse struct {
	At      time.Time
	Address string
	Agent   string // of the browser
}

// CheckShare returns an Error on expires_at unless the link ends after now and within MaxLife.
func CheckShare(s Share, now time.Time) error {
	var c assessment.FieldErrors
	c.Add(checkEnd(s.ExpiresAt, now))
	return c.Err()
}
