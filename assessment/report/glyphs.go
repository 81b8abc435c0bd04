package report

import (
	"math"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// glyph draws a sign in the square of side s whose upper left corner is at x, y.
type glyph func(c *canvas, x, y, s float64)

// mark is a sign with its word: nothing is said by colour alone.
type mark struct {
	glyph  glyph
	word   string
	colour colour // of the sign
}

// grid turns coordinates on a 12 × 12 grid into points on the page.
func grid(x, y, s float64, at ...float64) []point {
	points := make([]point, 0, len(at)/2)
	for i := 0; i+1 < len(at); i += 2 {
		points = append(points, point{x + at[i]*s/12, y + at[i+1]*s/12})
	}
	return points
}

const hairline = 0.09 // of the pen, in parts of the sign

func filled(fill colour, at ...float64) glyph {
	return func(c *canvas, x, y, s float64) { c.shape(fill, grid(x, y, s, at...)...) }
}

func outlined(stroke colour, at ...float64) glyph {
	return func(c *canvas, x, y, s float64) { c.outline(s*hairline, stroke, grid(x, y, s, at...)...) }
}

func open(stroke colour, at ...float64) glyph {
	return func(c *canvas, x, y, s float64) { c.polyline(s*hairline, stroke, grid(x, y, s, at...)...) }
}

func circle(stroke colour) glyph {
	return func(c *canvas, x, y, s float64) { c.ring(x+s/2, y+s/2, s*0.4, s*hairline, stroke) }
}

func both(glyphs ...glyph) glyph {
	return func(c *canvas, x, y, s float64) {
		for _, g := range glyphs {
			g(c, x, y, s)
		}
	}
}

func statusMark(status assessment.Status) mark {
	switch status {
	case assessment.Adopted:
		return mark{func(c *canvas, x, y, s float64) { c.disc(x+s/2, y+s/2, s*0.45, good) }, words.Status(status), good}
	case assessment.Partial:
		return mark{both(circle(fair), halfDisc), words.Status(status), fair}
	case assessment.Absent:
		return mark{circle(poor), words.Status(status), poor}
	case assessment.NotApplicable, assessment.OutOfScope:
		return mark{open(inkThird, 1.5, 6, 10.5, 6), words.Status(status), inkThird}
	}
	return mark{dotted, words.Status(status), inkThird}
}

func halfDisc(c *canvas, x, y, s float64) {
	const steps = 16
	points := make([]point, 0, steps+1)
	for i := range steps + 1 {
		a := math.Pi/2 + math.Pi*float64(i)/steps
		points = append(points, point{x + s/2 + s*0.4*math.Cos(a), y + s/2 - s*0.4*math.Sin(a)})
	}
	c.shape(fair, points...)
}

func dotted(c *canvas, x, y, s float64) {
	const dots = 8
	for i := range dots {
		a := 2 * math.Pi * float64(i) / dots
		c.disc(x+s/2+s*0.4*math.Cos(a), y+s/2+s*0.4*math.Sin(a), s*0.065, inkThird)
	}
}

func levelMark(level assessment.Level) mark { return levelSign(level, poor, fair, inkThird) }

// levelInk is the sign of a level for black and white paper.
func levelInk(level assessment.Level) mark { return levelSign(level, ink, ink, ink) }

func levelSign(level assessment.Level, high, medium, other colour) mark {
	switch level {
	case assessment.High:
		return mark{filled(high, 6, 0.8, 11.8, 11.2, 0.2, 11.2), words.Level(level), high}
	case assessment.Medium:
		return mark{filled(medium, 6, 0.5, 11.5, 6, 6, 11.5, 0.5, 6), words.Level(level), medium}
	case assessment.Low:
		return mark{outlined(other, 1.5, 2.5, 10.5, 2.5, 6, 10), words.Level(level), other}
	case assessment.None:
		return mark{open(other, 1.5, 6, 10.5, 6), words.Level(level), other}
	}
	return mark{dotted, words.Level(level), other}
}

// effortInk is the sign of an effort for black and white paper: one, two or three steps.
func effortInk(e assessment.Effort) mark {
	reached := 1
	switch e {
	case assessment.EffortM:
		reached = 2
	case assessment.EffortL:
		reached = 3
	}
	return mark{steps(reached, 3, ink), words.Effort(e), ink}
}

// bandMark shows a band as a step among all bands of the questionnaire: as many filled steps as it is high.
func bandMark(bands []assessment.Band, id string) mark {
	for i, b := range bands {
		if b.ID == id {
			c := bandColour(i, len(bands))
			return mark{steps(i+1, len(bands), c), b.Title, c}
		}
	}
	return mark{open(inkThird, 1.5, 6, 10.5, 6), words.Status(assessment.NotApplicable), inkThird}
}

func bandColour(i, n int) colour {
	switch {
	case n > 1 && i == 0:
		return poor
	case n > 1 && i == n-1:
		return good
	}
	return fair
}

func steps(reached, n int, fill colour) glyph {
	return func(c *canvas, x, y, s float64) {
		w := s / (1.3*float64(n) - 0.3)
		for i := range n {
			h := s * float64(i+1) / float64(n)
			shade := colour{0xcf, 0xcf, 0xca}
			if i < reached {
				shade = fill
			}
			c.bar(x+float64(i)*w*1.3, y+s-h, w, h, shade)
		}
	}
}

func stateMark(state assessment.TradeoffState) mark {
	switch state {
	case assessment.Live:
		return mark{both(filled(ink, 5, 1, 5, 11, 0, 6), filled(ink, 7, 1, 7, 11, 12, 6)), words.State(state), ink}
	case assessment.Possible:
		return mark{both(outlined(inkSecond, 4.5, 2, 4.5, 10, 0.6, 6), outlined(inkSecond, 7.5, 2, 7.5, 10, 11.4, 6)), words.State(state), inkSecond}
	}
	return mark{open(inkThird, 6, 1, 6, 11), words.State(state), inkThird}
}

// tradeoffMark is the sign of a tradeoff: a blind spot has one arrow and the outline of the other.
func tradeoffMark(t *story.Tradeoff) mark {
	m := stateMark(t.Now.State)
	switch {
	case t.Now.NotApplicable:
		m = statusMark(assessment.NotApplicable)
	case t.Kind() == assessment.BlindSpot:
		m = blindMark()
	}
	m.word = t.State()
	return m
}

func tensionMark() mark {
	m := stateMark(assessment.Live)
	m.word = words.Kind(assessment.Tension)
	return m
}

func blindMark() mark {
	return mark{both(filled(ink, 5, 1, 5, 11, 0, 6), outlined(ink, 7.5, 2, 7.5, 10, 11.2, 6)), words.Kind(assessment.BlindSpot), ink}
}

func choiceMark(choice assessment.Choice) mark {
	switch choice {
	case assessment.Accept:
		return mark{open(ink, 1.2, 6.5, 4.4, 9.8, 10.8, 2.2), words.Choice(choice), ink}
	case assessment.Mitigate:
		return mark{both(open(ink, 6, 1, 6, 11), open(ink, 1, 6, 11, 6)), words.Choice(choice), ink}
	case assessment.Revisit:
		return mark{turning(ink), words.Choice(choice), ink}
	}
	return mark{open(inkThird, 1.5, 6, 10.5, 6), words.Choice(choice), inkThird}
}

func warnMark(word string) mark {
	return mark{both(outlined(fair, 6, 1.2, 11.2, 11, 0.8, 11), open(fair, 6, 4.4, 6, 7.6),
		func(c *canvas, x, y, s float64) { c.disc(x+s/2, y+s*9.2/12, s*0.055, fair) }), word, fair}
}

func turning(stroke colour) glyph {
	return func(c *canvas, x, y, s float64) {
		const steps = 24
		points := make([]point, 0, steps+1)
		for i := range steps + 1 {
			a := -math.Pi/3 - 1.65*math.Pi*float64(i)/steps
			points = append(points, point{x + s/2 + s*0.38*math.Cos(a), y + s/2 + s*0.38*math.Sin(a)})
		}
		c.polyline(s*hairline, stroke, points...)
		c.polyline(s*hairline, stroke, grid(x, y, s, 8.2, -0.6, 8.4, 2.3, 5.4, 2.6)...)
	}
}
