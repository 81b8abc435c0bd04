package samm

import (
	"cmp"
	"slices"
	"strings"

	"plumbline/content/foreign"
)

// initial returns the letter by which SAMM names a business function, "" where the title does not begin with an ASCII
// one.
func initial(title string) string {
	if s := foreign.Slug(title, ""); s != "" && strings.EqualFold(s[:1], title[:1]) {
		return strings.ToUpper(s[:1])
	}
	return ""
}

// activityCode is the code that SAMM gives an activity, D-SA-1-A.
func activityCode(practice string, l level, stream string) string {
	return joinedCode(practice, cmp.Or(l.number, "x"), stream)
}

func joinedCode(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
}
