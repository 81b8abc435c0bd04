package azurearticle

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// maxTitle is the most characters of a draft's title: short enough to be read at a glance.
const maxTitle = 160

var clauseEnd = foreign.LazyRegexp(`, |; |: | – | — | because | so that `)

// titleOf returns a text as a title: as it stands, or its first sentences or clauses where it is long.
func titleOf(s string) string {
	if utf8.RuneCountInString(s) <= maxTitle {
		return withoutStop(s)
	}
	title := ""
	for _, sentence := range sentences(line{text: s}) {
		longer := strings.TrimSpace(title + " " + sentence.text)
		if utf8.RuneCountInString(longer) > maxTitle {
			break
		}
		if title = longer; utf8.RuneCountInString(title) > 40 {
			break
		}
	}
	if title != "" {
		return withoutStop(title)
	}
	end := 0
	for _, at := range clauseEnd().FindAllStringIndex(s, -1) {
		if n := utf8.RuneCountInString(s[:at[0]]); n > maxTitle-1 {
			break
		} else if n >= 40 {
			end = at[0]
		}
	}
	if end > 0 {
		return s[:end] + "…"
	}
	return words.Cut(s, maxTitle)
}

// withoutStop returns a sentence without the stop or colon at its end.
func withoutStop(s string) string {
	short := strings.TrimRight(s, ":; ")
	if strings.HasSuffix(short, ".") && !strings.HasSuffix(short, "..") && !endsWithAbbreviation(short) {
		short = strings.TrimSuffix(short, ".")
	}
	if short == "" {
		return s
	}
	return short
}

var sentenceEnd = foreign.LazyRegexp(`[.!?]["”’')\]]*\s+`)

// sentences returns the sentences of a line.
func sentences(l line) []line {
	var parts []line
	start := 0
	for _, at := range sentenceEnd().FindAllStringIndex(l.text, -1) {
		next, _ := utf8.DecodeRuneInString(l.text[at[1]:])
		if unicode.IsLower(next) || endsWithAbbreviation(l.text[start:at[0]+1]) {
			continue
		}
		parts = append(parts, l.part(start, at[1]))
		start = at[1]
	}
	if rest := l.part(start, len(l.text)); rest.text != "" || len(rest.marks) > 0 {
		parts = append(parts, rest)
	}
	return parts
}

var abbreviation = foreign.LazyRegexp(`(?i)(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|fig|inc|u\.s|[a-z])\.$`)

// endsWithAbbreviation looks at the end alone: texts are long, and it is asked for each stop in them.
func endsWithAbbreviation(s string) bool {
	const longest = 16
	return abbreviation().MatchString(s[max(0, len(s)-longest):])
}

var follows = foreign.LazyRegexp(`^(?:For example|For instance|Otherwise|This|These|Those|They|It|Its|It's|Such|Doing so|In this case|In that case)\b`)

// needsContext reports whether a sentence says nothing without the one before it.
func needsContext(s string) bool { return follows().MatchString(s) }

// join returns lines as text with paragraphs and lists.
func join(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if l.begins && !(l.bullet && lines[i-1].bullet) {
				b.WriteByte('\n')
			}
		}
		if l.depth > 1 || l.depth == 1 && !l.bullet {
			b.WriteString(strings.Repeat("  ", min(l.depth, 9)-1))
		}
		if l.bullet {
			b.WriteString("- ")
		} else if l.depth > 0 {
			b.WriteString("  ")
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// oneLine returns lines as one.
func oneLine(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}

// paragraphs joins the texts that say something with an empty line between them.
func paragraphs(texts ...string) string {
	var said []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "\n\n")
}
