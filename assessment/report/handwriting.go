package report

const (
	boxSize   = 3.8 // of a box to tick
	boxStep   = 6.2 // from one box to the one under it
	lineStep  = 7.0 // from one line to write on to the next
	fieldStep = 9.5 // from one field to fill in to the next
)

// tickBox draws a box to tick with its word, its top at y.
func (c *canvas) tickBox(x, y float64, s style, word string) {
	c.frame(x, y+(boxStep-boxSize)/2, boxSize, boxSize, 0.25, ink)
	c.text(x+boxSize+2, y+boxStep/2+s.size*millimetresPerPoint*0.36, s, word)
}

// ticks draws boxes under one another, and returns how high they are together.
func (c *canvas) ticks(x, y float64, labels ...string) float64 {
	for i, word := range labels {
		c.tickBox(x, y+float64(i)*boxStep, styleBody, word)
	}
	return float64(len(labels)) * boxStep
}

const boxHang = boxSize + 2 // from a box to its words

// boxed returns lines behind a box to tick.
func (f *flow) boxed(s style, text string, width float64) []line {
	lines := f.lines(s, text, width-boxHang)
	for i := range lines {
		lines[i].dx = boxHang
	}
	lines[0].dx, lines[0].hang, lines[0].mark = 0, boxHang, box
	return lines
}

func box(c *canvas, x, y, s float64) {
	c.frame(x, y+(s-boxSize)/2, boxSize, boxSize, 0.25, ink)
}

// blank draws a line to write on from x to x+width, standing at y.
func (c *canvas) blank(x, y, width float64) { c.line(x, y, x+width, y, 0.18, edge) }

// field draws the name of something and a line to write it on, and moves on.
func (f *flow) field(x, width float64, name string) {
	f.y += fieldStep
	f.text(x, f.y-0.8, styleMeta, name)
	f.blank(x+indent, f.y, width-indent)
}

// ruled draws lines to write on, the first with a name before it, and moves on.
func (f *flow) ruled(x, width float64, name string, lines int) {
	for i := range lines {
		f.y += lineStep
		if i == 0 {
			f.text(x, f.y-0.9, styleMeta, name)
		}
		inset := 0.0
		if i == 0 {
			inset = f.width(styleMeta, name) + 2
		}
		f.blank(x+inset, f.y, width-inset)
	}
}

// stretch returns how many lines to write on: as many as asked for, and more where the rest of the page stays empty
// because what follows, that high, goes to the next one. below is what still comes under the lines.
func (f *flow) stretch(lines int, below, follows float64) int {
	const most = 6 // lines more
	rest := bottom - f.y - float64(lines)*lineStep - below
	if follows <= rest || follows == 0 {
		return lines
	}
	return lines + max(0, min(int(rest/lineStep), most))
}
