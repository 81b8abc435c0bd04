package azurearticle

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// row is a row of a table of principles.
type row struct {
	at      int
	code    string // for example RE:01
	links   []line // of the code
	title   []line
	details []detail
	noun    bool   // the title names a principle, and the first detail says what to do; else the title says it
	group   string // the heading above the table
}

// detail is a further cell of a row.
type detail struct {
	header string
	lines  []line
}

var (
	nouns     = []string{"design principle", "design principles", "principle", "principles", "key principle", "failure", "failure mode"}
	verbs     = []string{"recommendation", "recommendations", "approach", "approaches", "pattern", "design pattern", "practice", "best practice"}
	codeTitle = foreign.LazyRegexp(`^[A-Z]{2}:\d{1,3}$`)
)

func (w *walker) cells(n ast.Node) [][]line {
	var cells [][]line
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, plain(w.body, offsetOf(c), c.FirstChild(), nil))
	}
	return cells
}

// table reads a table: principles, the text of one that is only a frame, or a loss.
func (w *walker) table(n *east.Table, depth int) {
	header := w.cells(n.FirstChild())
	names := make([]string, len(header))
	for i, cell := range header {
		names[i] = oneLine(cell)
	}
	at, said := offsetOf(n), strings.Join(names, " | ")
	if n.ChildCount() == 1 {
		w.frame(header, names, at, depth)
		return
	}
	action, noun := actionColumn(names)
	if action < 0 {
		w.lose(at, w.section().title, "the table %s with %d rows contains neither principles nor recommendations: left out", foreign.Shorten(said), n.ChildCount()-1)
		return
	}
	i := item{at: at}
	for r := n.FirstChild().NextSibling(); r != nil; r = r.NextSibling() {
		if one, ok := w.row(r, names, action, depth); ok {
			one.noun = noun
			i.rows = append(i.rows, one)
		}
	}
	w.keep(i)
}

func (w *walker) keep(i item) {
	if len(i.rows) == 0 {
		return
	}
	w.subLines = nil
	s := w.section()
	s.items = append(s.items, i)
}

// actionColumn returns the column with the principle or recommendation, -1 where there is none: the first, or the first
// after those with a box to tick and a code.
func actionColumn(names []string) (column int, noun bool) {
	for i, n := range names {
		n = wordsIn(n)
		switch {
		case slices.Contains(nouns, n):
			return i, len(names) > i+1
		case slices.Contains(verbs, n):
			return i, false
		case n != "" && n != "code" && n != "id":
			return -1, false
		}
	}
	return -1, false
}

// frame reads a table of nothing but a header: a recommendation with its code, or text with a frame around it.
func (w *walker) frame(header [][]line, names []string, at, depth int) {
	if len(names) == 2 && codeTitle().MatchString(names[0]) && names[1] != "" {
		w.keep(item{at: at, rows: []row{{at: at, code: names[0], links: header[0], title: header[1], group: w.sub}}})
		return
	}
	for _, cell := range header {
		w.emit(cell, depth, false)
	}
}

func (w *walker) row(n ast.Node, names []string, action, depth int) (row, bool) {
	at := n.Pos()
	start, _, _ := bytes.Cut(w.body[at:], []byte("\n"))
	raw := string(start)
	cells := w.cells(n)
	here := w.section().title
	switch found := cellsIn(raw); {
	case strings.Trim(raw, " \t|") == "":
		w.lose(at, here, "an empty row of a table is left out")
		return row{}, false
	case found == 1 && len(names) > 1 && !strings.Contains(raw, "|"):
		w.emit(cells[0], depth, false)
		return row{}, false
	case found > len(names):
		w.lose(at, here, "the row has %d cells and its table %d columns: the text after the last one is left out", found, len(names))
	case found < len(names):
		w.lose(at, here, "the row has only %d of %d cells", found, len(names))
	}
	one := row{at: at, group: w.sub, title: cells[action]}
	if oneLine(one.title) == "" {
		w.lose(at, here, "the row is empty under %s: left out", foreign.Shorten(names[action]))
		return row{}, false
	}
	for i, cell := range cells {
		if i < action {
			if wordsIn(names[i]) != "" {
				one.code, one.links = words.Cut(oneLine(cell), maxTitle), append(one.links, cell...)
			}
			continue
		}
		if i > action && oneLine(cell) != "" {
			one.details = append(one.details, detail{names[i], cell})
		}
	}
	return one, true
}

// cellsIn counts the cells of a row as it is written.
func cellsIn(raw string) int {
	raw = strings.TrimPrefix(strings.TrimSpace(raw), "|")
	if strings.HasSuffix(raw, "|") && !strings.HasSuffix(raw, `\|`) {
		raw = raw[:len(raw)-1]
	}
	return 1 + strings.Count(raw, "|") - strings.Count(raw, `\|`)
}
