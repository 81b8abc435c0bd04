package web

import (
	"net/http"
	"sync"
	"time"

	"plumbline/assessment"
)

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

// zone returns the time zone of the dates that the visitor sees: their own, else that of the installation.
func (s *Server) zone(r *http.Request) *time.Location {
	v := visitorOf(r)
	if v == nil || v.User.TimeZone == "" {
		return s.Zone
	}
	if zone := s.zones.named(v.User.TimeZone); zone != nil {
		return zone
	}
	return s.Zone
}

// now returns the time on the visitor's clock.
func (s *Server) now(r *http.Request) time.Time { return s.Clock().In(s.zone(r)) }

// today returns the day on the visitor's calendar.
func (s *Server) today(r *http.Request) assessment.Date { return assessment.DateOf(s.now(r)) }
