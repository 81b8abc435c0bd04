package report

const (
	columnGap = 4.0
	rowPad    = 1.5
)

// column is one column of a table.
type column struct {
	title  string
	mark   glyph   // before the title
	width  float64 // with the gap to the next one
	number bool    // right-aligned
}

// cell holds lines of text, or a chart that is drawn over its first line.
type cell struct {
	lines []line
	chart func(x, y, width float64) // y is the middle of the first line
}

// row is one row of a table, a bold one sums up.
type row struct {
	cells []cell
	total bool
}

// table is drawn row by row: rows stay whole where they fit on a page, and every page repeats the heads.
type table struct {
	*flow
	columns []column
	rows    []row
}

// cell returns a cell with text, broken to the width of its column.
func (t *table) cell(column int, s style, text string) cell {
	if t.columns[column].number {
		return cell{lines: []line{{style: s, right: text}}}
	}
	return cell{lines: t.lines(s, text, t.inner(column))}
}

// marked returns a cell with a sign and its words; further lines stand under the words.
func (t *table) marked(column int, s style, m mark) cell {
	hang := glyphSize(s) + glyphGap
	lines := t.lines(s, m.word, t.inner(column)-hang)
	for i := range lines {
		lines[i].dx = hang
	}
	lines[0].mark, lines[0].dx = m.glyph, 0
	return cell{lines: lines}
}

func (t *table) add(cells ...cell) { t.rows = append(t.rows, row{cells: cells}) }

// inner returns the width that a column has for text.
func (t *table) inner(column int) float64 {
	if column == len(t.columns)-1 {
		return t.columns[column].width
	}
	return t.columns[column].width - columnGap
}

func (r row) height() float64 {
	h := 0.0
	for _, c := range r.cells {
		h = max(h, heightOf(c.lines))
	}
	return h + 2*rowPad
}

// height returns how high the table is on one page.
func (t *table) height() float64 {
	_, h := t.headLines()
	for _, r := range t.rows {
		h += r.height()
	}
	return h
}

// untitled reports whether no column has a title; such a table has no head.
func (t *table) untitled() bool {
	for _, c := range t.columns {
		if c.title != "" {
			return false
		}
	}
	return true
}

func (t *table) headLines() (lines [][]line, height float64) {
	for i, c := range t.columns {
		broken := t.lines(styleHead, c.title, t.inner(i))
		if c.number {
			for j := range broken {
				broken[j].right, broken[j].text = broken[j].text, ""
			}
		}
		if c.mark != nil {
			broken = []line{{style: styleHead, mark: c.mark, dx: t.inner(i) - glyphSize(styleHead)}}
			broken = append(broken, line{style: styleHead, right: c.title})
		}
		lines = append(lines, broken)
		height = max(height, heightOf(broken))
	}
	return lines, height + rowPad
}

// drawHead draws the titles of the columns, standing on a rule.
func (t *table) drawHead() {
	if t.untitled() {
		t.rule(0.15, edge)
		return
	}
	columns, height := t.headLines()
	x := left
	for i, lines := range columns {
		y := t.y + height - rowPad - heightOf(lines)
		for _, l := range lines {
			t.write(x, y, t.inner(i), l)
			y += l.height()
		}
		x += t.columns[i].width
	}
	t.y += height
	t.rule(0.15, edge)
}

// draw puts the table on the page. Nothing is drawn for a table without rows.
func (t *table) draw() {
	if len(t.rows) == 0 {
		return
	}
	_, head := t.headLines()
	start := head + t.rows[0].height()
	if len(t.rows) == 2 {
		start += t.rows[1].height()
	}
	t.need(min(start, bottom-top))
	t.drawHead()
	for i, r := range t.rows {
		height := r.height()
		if i == len(t.rows)-2 { // the last row does not stand alone on a page
			height += t.rows[i+1].height()
		}
		if t.y+height > bottom && t.y > top+head+1 && height < bottom-top-head {
			t.next()
			t.drawHead()
		}
		t.drawRow(r)
	}
	t.y += 1
}

// drawRow draws one row; a row that is higher than the page goes on on the next ones.
func (t *table) drawRow(r row) {
	if r.total {
		t.rule(0.25, ink)
	}
	rest := r
	for {
		room := bottom - t.y - 2*rowPad
		part, more := rest.split(room)
		t.drawPart(part)
		if !more {
			break
		}
		t.next()
		t.drawHead()
		rest = rest.without(part)
	}
	t.rule(0.1, hair)
}

func (t *table) drawPart(r row) {
	x := left
	for i, c := range r.cells {
		width := t.inner(i)
		y := t.y + rowPad
		if c.chart != nil {
			c.chart(x, y+styleBody.height()/2, width)
		}
		for _, l := range c.lines {
			t.write(x, y, width, l)
			y += l.height()
		}
		x += t.columns[i].width
	}
	t.y += r.height()
}

// split returns as many lines of each cell as fit in the room, and whether there are more.
func (r row) split(room float64) (part row, more bool) {
	part = row{total: r.total}
	for _, c := range r.cells {
		fits, used := 0, 0.0
		for fits < len(c.lines) && (used+c.lines[fits].height() <= room+0.01 || fits == 0) {
			used += c.lines[fits].height()
			fits++
		}
		more = more || fits < len(c.lines)
		part.cells = append(part.cells, cell{lines: c.lines[:fits], chart: c.chart})
	}
	return part, more
}

func (r row) without(part row) row {
	rest := row{total: r.total}
	for i, c := range r.cells {
		rest.cells = append(rest.cells, cell{lines: c.lines[len(part.cells[i].lines):]})
	}
	return rest
}
