package content

import (
	"maps"
	"regexp"
	"strings"

	"plumbline/assessment"
)

// named is what a condition may name.
type named struct {
	noPractice string // what is said of any other practice, before its id
	practices  ids
	facets     ids
}

var nameInText = regexp.MustCompile(`@?[A-Za-z0-9][A-Za-z0-9_.-]*`)

// checkExpression complains about every unknown id in a condition, at its first appearance.
func (c *checker) checkExpression(e assessment.Expression, known named, path string) {
	text, told := e.String(), map[string]bool{}
	for _, at := range nameInText.FindAllStringIndex(text, -1) {
		if c.full() {
			return
		}
		name := text[at[0]:at[1]]
		complaint, among := known.noPractice, known.practices
		id, isFacet := strings.CutPrefix(name, "@")
		if isFacet {
			complaint, among = "unknown facet", known.facets
		}
		if _, ok := among[id]; ok || told[name] || isFunction(name, text[at[1]:]) {
			continue
		}
		told[name] = true
		c.complainAt(c.placeOf(path, text, at[0]), path, "%s %s%s", complaint, shorten(id), c.hint(id, maps.Keys(among)))
	}
}

// isFunction reports whether a name is that of a function, by what follows it.
func isFunction(name, rest string) bool {
	return (name == "full" || name == "weak") && strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), "(")
}
