package samm

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"plumbline/assessment"
)

// Limits of texts in a questionnaire file, in characters.
const (
	maxLine  = 1_000
	maxProse = 40_000
	maxPart  = 4_000 // of one text of many that are put together
)

var (
	linked   = regexp.MustCompile(`\[([^\[\]\n]{1,300})\]\(\s*([^()\s]+)\s*\)`)
	strong   = regexp.MustCompile(`\*\*[ \t]*([^*\n]+?)[ \t]*\*\*`)
	code     = regexp.MustCompile("`([^`\n]+)`")
	bullet   = regexp.MustCompile(`(?m)^[ \t]*[*•][ \t]+`)
	breaks   = regexp.MustCompile(`(?i)<br\s*/?>`)
	trailing = regexp.MustCompile(`(?m)[ \t]+$`)
	blanks   = regexp.MustCompile(`\n{3,}`)
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
	instead := strings.TrimSuffix(strings.TrimSuffix(f.path, ".yml"), ".yaml")
	instead = printableLine(instead[strings.LastIndexByte(instead, '/')+1:])
	if instead == "" {
		instead = "Untitled"
	}
	v, _ := f.value(key)
	v.lose("there is no text: %s stands for it", shorten(instead))
	return instead
}

// line returns a scalar on one line.
func (v value) line() string {
	s, _ := v.scalar()
	return v.cut(strings.Join(strings.Fields(v.plain(s)), " "), maxLine)
}

func (v value) prose(s string) string {
	s = trailing.ReplaceAllString(v.plain(s), "")
	return v.cut(strings.TrimSpace(blanks.ReplaceAllString(s, "\n\n")), maxPart)
}

// cut shortens a text to a number of characters.
func (v value) cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	v.lose("the text is cut off after %d of %d characters", limit, len(r))
	return strings.TrimSpace(string(r[:limit]))
}

// plain returns a text without Markdown and without characters that a questionnaire cannot hold.
func (v value) plain(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u2028", "\n", "\u2029", "\n\n", "\ufeff", "").Replace(s)
	clean := strings.Map(printable, s)
	if clean != s {
		v.lose("control characters are left out")
	}
	clean = linked.ReplaceAllStringFunc(clean, func(found string) string {
		parts := linked.FindStringSubmatch(found)
		v.link(parts[1], parts[2])
		return parts[1]
	})
	clean = bullet.ReplaceAllString(breaks.ReplaceAllString(clean, "\n"), "- ")
	return code.ReplaceAllString(strong.ReplaceAllString(clean, "$1"), "$1")
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

func printableLine(s string) string {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	return string([]rune(s)[:min(len([]rune(s)), 100)])
}

// link keeps what a text links to; no address is a loss.
func (v value) link(title, address string) {
	if !isAddress(address) {
		v.lose("no http or https address: %s is left out", shorten(address))
		return
	}
	if title = strings.Join(strings.Fields(title), " "); title == "" {
		title = address[:min(len(address), maxLine)]
	}
	one := assessment.Link{Title: title, URL: address}
	if !slices.Contains(v.file.linked, one) {
		v.file.linked = append(v.file.linked, one)
	}
}

// links returns what the texts of the file link to.
func (f *file) links() []assessment.Link {
	if len(f.linked) > maxItems/2 {
		f.whole().lose("only %d of %d links are kept", maxItems/2, len(f.linked))
		f.linked = f.linked[:maxItems/2]
	}
	return slices.Clone(f.linked)
}

// isAddress reports whether s is an http or https address that a questionnaire file may hold.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= assessment.MaxURL && !strings.ContainsAny(s, " \\") && strings.Map(printable, s) == s &&
		(u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}
