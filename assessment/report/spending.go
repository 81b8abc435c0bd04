package report

import (
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// MaxDocument is how many bytes a report has at most, before its pages are compressed. The library holds several times
// as much in memory.
const MaxDocument = 20_000_000

// spending counts what a document costs while it is drawn, and ends that by a panic when it is too much: afterwards, it
// would be in memory already.
type spending struct {
	texts, links int // bytes
	held         int // bytes of lines that were broken, of which a table holds all until it is drawn
}

const (
	textCost = 70  // bytes around a text: place, style, and a rule beside it
	linkCost = 120 // around an address
	lineCost = 250 // of a line in memory
	maxHeld  = 3 * MaxDocument
)

func (s *spending) onText(text string) {
	s.texts += textCost + 2*utf8.RuneCountInString(text)
	s.check()
}

func (s *spending) onLink(address string) {
	s.links += linkCost + len(address)
	s.check()
}

func (s *spending) onLines(text, lines int) {
	s.held += text + lines*lineCost
	s.check()
}

func (s *spending) check() {
	if s.texts+s.links > MaxDocument || s.held > maxHeld {
		panic(stopped{s.tooLarge()})
	}
}

// tooLarge says what makes a document too large, and what to do about it.
func (s *spending) tooLarge() error {
	return assessment.Errorf(assessment.Invalid, "The report would be larger than %s. Its texts have more than %s, and the addresses of its links more than %s. "+
		"Shorten the longest of them, or download a CSV or Markdown file instead", megabytes(MaxDocument), megabytes(s.texts), megabytes(s.links))
}

func megabytes(n int) string { return words.Count(n/1_000_000) + " MB" }
