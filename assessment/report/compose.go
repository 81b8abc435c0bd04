package report

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// compose joins a letter and the combining accents after it into the one character that Unicode has for them where draws
// accepts it, because few fonts can draw an accent by itself.
func compose(s string, draws func(rune) bool) string {
	if !strings.ContainsFunc(s, combining) {
		return s
	}
	runes := []rune(s)
	out := runes[:0]
	for _, r := range runes {
		if last := len(out) - 1; last >= 0 && combining(r) {
			if one, ok := composed(out[last], r); ok && draws(one) {
				out[last] = one
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

func combining(r rune) bool { return r >= 0x0300 && r <= 0x036F }

func composed(letter, accent rune) (rune, bool) {
	one := []rune(norm.NFC.String(string([]rune{letter, accent})))
	return one[0], len(one) == 1
}
