package microsoftcsv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// Bounds of a file besides content.MaxSize.
const (
	maxRecords = 20_000 // lines with cells
	maxCells   = 64     // of one of them
	maxRows    = 1_000  // that say something
	maxLosses  = 10_000
)

// Read returns the rows of an export, in the order of the file, and what of it is not read. The error is
// content.Problems with line and column where the file is no such export or is broken, and an assessment.Error of code
// TooLarge above content.MaxSize. name stands for the file in the problems.
func Read(name string, data []byte) (*assessment.OtherReview, content.Losses, error) {
	if len(data) > content.MaxSize {
		return nil, nil, content.TooLarge(name, content.MaxSize)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reader{name: name, data: data}
	if at := unreadable(data); at >= 0 {
		return nil, nil, r.problem(at, "this is not UTF-8 text; save the export as CSV UTF-8")
	}
	if at := r.tooManyCells(); at >= 0 {
		return nil, nil, r.problem(at, "expected at most %d cells in a row", maxCells)
	}
	records, err := r.records()
	if err != nil {
		return nil, nil, err
	}
	if err := r.read(records); err != nil {
		return nil, nil, err
	}
	if !r.found {
		return nil, nil, content.Problems{{File: name, Line: 1, Column: 1, Message: "no row with the headers Category and Link-Text: expected an export of Microsoft's assessment site"}}
	}
	return &r.review, r.losses, nil
}

// reader is a file while it is read.
type reader struct {
	name   string
	data   []byte
	review assessment.OtherReview
	losses content.Losses
	found  bool  // a table of recommendations
	starts []int // bytes at which lines begin; filled when first needed
}

// record is one line with its cells, and where each of them begins.
type record struct {
	cells []string
	at    []place
}

type place struct{ line, column int }

// unreadable returns where data is no text, -1 where all of it is.
func unreadable(data []byte) int {
	for at := 0; at < len(data); {
		c, size := utf8.DecodeRune(data[at:])
		if c == 0 || (c == utf8.RuneError && size == 1) {
			return at
		}
		at += size
	}
	return -1
}

// problem returns a problem at a byte of the file.
func (r *reader) problem(at int, format string, args ...any) error {
	before := r.data[:min(at, len(r.data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return content.Problems{{File: r.name, Line: bytes.Count(before, []byte("\n")) + 1,
		Column: utf8.RuneCount(before[start:]) + 1, Message: fmt.Sprintf(format, args...)}}
}

var header = foreign.LazyRegexp(`(?mi)^"?Category"?([,;\t])"?(?:Link-Text|Question)`)

// separator is what stands between the cells of the first header: a comma, or what a spreadsheet of another country made
// of it.
func (r *reader) separator() rune {
	if found := header().FindSubmatch(r.data); found != nil {
		return rune(found[1][0])
	}
	return ','
}

// tooManyCells returns where a row has more cells than any export, -1 where none has. It is asked before the file is
// split, which would need many times its memory.
func (r *reader) tooManyCells() int {
	separator, quoted, cells := byte(r.separator()), false, 1
	for at, c := range r.data {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			cells = 1
		case c == separator:
			if cells++; cells > maxCells {
				return at + 1
			}
		}
	}
	return -1
}

// records splits the file.
func (r *reader) records() ([]record, error) {
	parser := csv.NewReader(bytes.NewReader(r.data))
	parser.Comma, parser.FieldsPerRecord = r.separator(), -1
	var records []record
	for {
		cells, err := parser.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, r.broken(broken)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", r.name, err)
		}
		one := record{cells: cells}
		for i := range cells {
			line, column := parser.FieldPos(i)
			one.at = append(one.at, place{line, column})
		}
		if len(records) == maxRecords {
			return nil, content.Problems{{File: r.name, Line: one.at[0].line, Column: 1, Message: fmt.Sprintf("expected at most %d rows", maxRecords)}}
		}
		records = append(records, one)
	}
}

// broken says where the file is no CSV, and what would be.
func (r *reader) broken(e *csv.ParseError) error {
	message := "a quotation mark inside a cell: put the cell in quotes and double the quotation mark"
	line, column := e.Line, e.Column
	if errors.Is(e.Err, csv.ErrQuote) {
		message = "text after a closing quotation mark, or a quotation mark that is never closed, in the row that begins on line " + fmt.Sprint(e.StartLine)
	}
	return content.Problems{{File: r.name, Line: line, Column: r.characters(line, column), Message: message}}
}

// characters turns a column in bytes into one in characters.
func (r *reader) characters(line, column int) int {
	if r.starts == nil {
		r.starts = []int{0}
		for i, c := range r.data {
			if c == '\n' {
				r.starts = append(r.starts, i+1)
			}
		}
	}
	if line < 1 || line > len(r.starts) {
		return column
	}
	from := r.starts[line-1]
	return utf8.RuneCount(r.data[from:min(from+max(column-1, 0), len(r.data))]) + 1
}

// lose reports what is not read.
func (r *reader) lose(at place, path, format string, args ...any) {
	switch {
	case len(r.losses) > maxLosses:
	case len(r.losses) == maxLosses:
		r.losses = append(r.losses, content.Loss{Message: "there are more losses than can be listed"})
	default:
		r.losses = append(r.losses, content.Loss{Line: at.line, Column: r.characters(at.line, at.column), Path: path, Message: fmt.Sprintf(format, args...)})
	}
}

// first is where a record begins.
func (r record) first() place { return r.at[0] }

func (r record) empty() bool {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
