package azurearticle

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// MaxSize is the largest article that is read, in bytes; the longest real ones have a fifth of it.
const MaxSize = 512 << 10

// Import returns the questionnaire of drafts that an article gives, and what of it is lost or was read otherwise than it
// is written. The error is content.Problems where the file is no such article, and an assessment.Error of code TooLarge
// above MaxSize. name stands for the file in the problems; where it has the repository's folders, relative links are
// resolved.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	if len(data) > MaxSize {
		return nil, nil, content.TooLarge(name, MaxSize)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := newReader([]byte(foreign.LineEnds(string(data))))
	if problem := r.refusal(); problem != nil {
		problem.File = name
		return nil, nil, content.Problems{*problem}
	}
	r.base = baseOf(name)
	front, body := r.front()
	b := newBuilder(r, r.walk(body), front)
	b.build()
	if len(b.q.Pillars) == 0 {
		whole := foreign.Value{Reader: &r.Reader, Node: &foreign.Node{}}
		return nil, nil, whole.Refused(name, "nothing in the article can be answered: expected a table of principles or recommendations, "+
			"or headings \"A tradeoffs with B\" with callouts")
	}
	checked, err := foreign.Checked(name, b.q)
	return checked, r.Losses(), err
}

// refusal says why a file is no text, or one that would take too long to read.
func (r *reader) refusal() *content.Problem {
	at := func(offset int, format string, args ...any) *content.Problem {
		line, column := r.place(offset)
		return &content.Problem{Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
	}
	for i := 0; i < len(r.source); {
		c, size := utf8.DecodeRune(r.source[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			return at(i, "this is not UTF-8 text")
		case c == 0:
			return at(i, "a NUL character is not allowed")
		}
		i += size
	}
	if offset, what := r.tooComplex(); what != "" {
		return at(offset, "%s", what)
	}
	return nil
}
