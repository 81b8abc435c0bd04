package foreign

import (
	"html"
	"strings"
	"unicode"

	"plumbline/assessment"
	"plumbline/content"
)

// Limits of texts in a questionnaire file, in characters.
const (
	MaxLine  = content.MaxLine  // of a title
	MaxProse = content.MaxProse // of a text with paragraphs
)

// maxLayers is how often markup is taken away that taking away markup leaves behind.
const maxLayers = 2

// maxMarkup is the number of characters of a text that are looked at for markup.
const maxMarkup = 4 * MaxProse

const tagNames = `(?:a|abbr|b|i|u|em|strong|br|hr|img|p|ul|ol|li|code|pre|div|span|h[1-6]|sup|sub|table|thead|tbody|tr|td|th)`

var (
	// isHTML tells markup from placeholders such as <region>: something is closed, or breaks a line.
	isHTML   = LazyRegexp(`(?i)</` + tagNames + `\s*>|<br\s*/?>`)
	anchor   = LazyRegexp(`(?is)<a\s[^<>]*?href\s*=\s*["']([^"'<>]*)["'][^<>]*>(.*?)</a\s*>`)
	tags     = LazyRegexp(`(?i)</?` + tagNames + `(?:\s[^<>]*)?/?>`)
	tagName  = LazyRegexp(`^</?[A-Za-z0-9]+`)
	entities = LazyRegexp(`&(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)
	blanks   = LazyRegexp(`\n{3,}`)
)

var (
	lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
	spaces   = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u2028", "\n", "\u2029", "\n\n", "\ufeff", "")
)

// LineEnds returns a text whose lines end with \n alone, however they were written.
func LineEnds(s string) string { return lineEnds.Replace(s) }

// Spaces returns a text with LineEnds and with ordinary spaces for those that do not break; byte order marks are dropped.
func Spaces(s string) string { return spaces.Replace(s) }

// Prose returns a text with its paragraphs, and what its HTML linked to.
func (v Value) Prose(s string) (string, []assessment.Link) {
	s, links := v.plain(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	s = strings.TrimSpace(blanks().ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
	return v.Cut(s, MaxProse), links
}

// OneLine returns a text on one line.
func (v Value) OneLine(s string) string {
	s, links := v.plain(s)
	for _, link := range links {
		v.Lose("the link to %s cannot be kept here", Shorten(link.URL))
	}
	return v.Cut(strings.Join(strings.Fields(s), " "), MaxLine)
}

// Cut shortens a text to a number of characters.
func (v Value) Cut(s string, limit int) string { return Cut(s, limit, v.Lose) }

// Cut returns a text in at most limit characters; lose is told of one that was longer.
func Cut(s string, limit int, lose func(format string, args ...any)) string {
	if len(s) <= limit {
		return s
	}
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	lose("the text is cut off after %d of %d characters", limit, len(r))
	return strings.TrimSpace(string(r[:limit]))
}

// plain returns a text without markup and without characters that a questionnaire cannot hold.
func (v Value) plain(s string) (string, []assessment.Link) {
	s = Spaces(v.Cut(s, maxMarkup))
	if strings.ContainsRune(s, unicode.ReplacementChar) {
		v.Lose("the text contains characters that could not be read")
	}
	clean := strings.Map(Printable, s)
	if clean != s {
		v.Lose("control characters are left out")
	}
	var links []assessment.Link
	if isHTML().MatchString(clean) {
		clean, links = v.withoutTags(clean)
		v.Lose("HTML was converted to plain text")
	}
	return v.withoutEntities(clean), links
}

// Printable is for strings.Map: it drops control characters that a questionnaire cannot hold.
func Printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

func (v Value) withoutTags(s string) (string, []assessment.Link) {
	var links []assessment.Link
	s = anchor().ReplaceAllStringFunc(s, func(found string) string {
		parts := anchor().FindStringSubmatch(found)
		title := strings.Join(strings.Fields(tags().ReplaceAllString(parts[2], "")), " ")
		for _, address := range v.Addresses(html.UnescapeString(parts[1])) {
			links = append(links, assessment.Link{Title: TitleOr(title, address), URL: address})
		}
		return parts[2]
	})
	for range maxLayers {
		shorter := tags().ReplaceAllStringFunc(s, instead)
		if shorter == s {
			break
		}
		s = shorter
	}
	return s, links
}

// instead returns what stands in plain text for a tag.
func instead(tag string) string {
	switch strings.ToLower(tagName().FindString(tag)) {
	case "<br", "</p", "</div", "</ul", "</ol", "</pre", "</table", "</tr", "</h1", "</h2", "</h3", "</h4", "</h5", "</h6":
		return "\n"
	case "</td", "</th":
		return " "
	case "<li":
		return "\n- "
	}
	return ""
}

// withoutEntities turns &lt; and the like into characters, unless that would make markup of them.
func (v Value) withoutEntities(s string) string {
	if !entities().MatchString(s) {
		return s
	}
	clean := strings.Map(Printable, strings.ReplaceAll(entities().ReplaceAllStringFunc(s, html.UnescapeString), "\u00a0", " "))
	if isHTML().MatchString(clean) || entities().MatchString(clean) {
		return s
	}
	v.Lose("HTML was converted to plain text")
	return clean
}

// Paragraphs returns the parts of a text between blank lines.
func Paragraphs(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n\n")
}

// Verbatim returns a text in which markup means nothing, such as program text, with its line breaks and indents.
func (v Value) Verbatim(s string) string {
	s = strings.ReplaceAll(LineEnds(s), "\u00a0", " ")
	clean := strings.Map(Printable, s)
	if clean != s {
		v.Lose("control characters are left out")
	}
	return v.Cut(strings.Trim(strings.TrimRightFunc(clean, unicode.IsSpace), "\n"), MaxProse)
}
