package report

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// at returns where a value of the 0–100 scale lies between x and x+w.
func at(x, w, value float64) float64 { return x + w*value/100 }

// scale draws the hairline from 0 to 100 with a tick at both ends and at the edge of each band.
func scale(c *canvas, x, y, w, tick float64, bands []assessment.Band) {
	c.line(x, y, x+w, y, 0.12, edge)
	c.line(x, y-tick, x, y+tick, 0.12, edge)
	c.line(x+w, y-tick, x+w, y+tick, 0.12, edge)
	for _, b := range bands {
		if b.From > 0 && b.From < 100 {
			c.line(at(x, w, b.From), y-tick, at(x, w, b.From), y+tick, 0.12, edge)
		}
	}
}

// rangeBar draws a score on its scale: filled what is confirmed, hatched what is still possible, and a plumb line where
// nothing is open. y is the middle of the bar, h its height.
func rangeBar(c *canvas, x, y, w, h float64, r assessment.Range, bands []assessment.Band) {
	if !r.Applicable {
		c.dashed(0.4, 0.8, func() { c.line(x, y, x+w, y, 0.12, edge) })
		return
	}
	low, high, top := at(x, w, r.Low), at(x, w, r.High), y-h/2
	c.bar(x, top, w, h, sunk)
	if r.Open() {
		c.bar(low, top, high-low, h, accentPale)
		hatch(c, low, top, high-low, h, accent)
	}
	if low > x {
		c.bar(x, top, low-x, h, accent)
	}
	for _, b := range bands {
		if b.From > 0 && b.From < 100 {
			c.line(at(x, w, b.From), top, at(x, w, b.From), top+h, 0.5, paper)
		}
	}
	if !r.Open() {
		plumb(c, low, y-h*1.05, y-h*0.05, h*0.9)
	}
}

// hatch fills a rectangle with lines that rise to the right, and frames it.
func hatch(c *canvas, x, y, w, h float64, stroke colour) {
	const step = 0.9 // millimetres between two lines, along the bar
	for from := step - h; from < w; from += step {
		start, end := point{x + from, y + h}, point{x + from + h, y}
		if from < 0 {
			start = point{x, y + h + from}
		}
		if from+h > w {
			end = point{x + w, y + from + h - w}
		}
		c.line(start.x, start.y, end.x, end.y, 0.18, stroke)
	}
	c.frame(x, y, w, h, 0.15, stroke)
}

// plumb hangs a bob of the size from a line; y is where its tip ends and the line begins.
func plumb(c *canvas, x, from, to, size float64) {
	c.line(x, from, x, to, 0.4, ink)
	c.shape(ink, point{x - size*0.42, to}, point{x + size*0.42, to}, point{x, to + size})
}

// bandNames writes the name of each band under its part of the scale, the ones that the score is in bold.
func bandNames(c *canvas, x, y, w float64, bands []assessment.Band, s assessment.Score) {
	for i, b := range bands {
		end := 100.0
		if i+1 < len(bands) {
			end = bands[i+1].From
		}
		st := styleAxis
		if s.Range.Applicable && (b.ID == s.Band || b.ID == s.BandHigh) {
			st = styleAxisInk
		}
		room := at(x, w, end) - at(x, w, b.From) - 8
		c.textMid(at(x, w, (b.From+end)/2), y, st, c.clip(st, b.Title, max(room, 4)))
		if b.From > 0 {
			c.textMid(at(x, w, b.From), y, styleAxis, words.Whole(b.From))
		}
	}
	c.text(x, y, styleAxis, "0")
	c.textRight(x+w, y, styleAxis, "100")
}

// dumbbell draws a score before (a ring) and after (a disc) on one scale.
func dumbbell(c *canvas, x, y, w float64, before, after assessment.Range, bands []assessment.Band) {
	scale(c, x, y, w, 1, bands)
	const r = 1.05
	if before.Applicable && after.Applicable {
		from, to := at(x, w, before.Low), at(x, w, after.Low)
		c.line(from, y, to, y, 0.5, inkSecond)
	}
	if before.Applicable {
		c.disc(at(x, w, before.Low), y, r, paper)
		c.ring(at(x, w, before.Low), y, r-0.15, 0.4, inkSecond)
	}
	if after.Applicable {
		c.disc(at(x, w, after.Low), y, r+0.15, accent)
	}
}

// share is one part of a whole, with its sign and word.
type share struct {
	mark  mark
	count int
}

// shares draws parts of a whole side by side, and their names with the numbers under them.
func shares(c *canvas, x, y, w, h float64, parts []share) {
	total := 0
	for _, p := range parts {
		total += p.count
	}
	if total == 0 {
		return
	}
	edgeAt := x
	for i, p := range parts {
		width := w * float64(p.count) / float64(total)
		fill := p.mark.colour
		if i == len(parts)-1 {
			fill = sunk
		}
		if width > 0 {
			c.bar(edgeAt, y, max(width-0.35, 0.15), h, fill)
		}
		edgeAt += width
	}
	step := w / float64(len(parts))
	for i, p := range parts {
		s := styleMetaInk
		base := y + h + 5.2
		size := glyphSize(s)
		px := x + float64(i)*step
		p.mark.glyph(c, px, base-s.size*millimetresPerPoint*0.355-size/2, size)
		c.text(px+size+glyphGap, base, s.strong(), words.Count(p.count))
		c.text(px+size+glyphGap+c.width(s.strong(), words.Count(p.count))+1, base, s.in(inkSecond), p.mark.word)
	}
}
