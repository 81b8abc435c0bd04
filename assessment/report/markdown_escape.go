package report

import (
	"fmt"
	"strings"
	"unicode"
)

// escape returns text on one line in which nothing is markup, HTML or a link, wherever the line stands. Characters that
// nobody would see are named by their numbers. What would be markup at the beginning of a line alone is escaped there
// alone, so that the source stays readable.
func escape(text string) string {
	text = strings.Join(strings.Fields(normalizeSpace(text)), " ")
	var b strings.Builder
	for i, r := range text {
		switch {
		case hidden(r):
			fmt.Fprintf(&b, "\\[U+%04X\\]", r)
			continue
		case strings.ContainsRune("\\`*_[]<>&|~$@", r),
			i == 0 && strings.ContainsRune("#+-=", r),
			(r == '.' || r == ')') && numberBefore(text[:i]),
			r == ':' && strings.HasPrefix(text[i:], "://"),
			r == '.' && strings.HasSuffix(strings.ToLower(text[:i]), "www"):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// numberBefore reports whether the text so far is a number, which would begin a list.
func numberBefore(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}
