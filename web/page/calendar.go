package page

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// calendar says what time it is for a visitor.
type calendar struct {
	clock func() time.Time
	local *time.Location // where a person has chosen no time zone
	zones sync.Map       // that people have chosen, by name: loading one reads a file
}

// Zone returns the time zone of the dates that the visitor sees: their own, else that of the installation.
func (c *calendar) Zone(r *http.Request) *time.Location {
	v := VisitorOf(r)
	if v == nil || v.User.TimeZone == "" {
		return c.local
	}
	if zone := c.named(v.User.TimeZone); zone != nil {
		return zone
	}
	return c.local
}

// named returns a time zone by its IANA name, nil where there is none.
func (c *calendar) named(name string) *time.Location {
	if zone, ok := c.zones.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	c.zones.Store(name, zone)
	return zone
}

// Now returns the time on the visitor's clock.
func (c *calendar) Now(r *http.Request) time.Time { return c.clock().In(c.Zone(r)) }

// Today returns the day on the visitor's calendar.
func (c *calendar) Today(r *http.Request) assessment.Date { return assessment.DateOf(c.Now(r)) }

// Minute says on which day and at what time something is.
func (c *calendar) Minute(r *http.Request, at time.Time) string {
	return words.DayTime(at.In(c.Zone(r)))
}

// ByAndAt says who did something and when; empty where nobody did.
func (c *calendar) ByAndAt(r *http.Request, by string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	parts := []string{words.Moment(at.In(c.Zone(r)), c.Now(r))}
	if by != "" {
		parts = []string{words.Cut(by, 60), parts[0]}
	}
	return strings.Join(parts, ", ")
}
