package foreign

import (
	"slices"

	"plumbline/assessment"
)

// Refer adds a text to the references of a part, with a word in front that says of which kind it is. An empty one and one
// that is there already change nothing; it is a loss where there are too many.
func (v Value) Refer(source *[]string, kind, text string) {
	reference := kind + text
	switch {
	case text == "" || slices.Contains(*source, reference):
	case len(*source) == MaxItems:
		v.Lose("%s is left out: there are too many references", Shorten(reference))
	default:
		*source = append(*source, v.Cut(reference, MaxLine))
	}
}

// FirstLinks returns as many links as a practice may have; the others are a loss.
func (v Value) FirstLinks(links []assessment.Link) []assessment.Link {
	if len(links) <= MaxItems {
		return links
	}
	v.Lose("only %d of %d links are kept", MaxItems, len(links))
	return links[:MaxItems]
}
