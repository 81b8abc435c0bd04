package account

import (
	_ "embed"
	"strings"

	"plumbline/templates"
)

// timeZones are the names of those to choose from, one a line in alphabetical order: one a country and zone.
//
//go:embed time_zones.txt
var timeZones string

// zoneGroups lists the time zones by continent, with the chosen one. The first is that of the installation.
func (h *handlers) zoneGroups(chosen string) []templates.OptionGroup {
	groups := []templates.OptionGroup{{Options: []templates.Option{
		{Value: "", Title: "Server default, " + h.DefaultZone.String(), Chosen: chosen == ""}, {Value: "UTC", Title: "UTC", Chosen: chosen == "UTC"},
	}}}
	known := chosen == "" || chosen == "UTC"
	for line := range strings.Lines(timeZones) {
		name := strings.TrimSpace(line)
		continent, place, _ := strings.Cut(name, "/")
		if last := &groups[len(groups)-1]; last.Title != continent {
			groups = append(groups, templates.OptionGroup{Title: continent})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, templates.Option{Value: name, Title: strings.ReplaceAll(place, "_", " "), Chosen: name == chosen})
		known = known || name == chosen
	}
	if !known {
		groups[0].Options = append(groups[0].Options, templates.Option{Value: chosen, Title: chosen, Chosen: true})
	}
	return groups
}
