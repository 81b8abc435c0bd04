package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"plumbline/assessment"
)

// Limits of a body besides its bytes. They are looked at before anything is made of it: the values of a body need many
// times its memory, and so do complaints about each of them.
const (
	maxEntries = 2_000   // of any list
	maxValues  = 150_000 // of the body as a whole: that many answers with all that one can have
	maxNesting = 10_000  // the decoder refuses more
)

// boundedBody reads the body of a request, and refuses one with more values than any operation takes. What could not be
// read is left to the operation.
func boundedBody(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), r.Body), r.Body}
	if err != nil {
		return nil
	}
	return checkValues(body)
}

// checkValues counts values without reading them. What is no JSON is left to the decoder.
func checkValues(body []byte) error {
	var s jsonScan
	values := 0
	for s.next(body) {
		if values++; values > maxValues {
			return assessment.InvalidField("body", fmt.Sprintf("More than %d values: send them in several requests", maxValues))
		}
		if s.entries() > maxEntries {
			return assessment.InvalidField(s.place(body), fmt.Sprintf("More than %d entries: send them in several requests", maxEntries))
		}
		if len(s.open) > maxNesting {
			return nil
		}
	}
	return nil
}

// jsonScan goes through JSON from one place at which a value may begin to the next.
type jsonScan struct {
	at   int
	text [2]int // where the last text began and ended
	open []jsonGroup
}

// jsonGroup is a list or an object that is not closed yet.
type jsonGroup struct {
	list    bool
	key     [2]int // where the text before it is
	entries int    // up to now
}

// next goes on to behind the next bracket that opens or the next comma; false at the end.
func (s *jsonScan) next(body []byte) bool {
	for s.at < len(body) {
		c := body[s.at]
		s.at++
		switch c {
		case '"':
			s.skipText(body)
		case '[', '{':
			s.open = append(s.open, jsonGroup{list: c == '[', key: s.text, entries: 1})
			return true
		case ']', '}':
			s.open = s.open[:max(len(s.open)-1, 0)]
		case ',':
			if len(s.open) > 0 {
				s.open[len(s.open)-1].entries++
			}
			return true
		}
	}
	return false
}

func (s *jsonScan) skipText(body []byte) {
	begin := s.at
	for s.at < len(body) && body[s.at] != '"' {
		if body[s.at] == '\\' {
			s.at++
		}
		s.at++
	}
	s.text = [2]int{begin, min(s.at, len(body))}
	s.at++
}

// entries counts those of the innermost list so far; 0 in an object.
func (s *jsonScan) entries() int {
	if len(s.open) == 0 || !s.open[len(s.open)-1].list {
		return 0
	}
	return s.open[len(s.open)-1].entries
}

// place names the innermost list where it is a field of the body.
func (s *jsonScan) place(body []byte) string {
	last := s.open[len(s.open)-1]
	if key := body[last.key[0]:last.key[1]]; len(s.open) == 2 && !s.open[0].list && len(key) > 0 {
		return "body." + shortened(string(key))
	}
	return "body"
}
