package samm

import "strings"

// slug returns the words of a title as a part of an id, "" where it has none of ASCII.
func slug(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

// initial returns the letter by which SAMM names a business function, "" where the title begins with none of ASCII.
func initial(title string) string {
	if s := slug(title); s != "" && strings.EqualFold(s[:1], title[:1]) {
		return strings.ToUpper(s[:1])
	}
	return ""
}
