package microsoftcsv

import (
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// Limits of texts, in characters.
const (
	maxTitle = 500
	maxNote  = 8_000 // with what is put in front of it, it still fits a note of ours
)

// clean returns a cell without what spreadsheets put around it: spaces of all kinds, and the apostrophes that keep a
// cell from being taken for a date or a formula.
func clean(cell string) string {
	cell = strings.TrimSpace(foreign.Spaces(cell))
	if len(cell) > 1 && cell[0] == '\'' {
		if cell[len(cell)-1] == '\'' {
			return strings.TrimSpace(cell[1 : len(cell)-1])
		}
		if strings.IndexByte("=+-@\t", cell[1]) >= 0 {
			return cell[1:]
		}
	}
	return cell
}

// place is where a cell begins, or its row where the row is too short.
func (t table) place(one record, name string) place {
	if i, ok := t.columns[name]; ok && i < len(one.at) {
		return one.at[i]
	}
	return one.first()
}

// text returns what stands in a column, with its paragraphs; "" where there is nothing.
func (r *reader) text(t table, one record, name string) string {
	i, ok := t.columns[name]
	if !ok || i >= len(one.cells) {
		return ""
	}
	text := strings.Map(foreign.Printable, clean(one.cells[i]))
	if text != clean(one.cells[i]) {
		r.lose(one.at[i], name, "control characters are left out")
	}
	return r.cut(one.at[i], name, strings.TrimSpace(text), maxNote)
}

// line returns the same on one line.
func (r *reader) line(t table, one record, name string) string {
	return r.cut(t.place(one, name), name, strings.Join(strings.Fields(r.text(t, one, name)), " "), maxTitle)
}

// cut shortens a text to a number of characters.
func (r *reader) cut(at place, name, text string, limit int) string {
	return foreign.Cut(text, limit, func(format string, args ...any) { r.lose(at, name, format, args...) })
}

// address returns the link of a row; one that is none is a loss.
func (r *reader) address(t table, one record) string {
	text := r.text(t, one, "link")
	if text == "" {
		return ""
	}
	address, failure := assessment.CheckURL("link", "The link", text)
	if failure != nil {
		r.lose(t.place(one, "link"), "link", "not an http or https address: %s is left out", foreign.Shorten(text))
		return ""
	}
	return address
}
