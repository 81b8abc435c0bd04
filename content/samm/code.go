package samm

import (
	"strings"

	"plumbline/content/foreign"
)

// initial returns the letter by which SAMM names a business function, "" where the title begins with none of ASCII.
func initial(title string) string {
	if s := foreign.Slug(title, ""); s != "" && strings.EqualFold(s[:1], title[:1]) {
		return strings.ToUpper(s[:1])
	}
	return ""
}
