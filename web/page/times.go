package page

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Zone returns the time zone of the dates that the visitor sees: their own, else that of the installation.
func (k *Kit) Zone(r *http.Request) *time.Location {
	v := VisitorOf(r)
	if v == nil || v.User.TimeZone == "" {
		return k.DefaultZone
	}
	if zone := k.zones.named(v.User.TimeZone); zone != nil {
		return zone
	}
	return k.DefaultZone
}

// zones keeps the time zones that people have chosen, as loading one reads a file.
type zones struct{ known sync.Map }

// named returns a time zone by its IANA name, nil where there is none.
func (z *zones) named(name string) *time.Location {
	if zone, ok := z.known.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	z.known.Store(name, zone)
	return zone
}

// Now returns the time on the visitor's clock.
func (k *Kit) Now(r *http.Request) time.Time { return k.Clock().In(k.Zone(r)) }

// Today returns the day on the visitor's calendar.
func (k *Kit) Today(r *http.Request) assessment.Date { return assessment.DateOf(k.Now(r)) }

// Minute says on which day and at what time something is.
func (k *Kit) Minute(r *http.Request, at time.Time) string {
	return words.DayTime(at.In(k.Zone(r)))
}

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
