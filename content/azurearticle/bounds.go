package azurearticle

import (
	"bytes"
	"fmt"
)

// Limits of what a real article never comes near, so that reading one takes no time. They hold before the text is
// parsed: a parser of Markdown turns a small table into a large one, and looks from each mark back to all others of its
// paragraph.
const (
	maxDepth   = 64     // nesting of lists and quotes
	maxIndent  = 200    // columns in front of a list item
	maxLength  = 16_384 // bytes of a line
	maxLines   = 5_000
	maxColumns = 32          // of a table
	maxCells   = 20_000      // of all tables, those that rows leave out too
	maxMarks   = 20_000      // of what may begin or end emphasis, links, code or HTML
	maxLooks   = 300_000_000 // for each paragraph, its marks times its bytes
)

// tooComplex returns the first place that would take too long to read, and what is wrong there; "" where nothing is.
func (r *reader) tooComplex() (offset int, message string) {
	if len(r.lines) > maxLines {
		return r.lines[maxLines], fmt.Sprintf("the article has more than %d lines", maxLines)
	}
	var c complexity
	for at := 0; at < len(r.source); {
		row, _, _ := bytes.Cut(r.source[at:], []byte("\n"))
		if message := c.line(row); message != "" {
			return at, message
		}
		at += len(row) + 1
	}
	return 0, ""
}

// complexity is what a parser has to do, up to a line.
type complexity struct {
	cells, marks, looks int
	paragraph           struct{ columns, marks, bytes int } // lines without an empty one between them
}

// line adds a line, and says what is wrong with it.
func (c *complexity) line(row []byte) string {
	p := &c.paragraph
	if len(bytes.Trim(row, " \t>")) == 0 {
		*p = struct{ columns, marks, bytes int }{}
	}
	markers, indent := leading(row)
	p.columns = max(p.columns, columnsOf(row))
	c.cells += max(p.columns, bytes.Count(row, []byte("|")))
	marks := marksIn(row)
	c.looks -= p.marks * p.bytes
	c.marks, p.marks, p.bytes = c.marks+marks, p.marks+marks, p.bytes+len(row)
	c.looks += p.marks * p.bytes
	switch {
	case p.columns > maxColumns:
		return fmt.Sprintf("a table has more than %d columns", maxColumns)
	case c.cells > maxCells:
		return fmt.Sprintf("the tables up to here have more than %d cells", maxCells)
	case c.marks > maxMarks, c.looks > maxLooks:
		return "the article is too complex: more links, emphasis, code or HTML than can be read"
	case markers > maxDepth, markers > 0 && indent > maxIndent:
		return fmt.Sprintf("nested deeper than %d levels", maxDepth)
	case len(row) > maxLength:
		return fmt.Sprintf("a line is longer than %d bytes", maxLength)
	}
	return ""
}

// columnsOf returns the columns of a table whose head a line may end, 0 for any other line: it ends with dashes and
// bars.
func columnsOf(row []byte) int {
	end := row[len(bytes.TrimRight(row, " \t\r|:-")):]
	if !bytes.Contains(end, []byte("-")) {
		return 0
	}
	return 1 + bytes.Count(bytes.Trim(end, " \t|"), []byte("|"))
}

// marksIn counts the places at which emphasis, a link, code, HTML or a directive may begin or end. A run of one mark is
// one place.
func marksIn(row []byte) int {
	marks := 0
	for i, c := range row {
		switch c {
		case '[', ']', '<':
			marks++
		case '*', '_', '`', ':', '&':
			if i == 0 || row[i-1] != c {
				marks++
			}
		}
	}
	return marks
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
