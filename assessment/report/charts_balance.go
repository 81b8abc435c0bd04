package report

import "plumbline/assessment"

const balanceHeight = 9.0

// balance draws both pulls of a tradeoff as arrows away from a plumb line in the middle; dashes are what open answers
// can still add. It is grey on purpose: no side is right. y is the upper edge.
func balance(c *canvas, x, y, w float64, pulls [2]assessment.Range) {
	middle, axis := x+w/2, y+4
	c.line(x, axis, x+w, axis, 0.12, hair)
	arrow(c, middle, axis, -w/2, pulls[0])
	arrow(c, middle, axis, w/2, pulls[1])
	plumb(c, middle, y, y+5.6, 2.2)
}

// arrow draws one pull; reach is the signed length of 100.
func arrow(c *canvas, x, y, reach float64, pull assessment.Range) {
	if !pull.Applicable {
		return
	}
	sign := 1.0
	if reach < 0 {
		sign = -1
	}
	low, high := x+reach*pull.Low/100, x+reach*pull.High/100
	if pull.Open() {
		c.dashed(0.8, 0.8, func() { c.line(low, y, high, y, 0.35, inkSecond) })
		c.line(high, y-1.1, high, y+1.1, 0.35, inkSecond)
	}
	if pull.Low <= 0 {
		return
	}
	const head = 2.4
	tip := low
	neck := tip - sign*min(head, (tip-x)*sign)
	c.bar(min(x, neck), y-0.6, max(neck, x)-min(x, neck), 1.2, inkSecond)
	c.shape(inkSecond, point{neck, y - 1.7}, point{neck, y + 1.7}, point{tip, y})
}
