package page

import (
	"net/http"
	"time"

	"plumbline/assessment/words"
)

// Minute says on which day and at what time something is.
func (k *Kit) Minute(r *http.Request, at time.Time) string {
	return words.DayTime(at.In(k.Zone(r)))
}

// Absolute returns an own path with the host that people reach this installation by.
func (k *Kit) Absolute(r *http.Request, path string) string {
	scheme, host := "https://", k.Host
	if k.Insecure {
		scheme = "http://"
	}
	if host == "" {
		host = r.Host
	}
	return scheme + host + path
}
