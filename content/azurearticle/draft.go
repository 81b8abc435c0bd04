package azurearticle

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// statement is what becomes a practice: a sentence or bullet, and what belongs to it.
type statement struct {
	text  string
	lines []line
}

// statements returns the sentences and bullets of lines, and what leads up to the first of them.
func statements(lines []line) (said []statement, lead []line) {
	add := func(l line) {
		said = append(said, statement{l.text, []line{l}})
	}
	more := func(l line) {
		last := &said[len(said)-1]
		last.lines = append(last.lines, l)
	}
	for i, l := range lines {
		switch {
		case l.text == "" && len(said) == 0:
			lead = append(lead, l)
		case l.bullet && l.depth <= 1 && l.text != "":
			add(l)
		case (l.depth > 0 || l.text == "") && len(said) > 0:
			more(l)
		default:
			parts := sentences(l)
			for j, sentence := range parts {
				leads := strings.HasSuffix(sentence.text, ":") && j == len(parts)-1 && i+1 < len(lines) && lines[i+1].bullet
				switch {
				case leads:
					lead = append(lead, sentence)
				case needsContext(sentence.text) && len(said) > 0:
					sentence.begins = j == 0
					more(sentence)
				default:
					add(sentence)
				}
			}
		}
	}
	return said, lead
}

// practice returns a statement as a draft.
func (s statement) practice() assessment.Practice {
	p := assessment.Practice{Title: titleOf(s.text), Risk: assessment.Medium, Effort: assessment.EffortM,
		Weight: assessment.DefaultWeight(assessment.Medium)}
	if len(s.lines) > 1 || p.Title != withoutStop(s.text) {
		p.Help = words.Cut(s.help(), foreign.MaxProse)
	}
	return p
}

// help returns the statement with what belongs to it.
func (s statement) help() string {
	lines := make([]line, len(s.lines))
	for i, l := range s.lines {
		if i == 0 {
			l.bullet, l.depth = false, 0
		}
		if l.depth > 0 {
			l.depth--
		}
		lines[i] = l
	}
	text := lines[0].text
	for i, l := range lines[1:] {
		if !l.bullet && !l.begins && l.depth == 0 {
			text += " " + l.text
			continue
		}
		return paragraphs(text, join(lines[i+1:]))
	}
	return text
}

const (
	draftNote = "Draft: the practices are sentences from the article. Edit them."
	askHow    = "How do you meet this: "
)

// principle adds the draft of a row to a pillar.
func (b *builder) principle(p *pillar, r row, here string) {
	title := b.rowTitle(r, here)
	principle := assessment.Principle{Title: title, Weight: 1, Summary: draftNote}
	says, details := r.title, r.details
	if r.noun {
		says = nil
		if len(details) > 0 {
			says, details = details[0].lines, details[1:]
		}
		if whole := oneLine(r.title); withoutStop(whole) != title {
			principle.Summary = paragraphs(draftNote, join(r.title))
		}
	}
	for _, d := range details {
		principle.Summary = paragraphs(principle.Summary, said(d.header, d.lines))
	}
	said, lead := statements(says)
	if len(said) == 0 {
		if r.noun {
			b.lose(r.at, here, "the row contains only %s: that is its only practice", foreign.Shorten(title))
		}
		said, lead = []statement{{oneLine(r.title), nil}}, nil
	}
	question := assessment.Question{Title: askHow + title + "?", Help: words.Cut(join(lead), foreign.MaxProse)}
	extra := append([]line{}, r.links...)
	if r.noun {
		extra = append(extra, r.title...)
	}
	for _, d := range details {
		extra = append(extra, d.lines...)
	}
	b.add(p, principle, question, said, append(extra, lead...), r, here)
}

// said returns lines behind the header of their column.
func said(header string, lines []line) string {
	if header == "" {
		return join(lines)
	}
	text := join(lines)
	if len(lines) > 1 {
		return header + ":\n\n" + text
	}
	return header + ": " + text
}

// add gives a principle its ids, its only question and the practices, unless there are too many.
func (b *builder) add(p *pillar, principle assessment.Principle, question assessment.Question, said []statement, extra []line, r row, here string) []assessment.Practice {
	if b.practices+len(said) > foreign.MaxPractices || len(said) > foreign.MaxPractices {
		b.lose(r.at, here, "a questionnaire can have at most %d practices: %s is left out", foreign.MaxPractices, foreign.Shorten(principle.Title))
		return nil
	}
	b.practices += len(said)
	principle.ID = b.principleIDs.Take(slug(p.ID + "." + principle.Title))
	principle.Summary = words.Cut(principle.Summary, foreign.MaxProse)
	for _, reference := range []string{r.code, r.group} {
		if reference != "" {
			principle.Source = append(principle.Source, words.Cut(reference, foreign.MaxLine))
		}
	}
	question.ID, question.Weight = principle.ID+".q1", 1
	for i, s := range said {
		practice := s.practice()
		practice.ID = principle.ID + ".p" + strconv.Itoa(i+1)
		lines := s.lines
		if i == 0 {
			lines = append(append([]line{}, lines...), extra...)
		}
		practice.Links = b.links(here, lines...)
		if len(practice.Links) > foreign.MaxItems {
			b.lose(r.at, here, "only %d of %d links are kept", foreign.MaxItems, len(practice.Links))
			practice.Links = practice.Links[:foreign.MaxItems]
		}
		question.Practices = append(question.Practices, practice)
	}
	principle.Questions = []assessment.Question{question}
	p.Principles = append(p.Principles, principle)
	return question.Practices
}

// firstSaid returns the first line with a text.
func firstSaid(lines []line) line {
	for _, l := range lines {
		if l.text != "" {
			return l
		}
	}
	return line{}
}

// shortPrinciple is the most characters of a principle that shares its cell with others.
const shortPrinciple = 120

// rowTitle returns the title of a row: what its first cell says, or the first sentence of that.
func (b *builder) rowTitle(r row, here string) string {
	several := len(r.title) > 1
	for _, l := range r.title {
		several = several && !l.bullet && utf8.RuneCountInString(l.text) <= shortPrinciple
	}
	first := firstSaid(r.title)
	switch {
	case !r.noun:
		return titleOf(sentences(first)[0].text)
	case !several:
		return titleOf(first.text)
	}
	b.lose(r.at, here, "the cell contains %d principles: they are kept as one", len(r.title))
	return words.Cut(withoutStop(oneLine(r.title)), foreign.MaxLine/2)
}
