package azurearticle

import (
	"slices"
	"unicode/utf8"

	"plumbline/content/foreign"
)

// reader holds the article's text and collects what is lost on the way.
type reader struct {
	foreign.Reader
	source []byte
	lines  []int // offsets at which lines begin
	base   base
}

func newReader(source []byte) *reader {
	r := &reader{source: source, lines: []int{0}}
	for i, c := range source {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	return r
}

// nowhere is the offset of what concerns the file as a whole.
const nowhere = -1

// place returns line and column (in characters) of an offset, both from 1; 0 for nowhere.
func (r *reader) place(offset int) (line, column int) {
	if offset < 0 {
		return 0, 0
	}
	offset = min(offset, len(r.source))
	line, _ = slices.BinarySearch(r.lines, offset+1)
	return line, 1 + utf8.RuneCount(r.source[r.lines[line-1]:offset])
}

// lose reports a loss; path is the heading under which it stands.
func (r *reader) lose(offset int, path, format string, args ...any) {
	var at *foreign.Node
	if offset >= 0 {
		line, column := r.place(offset)
		at = &foreign.Node{Line: line, Column: column}
	}
	r.LoseAt(at, foreign.Clip(path), format, args...)
}
