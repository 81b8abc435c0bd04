package azurearticle

import (
	"strings"

	"plumbline/content/foreign"
)

// name is a pillar's id and title.
type name struct{ id, title string }

var pillarNames = []name{
	{"reliability", "Reliability"},
	{"security", "Security"},
	{"cost-optimization", "Cost Optimization"},
	{"operational-excellence", "Operational Excellence"},
	{"performance-efficiency", "Performance Efficiency"},
}

// codes are the first letters of the recommendations of a pillar, as in RE:01.
var codes = map[string]string{"RE": "reliability", "SE": "security", "CO": "cost-optimization", "OE": "operational-excellence", "PE": "performance-efficiency"}

var (
	notAWord  = foreign.LazyRegexp(`[^a-z]+`)
	aboutIt   = foreign.LazyRegexp(`( (pillar|design|principles|recommendations|considerations|guidance))+$`)
	pairInH2  = foreign.LazyRegexp(`(?i)^(.+?)\s+trade[\s\-\x{2010}-\x{2014}]*offs?\s+(?:with|and|versus|vs\.?)\s+(.+)$`)
	betweenUs = foreign.LazyRegexp(`(?i)\s+(?:and|versus|vs\.?)\s+|\s*&\s*`)
)

// wordsIn returns a text in lower case, with one space between words and nothing else.
func wordsIn(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "optimisation", "optimization")
	return strings.TrimSpace(notAWord().ReplaceAllString(s, " "))
}

// pillarNamed returns the pillar whose full name a text is, in any spelling of case, spaces and hyphens.
func pillarNamed(s string) (name, bool) {
	s = strings.TrimPrefix(wordsIn(s), "the ")
	for _, n := range pillarNames {
		if s == wordsIn(n.title) {
			return n, true
		}
	}
	return name{}, false
}

// pillarHeading returns the pillar that a heading is about: "Security", "1. Security", "Security pillar".
func pillarHeading(s string) (name, bool) {
	return pillarNamed(aboutIt().ReplaceAllString(wordsIn(s), ""))
}

// pillarIn returns the only pillar that a text names.
func pillarIn(s string) (name, bool) {
	s = " " + wordsIn(s) + " "
	var found []name
	for _, n := range pillarNames {
		if strings.Contains(s, " "+wordsIn(n.title)+" ") {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		return name{}, false
	}
	return found[0], true
}

// pairHeading returns the pillars of a heading such as "Reliability tradeoffs with Security".
func pairHeading(s string) ([2]name, bool) {
	parts := pairInH2().FindStringSubmatch(s)
	if parts == nil {
		return [2]name{}, false
	}
	return pairOf(parts[1], parts[2])
}

// pairTitle returns the pillars of a callout's title such as "Security and Cost Optimization".
func pairTitle(s string) ([2]name, bool) {
	parts := betweenUs().Split(s, -1)
	if len(parts) != 2 {
		return [2]name{}, false
	}
	return pairOf(parts[0], parts[1])
}

func pairOf(a, b string) ([2]name, bool) {
	one, ok := pillarNamed(a)
	other, too := pillarNamed(b)
	return [2]name{one, other}, ok && too && one != other
}

// halves returns what a callout's title puts on its two sides, where one of them is a pillar's name.
func halves(s string) (one, other string, ok bool) {
	parts := betweenUs().Split(s, -1)
	if len(parts) != 2 || parts[0] == "" || parts[1] == "" || strings.Contains(s, ",") {
		return "", "", false
	}
	_, first := pillarNamed(parts[0])
	_, second := pillarNamed(parts[1])
	return parts[0], parts[1], first || second
}
