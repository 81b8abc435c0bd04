package report

import (
	"cmp"
	"strings"
)

// flow fills pages from top to bottom. Whatever is put on it goes to the next page where it does not fit.
type flow struct {
	*canvas
	y        float64
	sections []string // by page: the section a page belongs to, for its running head
	section  string
	tick     func() // called for every text; stops the work by a panic when time is up
}

// line is one line of text with what belongs to it.
type line struct {
	style style
	text  string
	mark  glyph   // drawn before the text
	dx    float64 // from the left of its column
	gap   float64 // above it
	url   string  // where the area leads that begins with this line
	to    target  // in the document
	area  float64 // height of the area; that of the line where 0
	broad float64 // width of the area; that of the line where 0
	right string  // ends at the right edge of the column
	hang  float64 // from the left of the mark to the text; what the mark needs where 0
}

const glyphGap = 1.35 // between a sign and its word

func glyphSize(s style) float64 { return s.size * millimetresPerPoint * 0.78 }

func (l line) height() float64 { return l.gap + l.style.height() }

func heightOf(lines []line) float64 {
	sum := 0.0
	for _, l := range lines {
		sum += l.height()
	}
	return sum
}

// lines breaks text into lines of a style.
func (f *flow) lines(s style, text string, width float64) []line {
	if f.tick != nil {
		f.tick()
	}
	broken := f.wrap(s, text, width)
	lines := make([]line, len(broken))
	for i, b := range broken {
		lines[i] = line{style: s, text: b}
	}
	return lines
}

// fewLines breaks text into at most so many lines; an ellipsis stands for what is left out.
func (f *flow) fewLines(s style, text string, width float64, most int) []line {
	text = clean(text)
	lines := f.lines(s, text, width)
	if len(lines) <= most {
		return lines
	}
	rest := make([]string, 0, 2)
	for _, l := range lines[most-1 : min(most+1, len(lines))] {
		rest = append(rest, l.text)
	}
	lines[most-1].text = f.clip(s, strings.Join(rest, " "), width)
	return lines[:most]
}

// spaced sets the gap above the first of the lines.
func spaced(gap float64, lines []line) []line {
	if len(lines) > 0 {
		lines[0].gap += gap
	}
	return lines
}

// markLine is a sign and its word on one line.
func markLine(s style, m mark) line { return line{style: s, text: m.word, mark: m.glyph} }

// write puts a line at x with its top at y, in a column of the width.
func (f *flow) write(x, y, width float64, l line) {
	x += l.dx
	y += l.gap
	base := y + l.style.baseline()
	at := x
	if l.mark != nil {
		size := glyphSize(l.style)
		l.mark(f.canvas, x, base-l.style.size*millimetresPerPoint*0.355-size/2, size)
		at += cmp.Or(l.hang, size+glyphGap)
	}
	f.text(at, base, l.style, l.text)
	if l.right != "" {
		f.textRight(x+width-l.dx, base, l.style, l.right)
	}
	if l.url != "" || l.to != 0 {
		w := cmp.Or(l.broad, f.width(l.style, l.text)+at-x)
		h := min(cmp.Or(l.area, l.style.height()), bottom-y)
		f.link(x, y, w, h, l.to)
		f.linkOut(x, y, w, h, l.url)
	}
}

// leading makes lines lead to a web address or to a place in the document: as one area, because each area of a document
// says the whole address again.
func (f *flow) leading(lines []line, url string, to target) []line {
	if len(lines) == 0 {
		return lines
	}
	first := &lines[0]
	first.url, first.to, first.area = url, to, heightOf(lines)-first.gap
	for _, l := range lines {
		first.broad = max(first.broad, f.width(l.style, l.text))
	}
	return lines
}

// put draws lines from the current height on, in a column from x, over as many pages as they need. No page begins with
// the last line of several, none ends with the first; three stay together.
func (f *flow) put(x, width float64, lines []line) {
	if len(lines) <= 3 {
		f.need(heightOf(lines))
	}
	for i, l := range lines {
		if f.y+roomFor(lines, i) > bottom+0.01 {
			f.next()
		}
		f.write(x, f.y, width, l)
		f.y += l.height()
	}
}

// roomFor returns the height that a page must have left for a line of several: the first brings the second along, and the
// last but one the last.
func roomFor(lines []line, i int) float64 {
	room := lines[i].height()
	if len(lines) > 1 && (i == 0 || i == len(lines)-2) {
		room += lines[i+1].height()
	}
	return room
}

// paragraph puts text.
func (f *flow) paragraph(x, width float64, s style, text string) {
	f.put(x, width, f.lines(s, text, width))
}

// need goes to the next page unless there are h millimetres left on this one.
func (f *flow) need(h float64) {
	if f.y+h > bottom+0.01 && f.y > top {
		f.next()
	}
}

// next begins a new page of the same section.
func (f *flow) next() {
	f.addPage()
	f.sections = append(f.sections, f.section)
	f.y = top
}

// rule draws a line over the whole measure at the current height.
func (f *flow) rule(width float64, c colour) { f.line(left, f.y, right, f.y, width, c) }
