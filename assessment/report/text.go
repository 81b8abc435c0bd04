package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNamed is how many undrawable characters in a row are named one by one.
const maxNamed = 4

// hidden reports whether a character would change the text without being seen: controls, directions, joiners.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}

// printable returns s as the font can draw it, in lines parted by \n. A character that the font or the library cannot
// draw, or that nobody would see, is named by its number: "[U+1F600]"; long runs are shortened to "[U+4E2D U+6587
// U+5B57 U+7B26 and 12 more]". Letters followed by a combining accent become one character where Unicode has it; bytes
// that are no UTF-8 become U+FFFD.
func (f *face) printable(s string) string {
	if f.drawsAll(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var missing []rune
	flush := func() {
		writeMissing(&b, missing)
		missing = missing[:0]
	}
	for _, r := range compose(normalizeSpace(s), f.draws) {
		switch {
		case r == '\n' || f.draws(r):
			flush()
			b.WriteRune(r)
		default:
			missing = append(missing, r)
		}
	}
	flush()
	return b.String()
}

func (f *face) drawsAll(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r != '\n' && !f.draws(r) {
			return false
		}
	}
	return true
}

func writeMissing(b *strings.Builder, missing []rune) {
	if len(missing) == 0 {
		return
	}
	b.WriteByte('[')
	for i, r := range missing[:min(len(missing), maxNamed)] {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(b, "U+%04X", r)
	}
	if more := len(missing) - maxNamed; more > 0 {
		fmt.Fprintf(b, " and %d more", more)
	}
	b.WriteByte(']')
}

// normalizeSpace turns every kind of line end into \n, tabs and odd spaces into plain ones, and drops soft hyphens.
func normalizeSpace(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\u00AD':
			return -1
		case r == '\u00A0':
			return r
		case r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, s)
}

// wrap breaks s into lines no wider than width (in millimetres) at a size in points. It breaks at spaces and after
// hyphens and slashes, and inside a word only where the word alone is too long. Every line holds at least one
// character, so that it ends for any width. Empty lines stay.
func (f *face) wrap(s string, size, width float64) []string {
	limit := int(width / (size * millimetresPerPoint) * 1000)
	var lines []string
	for paragraph := range strings.SplitSeq(f.printable(s), "\n") {
		lines = f.wrapParagraph(lines, strings.TrimRight(paragraph, " "), limit)
	}
	return lines
}

// wrapParagraph appends the lines of one paragraph; limit is in 1/1000 em.
func (f *face) wrapParagraph(lines []string, s string, limit int) []string {
	start, used := 0, 0           // the line being filled: where it starts, how wide it is
	cut, resume, after := 0, 0, 0 // last chance to break: where the line ends, where the next starts, width up to there
	spaces := false
	for i, r := range s {
		w := f.units(r)
		if r == ' ' {
			if !spaces {
				cut = i
			}
			used += w
			spaces, resume, after = true, i+1, used
			continue
		}
		spaces = false
		for used+w > limit && i > start {
			if cut > start {
				lines = append(lines, s[start:cut])
				start, used = resume, used-after
			} else {
				lines = append(lines, s[start:i])
				start, used = i, 0
			}
			cut = start
		}
		used += w
		if breaksAfter(r) {
			cut, resume, after = i+utf8.RuneLen(r), i+utf8.RuneLen(r), used
		}
	}
	return append(lines, s[start:])
}

func breaksAfter(r rune) bool {
	switch r {
	case '-', '/', '–', '—', '?', '&', '=', '_', ']':
		return true
	}
	return false
}

// balance breaks s like wrap, in as few lines, of about the same length: for headings.
func (f *face) balance(s string, size, width float64) []string {
	lines := f.wrap(s, size, width)
	if len(lines) < 2 || len(lines) > 4 {
		return lines
	}
	narrow, wide := width/2, width
	for wide-narrow > 1 {
		middle := (narrow + wide) / 2
		if tried := f.wrap(s, size, middle); len(tried) > len(lines) {
			narrow = middle
		} else {
			wide, lines = middle, tried
		}
	}
	return lines
}

// clip returns s on one line no wider than width, with an ellipsis where something was left out.
func (f *face) clip(s string, size, width float64) string {
	s = strings.Join(strings.Fields(f.printable(s)), " ")
	limit := int(width / (size * millimetresPerPoint) * 1000)
	used, fits := 0, 0
	for i, r := range s {
		if used+f.units('…') <= limit {
			fits = i
		}
		if used += f.units(r); used > limit {
			return strings.TrimRight(s[:fits], " ") + "…"
		}
	}
	return s
}
