// Package suggest finds the practices that rows of another tool's assessment may be about: by codes, links and words.
package suggest

import (
	"math"
	"slices"
	"strings"

	"plumbline/assessment"
)

// Suggestion is a practice that a row of another assessment may be about. It is a guess: somebody has to look at it.
type Suggestion struct {
	Practice string
	Score    float64  // how sure it is, above 0 and at most 1
	Reasons  []string // what speaks for it, the strongest first; never empty
}

// What speaks for a match, each as a part of what is still missing to certainty.
const (
	ownCode      = 0.8  // the code of the row is one of the practice
	sharedCode   = 0.5  // or one of its question or principle
	sameSection  = 0.6  // a link leads to the same place on the same page
	samePage     = 0.45 // or to the same page, shared among all practices with it
	sameWords    = 0.85 // all words of both titles are the same, by their weight
	sameHelp     = 0.4  // all words of the row stand in what explains the practice: never enough by itself
	samePillar   = 0.15 // the category is the pillar: never enough by itself
	otherPillar  = 0.7  // the category is another pillar: everything counts less
	leastScore   = 0.3  // below, nothing is suggested
	leastWords   = 0.25 // of the titles' words that must be the same, where nothing else speaks for it
	wordsInCause = 4    // that a reason lists
	wordsOfRow   = 500  // that are compared; no title has as many
)

// Suggester finds the practices that rows of another assessment may be about. It is safe for concurrent use.
type Suggester struct {
	practices []suggestible
	byCode    map[string][]int
	byPage    map[string][]int
	byWord    map[string][]int
	pillars   map[string]bool // their titles, as words
}

// suggestible is what a practice is known by.
type suggestible struct {
	id, pillar string
	pillarName string
	own        map[string]string // codes, in the spelling of the questionnaire by their normal form
	shared     map[string]string // of its question and principle
	sections   map[string]bool   // links with a fragment
	title      map[string]bool   // stems of the words of its title
	help       map[string]bool   // and of its help, advice, links and question, where they are not in its title
	weight     float64           // of all words together
}

// New returns one for a questionnaire. Between practices it asks whether to go on, and returns the error that says not
// to.
func New(q *assessment.Questionnaire, goOn func() error) (*Suggester, error) {
	s := &Suggester{byCode: map[string][]int{}, byPage: map[string][]int{}, byWord: map[string][]int{}, pillars: map[string]bool{}}
	for _, pillar := range q.Pillars {
		name := stems(pillar.Title)
		s.pillars[name] = true
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				above := codesIn(append([]string{principle.ID, principle.Title, question.ID, question.Title}, principle.Source...)...)
				for _, practice := range question.Practices {
					if err := goOn(); err != nil {
						return nil, err
					}
					s.add(practice, question, suggestible{id: practice.ID, pillar: name, pillarName: pillar.Title, shared: above})
				}
			}
		}
	}
	for i := range s.practices {
		for stem := range s.practices[i].title {
			s.practices[i].weight += s.rarity(stem)
		}
	}
	return s, nil
}

func (s *Suggester) add(p assessment.Practice, q assessment.Question, known suggestible) {
	known.own = codesIn(append([]string{p.ID, p.Title}, p.Source...)...)
	known.title, known.help, known.sections = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, w := range wordsOf(p.Title) {
		known.title[w.stem] = true
	}
	about := p.Help + " " + p.Advice + " " + q.Title
	at := len(s.practices)
	for _, link := range p.Links {
		about += " " + link.Title
		for code, spelling := range codesIn(link.Title) {
			known.own[code] = spelling
		}
		page, section := pageOf(link.URL)
		if section != "" {
			known.sections[page+"#"+section] = true
		}
		index(s.byPage, page, at)
	}
	for code := range known.own {
		index(s.byCode, code, at)
	}
	for code := range known.shared {
		index(s.byCode, code, at)
	}
	for stem := range known.title {
		index(s.byWord, stem, at)
	}
	for _, w := range wordsOf(about) {
		known.help[w.stem] = !known.title[w.stem]
	}
	s.practices = append(s.practices, known)
}

func index(by map[string][]int, key string, at int) {
	if list := by[key]; key != "" && (len(list) == 0 || list[len(list)-1] != at) {
		by[key] = append(list, at)
	}
}

// rarity is the weight of a word: the fewer practices have it, the more it says.
func (s *Suggester) rarity(word string) float64 {
	return math.Log(1 + float64(len(s.practices)+1)/float64(len(s.byWord[word])+1))
}

