// Package ids makes the ids of everything that is stored, and knows their form.
package ids

import (
	"regexp"

	"github.com/google/uuid"
)

// New returns an id that nobody else gets: a UUID of version 7, which begins with the moment, so that new rows stand
// beside each other in an index.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// form is that of New, or the twelve letters and digits that ids had before.
var form = regexp.MustCompile(`^(?:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[a-z0-9]{12})$`)

// Valid reports whether a text has the form of an id of today or of an earlier version. It may be the id of nothing.
func Valid(id string) bool { return form.MatchString(id) }
