package cisoassistant

import (
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
	n.Refer(&p.Source, "", n.ref)
	n.Refer(&p.Source, "", n.urn)
	for _, one := range []struct{ key, kind string }{{"implementation_groups", "group:"}, {"reference_controls", "control:"}, {"threats", "threat:"}} {
		list := n.List(one.key)
		if len(list) > foreign.MaxItems {
			n.Known[one.key].Lose("only the first %d of %d are kept", foreign.MaxItems, len(list))
			list = list[:foreign.MaxItems]
		}
		for _, word := range texts(list) {
			n.Refer(&p.Source, one.kind, word)
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
	return n.FirstLinks(links)
}
