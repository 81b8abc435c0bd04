package cisoassistant

import (
	"slices"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// practice returns an assessable node as a practice.
func (t *tree) practice(n *node) assessment.Practice {
	p := assessment.Practice{ID: t.id(n, &t.ids.practices), Title: n.title, Help: n.Cut(n.told(), foreign.MaxProse),
		Risk: assessment.Medium, Weight: assessment.DefaultWeight(assessment.Medium), Effort: assessment.EffortM, Links: n.uniqueLinks()}
	if n.Has("weight") {
		p.Weight = weight(n.Known["weight"], p.Weight)
	}
	n.refer(&p.Source, "", n.ref)
	n.refer(&p.Source, "", n.urn)
	for _, one := range []struct{ key, kind string }{{"implementation_groups", "group:"}, {"reference_controls", "control:"}, {"threats", "threat:"}} {
		list := n.List(one.key)
		if len(list) > foreign.MaxItems {
			n.Known[one.key].Lose("only the first %d of %d are kept", foreign.MaxItems, len(list))
			list = list[:foreign.MaxItems]
		}
		for _, word := range words(list) {
			n.refer(&p.Source, one.kind, word)
		}
	}
	return p
}

func (n *node) uniqueLinks() []assessment.Link {
	var links []assessment.Link
	known := map[string]bool{}
	for _, link := range n.links {
		if !known[link.URL] {
			known[link.URL] = true
			links = append(links, link)
		}
	}
	if len(links) > foreign.MaxItems {
		n.Lose("only %d of %d links are kept", foreign.MaxItems, len(links))
		links = links[:foreign.MaxItems]
	}
	return links
}

// refer adds a reference; it is a loss where there are too many.
func (n *node) refer(source *[]string, kind, text string) {
	reference := kind + text
	switch {
	case text == "" || slices.Contains(*source, reference):
	case len(*source) == foreign.MaxItems:
		n.Lose("%s is left out: there are too many references", foreign.Shorten(reference))
	default:
		*source = append(*source, n.Cut(reference, foreign.MaxLine))
	}
}
