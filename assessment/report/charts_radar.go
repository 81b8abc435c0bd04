package report

import (
	"math"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// axis is one ray of a radar.
type axis struct {
	name   string
	note   string // the score in words, under the name
	now    assessment.Range
	before assessment.Range // drawn dashed where the radar compares
}

const minAxes = 3 // a radar with fewer is no area

// radar draws scores on rays around x, y; r is the length of 100. A comparing one shows the certain scores of before
// (dashed) and now (filled), another one the certain score (filled) and what it can still become (dashed).
func radar(c *canvas, x, y, r float64, axes []axis, bands []assessment.Band, compares bool) {
	on := func(i int, value float64) point {
		a := 2*math.Pi*float64(i)/float64(len(axes)) - math.Pi/2
		return point{x + r*value/100*math.Cos(a), y + r*value/100*math.Sin(a)}
	}
	around := func(value func(axis) float64) []point {
		points := make([]point, len(axes))
		for i, a := range axes {
			points[i] = on(i, value(a))
		}
		return points
	}
	level := func(v float64) []point { return around(func(axis) float64 { return v }) }
	low := around(func(a axis) float64 { return a.now.Low })
	outer := around(func(a axis) float64 { return a.now.High })
	if compares {
		outer = around(func(a axis) float64 { return a.before.Low })
	} else {
		c.shape(accentPale, outer...)
	}
	c.shape(accentSoft, low...)
	for i := range axes {
		end := on(i, 100)
		c.line(x, y, end.x, end.y, 0.1, edge)
	}
	c.outline(0.12, edge, level(100)...)
	c.dashed(0.5, 0.9, func() {
		for _, b := range bands {
			if b.From > 0 && b.From < 100 {
				c.outline(0.12, edge, level(b.From)...)
			}
		}
	})
	dash := accent
	if compares {
		dash = inkSecond
	}
	c.dashed(1.1, 0.8, func() { c.outline(0.25, dash, outer...) })
	c.outline(0.5, accent, low...)
	for _, p := range low {
		c.disc(p.x, p.y, 0.8, accent)
	}
	for _, b := range bands {
		if b.From > 0 && b.From < 100 {
			c.text(x+0.7, y-r*b.From/100-0.6, styleAxis, words.Whole(b.From))
		}
	}
	for i, a := range axes {
		radarName(c, on(i, 100), x, y, a)
	}
}

// radarName writes the name of a ray outside its end, flush to the side it is on.
func radarName(c *canvas, end point, x, y float64, a axis) {
	const room = 23.0
	lines := c.wrap(styleMetaInk, a.name, room)
	if len(lines) > 2 {
		lines = []string{lines[0], c.clip(styleMetaInk, lines[1]+" "+lines[2], room)}
	}
	h := styleMetaInk.height()
	total := float64(len(lines)+1) * h
	put, px, py := c.textMid, end.x, end.y-total-1
	switch {
	case end.x > x+1:
		put, px, py = c.text, end.x+2.2, end.y-total/2
	case end.x < x-1:
		put, px, py = c.textRight, end.x-2.2, end.y-total/2
	case end.y > y:
		py = end.y + 1.5
	}
	if end.y > y+1 && (end.x > x+1 || end.x < x-1) {
		py += total / 4
	}
	for i, l := range lines {
		put(px, py+float64(i)*h+styleMetaInk.baseline(), styleMetaInk, l)
	}
	put(px, py+float64(len(lines))*h+styleMeta.baseline(), styleMeta.strong().in(ink), a.note)
}
