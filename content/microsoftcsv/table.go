package microsoftcsv

import (
	"fmt"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// table is a part of the file under a header: the column of each name.
type table struct {
	columns map[string]int
	answers bool // it holds questions with answers, not recommendations
	header  record
}

// The names of columns, as columnName makes them.
var (
	recommended = []string{"category", "linktext", "link", "priority", "reportingcategory", "reportingsubcategory", "weight", "context", "completey/n", "note"}
	answered    = []string{"category", "question", "answers", "selectedanswer", "note"}
)

var betweenWords = strings.NewReplacer(" ", "", "-", "", "_", "")

func columnName(cell string) string { return betweenWords.Replace(strings.ToLower(clean(cell))) }

// tableOf returns the table that a header begins; ok is false for any other row.
func tableOf(r record) (t table, ok bool) {
	t = table{columns: map[string]int{}, header: r}
	for i, cell := range r.cells {
		name := columnName(cell)
		if _, twice := t.columns[name]; !twice && name != "" {
			t.columns[name] = i
		}
	}
	has := func(names ...string) bool {
		for _, name := range names {
			if _, there := t.columns[name]; !there {
				return false
			}
		}
		return true
	}
	t.answers = has("category", "question", "answers", "selectedanswer")
	return t, t.answers || has("category", "linktext")
}

// read goes through the file: what stands above the first header, then table after table.
func (r *reader) read(records []record) error {
	var current *table
	for _, one := range records {
		switch t, header := tableOf(one); {
		case one.empty():
			current = nil
		case header:
			current = &t
			r.begin(t)
		case current == nil:
			r.outside(one)
		default:
			if err := r.row(*current, one); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin says which columns of a table are missing, or are none that are read.
func (r *reader) begin(t table) {
	known := answered
	if !t.answers {
		known, r.found = recommended, true
	}
	var missing []string
	for _, name := range known {
		if _, there := t.columns[name]; !there {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		r.lose(t.header.first(), "", "the table has no %s", strings.Join(missing, ", "))
	}
	for i, cell := range t.header.cells {
		name := columnName(cell)
		if at, there := t.columns[name]; name != "" && (!slices.Contains(known, name) || (there && at != i)) {
			r.lose(t.header.at[i], "", "the column %s is not read", foreign.Shorten(cell))
		}
	}
}

// outside reads a row that belongs to no table: the title, a score, a link.
func (r *reader) outside(one record) {
	var cells []string
	for _, cell := range one.cells {
		if cell = clean(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	text := strings.Join(cells, ", ")
	if one.first().line == 1 {
		title := strings.Join(strings.Fields(strings.Map(foreign.Printable, text)), " ")
		r.review.Title = r.cut(one.first(), "", title, maxTitle)
		return
	}
	r.lose(one.first(), "", "not read: %s", foreign.Shorten(text))
}

// row reads one row of a table.
func (r *reader) row(t table, one record) error {
	row := assessment.ReviewRow{Line: one.first().line, Category: r.line(t, one, "category"), Note: r.text(t, one, "note")}
	r.beside(t, one)
	var keep bool
	if t.answers {
		keep = r.answer(t, one, &row)
	} else {
		keep = r.recommendation(t, one, &row)
	}
	if !keep {
		return nil
	}
	if len(r.review.Rows) == maxRows {
		return content.Problems{{File: r.name, Line: row.Line, Column: 1, Message: fmt.Sprintf("expected at most %d rows with content", maxRows)}}
	}
	r.review.Rows = append(r.review.Rows, row)
	return nil
}

// beside reports the cells of a row that stand in no column.
func (r *reader) beside(t table, one record) {
	for i, cell := range one.cells {
		if i < len(t.header.cells) && columnName(t.header.cells[i]) != "" || clean(cell) == "" {
			continue
		}
		r.lose(one.at[i], "", "a cell without a column: not read: %s", foreign.Shorten(clean(cell)))
	}
}

func (r *reader) recommendation(t table, one record, row *assessment.ReviewRow) bool {
	row.Title = r.line(t, one, "linktext")
	row.Link = r.address(t, one)
	row.Code = r.line(t, one, "reportingcategory")
	row.Priority, row.Weight = r.line(t, one, "priority"), r.line(t, one, "weight")
	for _, name := range []string{"context", "reportingsubcategory"} {
		if text := r.line(t, one, name); text != "" && text != row.Title {
			r.lose(t.place(one, name), name, "not read: %s", foreign.Shorten(text))
		}
	}
	if row.Title == "" {
		r.lose(one.first(), "linktext", "the row is empty: left out")
		return false
	}
	said := r.line(t, one, "completey/n")
	switch strings.ToLower(said) {
	case "y", "yes", "true":
		row.Completed = true
	case "n", "no", "false", "":
	default:
		r.lose(t.place(one, "completey/n"), "completey/n", "expected Y or N, found %s: read as N", foreign.Shorten(said))
	}
	return true
}

// answer reads an answer that may have been selected. Those that were not say nothing: nobody knows whether they were
// looked at.
func (r *reader) answer(t table, one record, row *assessment.ReviewRow) bool {
	row.Question, row.Title = r.line(t, one, "question"), r.line(t, one, "answers")
	selected := r.line(t, one, "selectedanswer")
	if selected == "" && row.Note != "" {
		r.lose(t.place(one, "note"), "note", "a note on an answer that was not selected: %s", foreign.Shorten(row.Note))
	}
	if selected == "" {
		return false
	}
	if row.Title == "" {
		row.Title = selected
	}
	if none(row.Title) {
		r.lose(one.first(), "answers", "%s was selected for %s: it says nothing about a practice", foreign.Shorten(row.Title), foreign.Shorten(row.Question))
		return false
	}
	row.Completed = true
	return true
}

// none reports whether an answer says that no other one holds.
func none(answer string) bool {
	answer = strings.ToLower(answer)
	return strings.HasPrefix(answer, "none of the") || strings.HasPrefix(answer, "not applicable")
}
