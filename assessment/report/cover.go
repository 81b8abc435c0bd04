package report

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// fact is one line of the facts at the foot of a cover.
type fact struct{ name, value string }

// coverHead writes what every cover begins with: the sign, what kind of report it is, whose, and what for.
func (f *flow) coverHead(kind, title, text string) {
	bob(f.canvas, left, 22)
	f.text(left+6, 26.6, style{bold, 10.5, ink, 1}, creator)
	f.textRight(right, 26.6, styleMeta, kind)
	f.y = 52
	for _, l := range f.faces[bold].balance(clean(title), styleCover.size, measure) {
		if f.y > 95 {
			break
		}
		f.text(left, f.y+styleCover.baseline(), styleCover, l)
		f.y += styleCover.height()
	}
	f.y += 4
	lines := f.wrap(styleLead, clean(text), measure*0.78)
	if len(lines) > 5 {
		lines = append(lines[:4], f.clip(styleLead, lines[4]+" "+lines[5], measure*0.78))
	}
	for _, l := range lines {
		f.text(left, f.y+styleLead.baseline(), styleLead, l)
		f.y += styleLead.height()
	}
}

// bob draws the sign of Plumbline.
func bob(c *canvas, x, y float64) {
	c.line(x+2, y-1, x+2, y+3, 0.5, accent)
	c.shape(accent, point{x, y + 2.4}, point{x + 4, y + 2.4}, point{x + 2, y + 7})
}

// coverFacts writes the facts above the foot of the page, in two columns of name and value.
func (f *flow) coverFacts(facts []fact) {
	const step = 5.4
	y := pageHeight - 22 - step*float64(len(facts))
	f.line(left, y-3.5, right, y-3.5, 0.1, edge)
	for i, one := range facts {
		base := y + step*float64(i) + 2.4
		f.text(left, base, styleMeta, one.name)
		f.text(left+label+5, base, styleMetaInk, f.clip(styleMetaInk, one.value, wide))
	}
}

// coverScale hangs the score from a beam over the scale of 0 to 100: the picture of the whole report.
func (f *flow) coverScale(s assessment.Score, bands []assessment.Band, caption string) {
	const beam, axis = 148.0, 199.0
	f.line(left, beam, right, beam, 0.35, ink)
	f.text(left, beam-3, styleMeta, caption)
	scale(f.canvas, left, axis, measure, 1.6, bands)
	if !s.Range.Applicable {
		f.text(left, beam+22, styleBig, words.None)
		f.text(left, beam+30, styleMeta, "There is no score, because no practice counts toward it.")
		return
	}
	low, high := at(left, measure, s.Low), at(left, measure, s.High)
	if s.Open() {
		f.bar(low, axis-1.6, max(high-low, 0.3), 3.2, accent)
	}
	plumb(f.canvas, low, beam, axis-7.5, 7.2)
	text := words.Score(bands, s.Range)
	width := f.width(styleBig, text)
	x := low + 5
	if x+width > right {
		x = low - 5 - width
	}
	f.text(x, beam+26, styleBig, text)
	m := bandsMark(bands, s)
	line := markLine(styleBody, m)
	f.write(x+0.6, beam+29.5, measure, line)
	bandNames(f.canvas, left, axis+7, measure, bands, s)
}

// bandsMark names the bands that a score can be in: "Moderate to excellent".
func bandsMark(bands []assessment.Band, s assessment.Score) mark {
	m := bandMark(bands, s.Band)
	if !s.Range.Applicable {
		m = bandMark(bands, "")
	}
	m.word = words.Band(bands, s)
	return m
}
