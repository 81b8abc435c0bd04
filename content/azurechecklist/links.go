package azurechecklist

import (
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// The titles of links that the file gives none.
const (
	documentation = "Documentation"
	training      = "Training"
)

// links fills in the links of the practice, each address once.
func (i *item) links() {
	found := i.practice.Links
	for _, one := range []struct{ key, title string }{{"link", documentation}, {"training", training}} {
		raw, at := i.Raw(one.key)
		if s := at.OneLine(raw); s != "" && !strings.Contains(raw, "http") && strings.Contains(s, " ") {
			at.Lose("text without an address: kept in the help")
			i.practice.Help = i.Cut(strings.TrimSpace(i.practice.Help+"\n\n"+s), foreign.MaxProse)
			continue
		}
		for _, address := range at.Addresses(raw) {
			found = append(found, assessment.Link{Title: one.title + " (" + foreign.Host(address) + ")", URL: address})
		}
	}
	for _, key := range []string{"learnMoreLink", "documentation", "tools"} {
		for _, entry := range i.List(key) {
			found = append(found, entryLinks(entry)...)
		}
	}
	var links []assessment.Link
	known := map[string]int{} // by address, the index in links
	for _, link := range found {
		link.Title = i.Cut(link.Title, foreign.MaxLine)
		at, there := known[link.URL]
		switch {
		case !there:
			known[link.URL] = len(links)
			links = append(links, link)
		case link.Title == links[at].Title || ours(link):
		case ours(links[at]):
			links[at].Title = link.Title
		default:
			i.Lose("two links to %s: the title %s is left out", foreign.Shorten(link.URL), foreign.Shorten(link.Title))
		}
	}
	i.practice.Links = i.FirstLinks(links)
}

// ours reports whether the title of a link is none that the file gave it.
func ours(link assessment.Link) bool {
	host := foreign.Host(link.URL)
	return slices.Contains([]string{host, documentation + " (" + host + ")", training + " (" + host + ")"}, link.Title)
}

// entryLinks returns the links of an entry with a title or a name and an address.
func entryLinks(v foreign.Value) []assessment.Link {
	f, ok := v.Fields("name", "title", "url")
	if !ok {
		return nil
	}
	title, _ := first(f, "title", "name")
	raw, at := f.Raw("url")
	var links []assessment.Link
	for _, address := range at.Addresses(raw) {
		links = append(links, assessment.Link{Title: foreign.TitleOr(title, address), URL: address})
	}
	if len(links) == 0 && title != "" {
		v.Lose("%s has no address: left out", foreign.Shorten(title))
	}
	return links
}
