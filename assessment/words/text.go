package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lower returns a word for the middle of a sentence: "not yet" for "Not yet".
func Lower(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToLower(first)) + word[size:]
}

// Capital returns a word for the start of a sentence: "Not yet" for "not yet".
func Capital(word string) string {
	if word == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// Cut returns a text of at most limit characters, which is at least 1. A longer one ends with an ellipsis; it is cut
// between words, or inside a word where less than half of the limit would be left. Bytes that are no UTF-8 are replaced.
func Cut(text string, limit int) string {
	if most := utf8.UTFMax * (limit + 1); len(text) > most {
		text = text[:most] // a text may be a whole file
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	kept := []rune(text)[:limit] // one more than there is room for: it may be the space after the last word
	for i := limit - 1; i > limit/2; i-- {
		if unicode.IsSpace(kept[i]) {
			return ended(kept[:i])
		}
	}
	return ended(kept[:limit-1])
}

// longestAddress is how many characters of an address are shown.
const longestAddress = 160

// Address returns a web address to read: of a long one the beginning, which says where it leads, and the end.
func Address(address string) string {
	const end = longestAddress / 4
	all := []rune(strings.ToValidUTF8(address, "\uFFFD"))
	if len(all) <= longestAddress {
		return string(all)
	}
	return string(all[:longestAddress-end-1]) + "…" + string(all[len(all)-end:])
}

func ended(kept []rune) string { return strings.TrimRight(string(kept), " \t\r\n,;:") + "…" }
