package assessment

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Folded returns a text in a form in which two texts are equal where only upper and lower case, or how their characters
// are put together, tells them apart, in any language.
func Folded(text string) string { return norm.NFKC.String(cases.Fold().String(norm.NFKD.String(text))) }

// Matches reports whether every word of a search occurs in one of the texts, folded.
func Matches(search string, texts ...string) bool {
	words := strings.Fields(Folded(search))
	if len(words) == 0 {
		return true
	}
	text := Folded(strings.Join(texts, "\n"))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// SortByName sorts a list by names as people expect it, where upper and lower case and accents count only between names
// that are otherwise equal. Of one name, what came first stays first.
func SortByName[T any](list []T, name func(T) string) {
	if len(list) < 2 {
		return
	}
	places := placesOfNames(list, name)
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(places[name(a)], places[name(b)]) })
}

// placesOfNames returns which place each name of a list has among them.
func placesOfNames[T any](list []T, name func(T) string) map[string]int {
	var (
		places  = make(map[string]int, len(list))
		keys    = make(map[string][]byte, len(list))
		names   []string
		written collate.Buffer
		order   = collate.New(language.English)
	)
	for _, one := range list {
		if name := name(one); keys[name] == nil {
			keys[name] = order.KeyFromString(&written, name)
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	for i, name := range names {
		places[name] = i
	}
	return places
}
