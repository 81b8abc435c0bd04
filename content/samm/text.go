package samm

import (
	"path"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// maxPart is the longest of the texts that are put together to one, in characters.
const maxPart = 4_000

var (
	linked   = foreign.LazyRegexp(`\[([^\[\]\n]{1,300})\]\(\s*([^()\s]+)\s*\)`)
	strong   = foreign.LazyRegexp(`\*\*[ \t]*([^*\n]+?)[ \t]*\*\*`)
	code     = foreign.LazyRegexp("`([^`\n]+)`")
	bullet   = foreign.LazyRegexp(`(?m)^[ \t]*[*•][ \t]+`)
	breaks   = foreign.LazyRegexp(`(?i)<br\s*/?>`)
	trailing = foreign.LazyRegexp(`(?m)[ \t]+$`)
	blanks   = foreign.LazyRegexp(`\n{3,}`)
)

// prose returns a text with its paragraphs, "" where there is none. What it links to is kept for links.
func (f *file) prose(key string) string {
	s, v := f.text(key)
	return v.prose(s)
}

// title returns a text of one line; the file's name stands for it where there is none.
func (f *file) title(key string) string {
	if s, v := f.text(key); s != "" {
		if s = v.line(); s != "" {
			return s
		}
	}
	instead := printableLine(strings.TrimSuffix(path.Base(f.path), path.Ext(f.path)))
	if instead == "" {
		instead = "Untitled"
	}
	v, _ := f.value(key)
	v.lose("there is no text: %s is used", foreign.Shorten(instead))
	return instead
}

// line returns a scalar on one line.
func (v value) line() string {
	s, _ := v.scalar()
	return v.cut(strings.Join(strings.Fields(v.plain(s)), " "), foreign.MaxLine)
}

func (v value) prose(s string) string {
	s = trailing().ReplaceAllString(v.plain(s), "")
	return v.cut(strings.TrimSpace(blanks().ReplaceAllString(s, "\n\n")), maxPart)
}

// cut shortens a text to a number of characters.
func (v value) cut(s string, limit int) string { return foreign.Cut(s, limit, v.lose) }

// plain returns a text without Markdown and without characters that a questionnaire cannot hold.
func (v value) plain(s string) string {
	s = foreign.Spaces(s)
	clean := strings.Map(foreign.Printable, s)
	if clean != s {
		v.lose("control characters are left out")
	}
	clean = linked().ReplaceAllStringFunc(clean, func(found string) string {
		parts := linked().FindStringSubmatch(found)
		v.link(parts[1], parts[2])
		return parts[1]
	})
	clean = bullet().ReplaceAllString(breaks().ReplaceAllString(clean, "\n"), "- ")
	return code().ReplaceAllString(strong().ReplaceAllString(clean, "$1"), "$1")
}

func printableLine(s string) string {
	r := []rune(strings.Join(strings.Fields(strings.Map(foreign.Printable, s)), " "))
	return string(r[:min(len(r), 100)])
}

// link keeps what a text links to; no address is a loss.
func (v value) link(title, address string) {
	if !foreign.IsAddress(address) {
		v.lose("not an http or https address: %s is left out", foreign.Shorten(address))
		return
	}
	if title = strings.Join(strings.Fields(title), " "); title == "" {
		title = address[:min(len(address), foreign.MaxLine)]
	}
	one := assessment.Link{Title: title, URL: address}
	if !slices.Contains(v.file.linked, one) {
		v.file.linked = append(v.file.linked, one)
	}
}

// links returns what the texts of the file link to.
func (f *file) links() []assessment.Link {
	if len(f.linked) > foreign.MaxItems/2 {
		f.whole().lose("only %d of %d links are kept", foreign.MaxItems/2, len(f.linked))
		f.linked = f.linked[:foreign.MaxItems/2]
	}
	return slices.Clone(f.linked)
}
