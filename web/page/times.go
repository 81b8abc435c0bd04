package page

import (
	_ "embed"
	"net/http"
	"strings"
	"sync"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
)

// timeZones are the names of those to choose from, one a line in alphabetical order: one a country and zone.
//
//go:embed time_zones.txt
var timeZones string

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

// Now returns the time on the visitor's clock.
func (k *Kit) Now(r *http.Request) time.Time { return k.Clock().In(k.Zone(r)) }

// Today returns the day on the visitor's calendar.
func (k *Kit) Today(r *http.Request) assessment.Date { return assessment.DateOf(k.Now(r)) }

// ZoneGroups lists the time zones by continent, with the chosen one. The first is that of the installation.
func (k *Kit) ZoneGroups(chosen string) []templates.OptionGroup {
	groups := []templates.OptionGroup{{Options: []templates.FilterOption{
		{Value: "", Title: "As this installation, " + k.DefaultZone.String(), Chosen: chosen == ""}, {Value: "UTC", Title: "UTC", Chosen: chosen == "UTC"},
	}}}
	known := chosen == "" || chosen == "UTC"
	for line := range strings.Lines(timeZones) {
		name := strings.TrimSpace(line)
		continent, place, _ := strings.Cut(name, "/")
		if last := &groups[len(groups)-1]; last.Title != continent {
			groups = append(groups, templates.OptionGroup{Title: continent})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, templates.FilterOption{Value: name, Title: strings.ReplaceAll(place, "_", " "), Chosen: name == chosen})
		known = known || name == chosen
	}
	if !known {
		groups[0].Options = append(groups[0].Options, templates.FilterOption{Value: chosen, Title: chosen, Chosen: true})
	}
	return groups
}
