// Package find finds the practices and tradeoffs of a questionnaire that a search asks for.
package find

import (
	"cmp"
	"slices"
	"strings"

	"plumbline/assessment"
)

// Hit is a practice or a tradeoff that a search finds.
type Hit struct {
	ID       string
	Title    string
	Tradeoff bool
	Also     string // other name by which it was found; empty where its title or its id says it
	rank     int
}

// Ranks of a hit, the best first: by where all words of the search are.
const (
	byID = iota
	byTitle
	byName
	byText
)

// In returns at most most hits among the practices and as many among the tradeoffs, in each the best first, and of equal
// ones in the questionnaire's order. Every word of the search is in the id, the title, another name, or the help and
// advice. An empty search finds nothing.
func In(m *assessment.Model, search string, most int) []Hit {
	words := strings.Fields(assessment.Folded(search))
	if len(words) == 0 {
		return nil
	}
	var practices, tradeoffs []Hit
	for p := range m.Questionnaire().Practices() {
		practices = found(practices, words, Hit{ID: p.ID, Title: p.Title}, p.Aka, p.Help+"\n"+p.Advice)
	}
	for _, t := range m.Questionnaire().Tradeoffs {
		tradeoffs = found(tradeoffs, words, Hit{ID: t.ID, Title: t.Title, Tradeoff: true}, nil, t.Summary+"\n"+t.Decide+"\n"+t.Sides[0].Label+"\n"+t.Sides[1].Label)
	}
	return append(best(practices, most), best(tradeoffs, most)...)
}

func best(hits []Hit, most int) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(a.rank, b.rank) })
	return hits[:min(most, len(hits))]
}

func found(hits []Hit, words []string, hit Hit, names []string, text string) []Hit {
	title := assessment.Folded(hit.Title)
	switch {
	case len(words) == 1 && assessment.Folded(hit.ID) == words[0]:
		hit.rank = byID
	case within(words, title):
		hit.rank = byTitle
	default:
		if hit.Also = named(words, names); hit.Also != "" {
			hit.rank = byName
			break
		}
		hit.rank = byText
		if !within(words, title+"\n"+assessment.Folded(hit.ID+"\n"+strings.Join(names, "\n")+"\n"+text)) {
			return hits
		}
	}
	return append(hits, hit)
}

// named returns the other name that all words are in, empty where there is none.
func named(words, names []string) string {
	i := slices.IndexFunc(names, func(name string) bool { return within(words, assessment.Folded(name)) })
	if i < 0 {
		return ""
	}
	return names[i]
}

func within(words []string, text string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}
