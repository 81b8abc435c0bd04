package azurearticle

import (
	"net/url"
	"path"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

const (
	site = "https://learn.microsoft.com"
	root = "/azure/well-architected"
)

// base is where the article stands on the site, as far as it is known.
type base struct {
	folder string // below root, for example ai
	page   string // its address, empty where it is not known
	known  bool   // whether folder is
}

// baseOf returns the place of an article whose file name has the folders of the repository.
func baseOf(file string) base {
	file = strings.ReplaceAll(file, `\`, "/")
	at := strings.LastIndex(file, "well-architected/")
	if at < 0 || at > 0 && file[at-1] != '/' {
		return base{}
	}
	rest := path.Clean(file[at+len("well-architected/"):])
	folder := path.Dir(rest)
	if strings.Count(rest, "/") > 1 || strings.HasPrefix(rest, "..") {
		return base{}
	}
	page := site + path.Join(root, withoutEnding(rest))
	if !foreign.IsAddress(page) {
		page = ""
	}
	return base{folder: folder, page: page, known: true}
}

// withoutEnding returns the path of a page as the site has it.
func withoutEnding(p string) string {
	for _, ending := range []string{"/index.yml", "/index.md", ".md", ".yml"} {
		if rest, ok := strings.CutSuffix(p, ending); ok {
			return rest
		}
	}
	return p
}

// resolve returns the address that a link of the article leads to; false where that is not known or no address.
func (b base) resolve(destination string) (string, bool) {
	destination = strings.TrimSpace(destination)
	u, err := url.Parse(destination)
	switch {
	case err != nil || destination == "":
		return "", false
	case u.Scheme != "":
		return destination, foreign.IsAddress(destination)
	case u.Host != "":
		return "https:" + destination, foreign.IsAddress("https:" + destination)
	case strings.HasPrefix(destination, "#"):
		return b.page + destination, b.page != "" && foreign.IsAddress(b.page+destination)
	case !strings.HasPrefix(destination, "/"):
		folder, ok := b.folderFor(u.Path)
		full := path.Join(root, folder, u.Path)
		if !ok || full != root && !strings.HasPrefix(full, root+"/") {
			return "", false
		}
		u.Path = full
	}
	address := site + withoutEnding(u.EscapedPath())
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		address += "#" + u.EscapedFragment()
	}
	return address, foreign.IsAddress(address)
}

// folderFor returns the folder that a relative path begins in. Articles stand one folder deep, so that ../ leads to the
// root from everywhere.
func (b base) folderFor(relative string) (string, bool) {
	if b.known {
		return b.folder, true
	}
	return "any", strings.HasPrefix(relative, "../")
}

// links returns the links of lines whose addresses are known; all others are losses.
func (r *reader) links(pathTo string, lines ...line) []assessment.Link {
	var links []assessment.Link
	seen := map[assessment.Link]bool{}
	for _, l := range lines {
		for _, m := range l.marks {
			if m.image {
				r.lose(m.offset, pathTo, "the image %s is left out", foreign.Shorten(m.destination))
				continue
			}
			address, ok := r.base.resolve(m.destination)
			if !ok {
				r.lose(m.offset, pathTo, "the link to %s is left out: it is not a full address, and the address of the article is not known", foreign.Shorten(m.destination))
				continue
			}
			link := assessment.Link{Title: words.Cut(strings.TrimSpace(l.text[m.start:m.end]), maxTitle), URL: address}
			if link.Title == "" {
				link.Title = words.Cut(address, maxTitle)
			}
			if !seen[link] {
				seen[link] = true
				links = append(links, link)
			}
		}
	}
	return links
}

// loseLinks reports the links and images of a text that has no place for them.
func (r *reader) loseLinks(pathTo string, lines ...line) {
	for _, l := range lines {
		for _, m := range l.marks {
			kind := "link to"
			if m.image {
				kind = "image"
			}
			r.lose(m.offset, pathTo, "the %s %s cannot be kept here: the text is kept without it", kind, foreign.Shorten(m.destination))
		}
	}
}
