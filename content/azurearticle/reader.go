package azurearticle

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"plumbline/content"
)

const maxLosses = 10_000

// reader holds the article's text and collects what is lost on the way.
type reader struct {
	source []byte
	lines  []int // offsets at which lines begin
	losses content.Losses
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
	line = sort.SearchInts(r.lines, offset+1)
	return line, 1 + utf8.RuneCount(r.source[r.lines[line-1]:offset])
}

// lose reports a loss; path is the heading under which it stands.
func (r *reader) lose(offset int, path, format string, args ...any) {
	if len(r.losses) > maxLosses {
		return
	}
	loss := content.Loss{Path: clip(path), Message: fmt.Sprintf(format, args...)}
	if len(r.losses) == maxLosses {
		offset, loss = nowhere, content.Loss{Message: "there are more losses than can be listed"}
	}
	loss.Line, loss.Column = r.place(offset)
	r.losses = append(r.losses, loss)
}

// sorted returns the losses in the order of the file, those without a place at the end.
func (r *reader) sorted() content.Losses {
	slices.SortStableFunc(r.losses, func(a, b content.Loss) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.losses
}

// shorten quotes a text for a message.
func shorten(s string) string { return fmt.Sprintf("%q", clip(s)) }

func clip(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:57]) + "…"
}