// Suggest returns the practice that fits a row best; ok is false where nothing speaks for one. Of those that fit alike
// it is the first of the questionnaire.
func (s *Suggester) Suggest(row assessment.ReviewRow) (best Suggestion, ok bool) {
	asked := s.ask(row)
	for _, at := range asked.candidates() {
		found := asked.against(at)
		if found.Score >= leastScore && found.Score > best.Score {
			best, ok = found, true
		}
	}
	return best, ok
}

// asked is a row, taken apart.
type asked struct {
	*Suggester
	codes         map[string]string
	page, section string
	words         []word
	weight        float64
	category      string
}

func (s *Suggester) ask(row assessment.ReviewRow) asked {
	a := asked{Suggester: s, codes: codesIn(row.Title, row.Code), words: wordsOf(row.Title), category: stems(row.Category)}
	a.words = a.words[:min(len(a.words), wordsOfRow)]
	a.page, a.section = pageOf(row.Link)
	for _, w := range a.words {
		a.weight += s.rarity(w.stem)
	}
	return a
}

// candidates returns the practices that have something in common with the row, in the order of the questionnaire.
func (a asked) candidates() []int {
	var list []int
	for code := range a.codes {
		list = append(list, a.byCode[code]...)
	}
	list = append(list, a.byPage[a.page]...)
	for _, w := range a.words {
		list = append(list, a.byWord[w.stem]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// against says what speaks for one practice.
func (a asked) against(at int) Suggestion {
	p := a.practices[at]
	found := Suggestion{Practice: p.id}
	missing := 1.0
	count := func(part float64, reason string) {
		missing *= 1 - part
		found.Reasons = append(found.Reasons, reason)
	}
	if code, spelling := common(a.codes, p.own); code != "" {
		count(ownCode, "the code "+spelling)
	} else if code, spelling := common(a.codes, p.shared); code != "" {
		count(sharedCode, "the code "+spelling+" of its principle or question")
	}
	if a.section != "" && p.sections[a.page+"#"+a.section] {
		count(sameSection, "a link to the same section, "+a.page+"#"+a.section)
	} else if slices.Contains(a.byPage[a.page], at) {
		count(samePage/math.Sqrt(float64(len(a.byPage[a.page]))), "a link to the same page, "+a.page)
	}
	if share, words := a.inCommon(p); len(words) >= 2 && (share >= leastWords || len(found.Reasons) > 0) {
		count(sameWords*share, "the words "+strings.Join(words[:min(len(words), wordsInCause)], ", "))
	}
	if len(found.Reasons) == 0 {
		return Suggestion{}
	}
	if share, words := a.explained(p); len(words) > 0 {
		count(sameHelp*share, "its help, which mentions "+strings.Join(words[:min(len(words), wordsInCause)], ", "))
	}
	factor := 1.0
	switch {
	case a.category == p.pillar && a.category != "":
		count(samePillar, "the pillar "+p.pillarName)
	case a.pillars[a.category]:
		factor = otherPillar
	}
	found.Score = factor * (1 - missing)
	return found
}

// inCommon returns the weight of the words that both titles have, as a part of the weight of the words that either has,
// and those words, the rarest first.
func (a asked) inCommon(p suggestible) (share float64, words []string) {
	both, words := a.among(p.title)
	if either := a.weight + p.weight - both; either > 0 {
		return both / either, words
	}
	return 0, nil
}

// explained returns the weight of the row's words that only what explains the practice has, as a part of all, and those
// words.
func (a asked) explained(p suggestible) (share float64, words []string) {
	some, words := a.among(p.help)
	if a.weight > 0 {
		return some / a.weight, words
	}
	return 0, nil
}

// among returns the weight of the row's words that are in a set, and those words, the rarest first.
func (a asked) among(set map[string]bool) (weight float64, said []string) {
	var found []word
	for _, w := range a.words {
		if set[w.stem] {
			found = append(found, w)
			weight += a.rarity(w.stem)
		}
	}
	slices.SortStableFunc(found, func(x, y word) int { return len(a.byWord[x.stem]) - len(a.byWord[y.stem]) })
	for _, w := range found {
		said = append(said, w.said)
	}
	return weight, said
}

// common returns a code that both have, with its spelling in the second; the first by name where there are several.
func common(a, b map[string]string) (code, spelling string) {
	for one := range a {
		if said, ok := b[one]; ok && (code == "" || one < code) {
			code, spelling = one, said
		}
	}
	return code, spelling
}
