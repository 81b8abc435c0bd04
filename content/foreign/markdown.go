package foreign

import (
	"strings"

	"plumbline/assessment"
)

var (
	headingMark = LazyRegexp(`^\s{0,3}#{1,6}\s+(.*?)\s*#*$`)
	strong      = LazyRegexp(`\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*`)
	emphasis    = LazyRegexp(`(^|[^\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*($|[^\w*])`)
	linkMark    = LazyRegexp(`\[([^\[\]\n]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?\s*\)`)
	barrier     = LazyRegexp("^\\s*(?:```|~~~)")
	autoLink    = LazyRegexp(`<(https?://[^<>\s]+)>`)
)

// Markdown returns a text in which Markdown may stand as plain text with its paragraphs, and what it linked to. It takes
// away only marks that mean nothing else: headings, emphasis, links, the fences of program text. Lists stay as they are,
// and so do the lines, because most texts are not meant as Markdown.
func (v Value) Markdown(s string) (string, []assessment.Link) {
	s = v.Cut(s, maxMarkup)
	var links []assessment.Link
	fenced := false
	lines := strings.Split(LineEnds(s), "\n")
	kept := lines[:0:0]
	for _, line := range lines {
		switch {
		case barrier().MatchString(line):
			fenced = !fenced
			continue
		case !fenced:
			line = v.plainLine(line, &links)
		}
		kept = append(kept, line)
	}
	clean := strings.Join(kept, "\n")
	if clean != strings.Join(lines, "\n") {
		v.Count("Markdown was converted to plain text")
	}
	plain, more := v.Prose(clean)
	return plain, append(links, more...)
}

// plainLine returns one line without marks.
func (v Value) plainLine(line string, links *[]assessment.Link) string {
	if !strings.ContainsAny(line, "#*[<") {
		return line
	}
	if found := headingMark().FindStringSubmatch(line); found != nil {
		line = found[1]
	}
	if strings.Contains(line, "](") {
		line = v.withoutLinks(line, links)
	}
	if strings.Contains(line, "<http") {
		line = autoLink().ReplaceAllString(line, "$1")
	}
	if strings.Contains(line, "*") {
		line = emphasis().ReplaceAllString(strong().ReplaceAllString(line, "$1"), "$1$2$3")
	}
	return line
}

// withoutLinks returns the titles of links where they stood; their addresses are added to links.
func (v Value) withoutLinks(line string, links *[]assessment.Link) string {
	return linkMark().ReplaceAllStringFunc(line, func(mark string) string {
		parts := linkMark().FindStringSubmatch(mark)
		if !IsAddress(parts[2]) {
			v.Lose("not an http or https address: %s is left out", Shorten(parts[2]))
			return parts[1]
		}
		*links = append(*links, assessment.Link{Title: v.OneLine(TitleOr(parts[1], parts[2])), URL: parts[2]})
		return parts[1]
	})
}
