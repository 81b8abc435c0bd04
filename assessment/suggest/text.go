package suggest

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A code such as RE:04, REL-01.2 or SEC 5.
var codePattern = regexp.MustCompile(`\b([A-Za-z]{2,5})[ :_-]?0*([1-9][0-9]{0,2})((?:\.[0-9]{1,3})*)\b`)

// codesIn returns the codes with which texts begin, each in a form that all its spellings share, with how it is
// spelled. Later in a text, letters before a number are words.
func codesIn(texts ...string) map[string]string {
	codes := map[string]string{}
	for _, text := range texts {
		found := codePattern.FindStringSubmatchIndex(text)
		if found == nil || found[0] > 0 || isPartOfID(text[found[1]:]) {
			continue
		}
		part := func(n int) string { return text[found[2*n]:found[2*n+1]] }
		letters := part(1)
		if letters != strings.ToUpper(letters) && letters != strings.ToLower(letters) {
			continue // Top 10 is not a code
		}
		codes[strings.ToUpper(letters)+part(2)+part(3)] = text[found[0]:found[1]]
	}
	return codes
}

// isPartOfID reports whether an id goes on after what looks like a code.
func isPartOfID(rest string) bool {
	return rest != "" && strings.IndexByte("._-", rest[0]) >= 0
}

// pageOf returns the page that an address leads to, in a form that all its spellings share, and the section on it.
func pageOf(address string) (page, section string) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return "", ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if host == "docs.microsoft.com" {
		host = "learn.microsoft.com"
	}
	path := strings.Trim(strings.ToLower(u.EscapedPath()), "/")
	if first, rest, _ := strings.Cut(path, "/"); localePattern.MatchString(first) {
		path = rest
	}
	if path == "" {
		return "", "" // the front page of a site says nothing
	}
	return host + "/" + path, strings.ToLower(u.Fragment)
}

var localePattern = regexp.MustCompile(`^[a-z]{2}-[a-z]{2,4}$`)

// word is a word of a text that says something.
type word struct {
	stem string // without its ending
	said string // as it stands there, in small letters
}

// wordsOf returns the words of a text that say something, each once.
func wordsOf(text string) []word {
	var words []word
	known := map[string]bool{}
	for _, said := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if _, err := strconv.Atoi(said); err == nil || len(said) < 3 || fillerWord(said) {
			continue
		}
		one := word{stem(said), said}
		if !known[one.stem] {
			known[one.stem] = true
			words = append(words, one)
		}
	}
	return words
}

// stems returns the words of a text without their endings, as one text.
func stems(text string) string {
	var parts []string
	for _, w := range wordsOf(text) {
		parts = append(parts, w.stem)
	}
	return strings.Join(parts, " ")
}

// stem takes the commonest English endings off a word.
func stem(word string) string {
	word = strings.ReplaceAll(strings.ReplaceAll(word, "isation", "ization"), "ising", "izing")
	for _, ending := range []string{"ies", "ing", "ed", "es", "s", "e", "y"} {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return word
}

// fillerWord reports whether a word says nothing about what a sentence is about.
func fillerWord(word string) bool {
	_, filler := slices.BinarySearch(fillers(), word)
	return filler
}

func fillers() []string {
	return []string{"about", "across", "after", "all", "already", "also", "and", "any", "are", "azure", "based", "been",
		"before", "being", "between", "both", "but", "can", "does", "done", "each", "ensure", "every", "for", "from",
		"had", "has", "have", "how", "implement", "include", "including", "into", "its", "least", "like", "made", "make",
		"more", "most", "must", "need", "new", "not", "off", "one", "only", "other", "our", "out", "over", "own", "per",
		"place", "set", "should", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
		"this", "those", "two", "under", "use", "used", "uses", "using", "way", "well", "what", "when", "where", "which",
		"while", "who", "will", "with", "within", "workload", "you", "your"}
}
