package report

import (
	"bufio"
	"io"
)

// Sheet writes a table as CSV in the form of the reports: with a byte order mark, and with an apostrophe before each text
// that a spreadsheet could take for a formula.
type Sheet struct{ w csvWriter }

// NewSheet begins a table.
func NewSheet(out io.Writer) *Sheet {
	s := &Sheet{csvWriter{bufio.NewWriter(out)}}
	s.w.WriteString(byteOrderMark)
	return s
}

// Row writes one record.
func (s *Sheet) Row(cells ...string) {
	record := make([]any, len(cells))
	for i, cell := range cells {
		record[i] = cell
	}
	s.w.record(record...)
}

// Flush writes what is still held back, and returns the first error of all that was written.
func (s *Sheet) Flush() error { return s.w.Flush() }
