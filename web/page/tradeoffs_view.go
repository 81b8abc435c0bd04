package page

import (
	"net/http"
	"strings"
	"time"

	"plumbline/assessment/words"
)

// ByAndAt says who did something and when; empty where nobody did.
func (k *Kit) ByAndAt(r *http.Request, by string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	parts := []string{words.Moment(at.In(k.Zone(r)), k.Now(r))}
	if by != "" {
		parts = []string{words.Cut(by, 60), parts[0]}
	}
	return strings.Join(parts, ", ")
}
