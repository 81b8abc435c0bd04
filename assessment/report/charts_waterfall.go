package report

// fallStep is one row of a waterfall: a total, or a part that leads from one running sum to the next.
type fallStep struct {
	name, note string
	from, to   float64 // running sum before and after; from is 0 for a total
	total      bool
	points     string
}

// fallBar draws one step on a scale from 0 to limit. Totals are grey, rises filled, falls outlined. up and down say
// whether a thin line joins it with the rows above and below.
func fallBar(c *canvas, x, y, w, limit, rowHeight float64, s fallStep, up, down bool) {
	const h = 3.4
	to := func(v float64) float64 { return x + w*v/limit }
	if up {
		join := to(s.from)
		if s.total {
			join = to(s.to)
		}
		c.line(join, y-rowHeight/2-h/2+0.2, join, y-h/2, 0.12, edge)
	}
	if down {
		c.line(to(s.to), y+h/2, to(s.to), y+rowHeight/2, 0.12, edge)
	}
	start, end := min(to(s.from), to(s.to)), max(to(s.from), to(s.to))
	width := max(end-start, 0.2)
	switch {
	case s.total:
		c.bar(to(0), y-h/2, max(to(s.to)-to(0), 0.2), h, inkSecond)
	case s.to > s.from:
		c.bar(start, y-h/2, width, h, good)
	case s.to < s.from:
		c.frame(start+0.15, y-h/2+0.15, max(width-0.3, 0.05), h-0.3, 0.3, poor)
	default:
		c.line(start, y-h/2, start, y+h/2, 0.25, edge)
	}
}
