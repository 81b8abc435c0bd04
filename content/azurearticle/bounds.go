package azurearticle

import (
	"bytes"
	"fmt"
)

// Limits of what a real article never comes near, so that reading one takes no time.
const (
	maxDepth  = 64     // nesting of lists and quotes
	maxIndent = 200    // columns in front of a list item
	maxLength = 16_384 // bytes of a line
	maxLines  = 5_000
	maxLinks  = 10_000 // opening brackets in the file
	maxNear   = 3_000  // opening brackets in lines without an empty one between them
)

// tooComplex returns the first place that would take too long to read, and what is wrong there; "" where nothing is.
func (r *reader) tooComplex() (offset int, message string) {
	if len(r.lines) > maxLines {
		return r.lines[maxLines], fmt.Sprintf("the article has more than %d lines", maxLines)
	}
	links, near := 0, 0
	for at := 0; at < len(r.source); {
		row, _, _ := bytes.Cut(r.source[at:], []byte("\n"))
		markers, indent := leading(row)
		brackets := bytes.Count(row, []byte("["))
		links, near = links+brackets, near+brackets
		if len(bytes.TrimSpace(row)) == 0 {
			near = 0
		}
		switch {
		case links > maxLinks, near > maxNear:
			return at, "the article is too complex: more links than can be read"
		case markers > maxDepth, markers > 0 && indent > maxIndent:
			return at, fmt.Sprintf("nested deeper than %d levels", maxDepth)
		case len(row) > maxLength:
			return at, fmt.Sprintf("a line is longer than %d bytes", maxLength)
		}
		at += len(row) + 1
	}
	return 0, ""
}

// leading counts the marks of quotes and list items that a line begins with, and the columns before the last of them.
func leading(row []byte) (markers, indent int) {
	columns := 0
	for i, c := range row {
		switch {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case c == '>':
			columns++
			markers, indent = markers+1, columns
		case (c == '-' || c == '*' || c == '+' || c == '.' || c == ')') && (i+1 == len(row) || row[i+1] == ' ' || row[i+1] == '\t'):
			columns++
			markers, indent = markers+1, columns
		case c >= '0' && c <= '9':
			columns++
		default:
			return markers, indent
		}
	}
	return markers, indent
}
