package report

import "plumbline/assessment/words"

const (
	entryHeight   = 7.6
	subHeight     = 4.7
	contentsStart = top + 16
)

// footing is what stands at the foot of the contents.
type footing struct {
	height float64
	draw   func(*document)
}

// reserveContents adds the pages that the contents need, and returns the number of the first.
func (d *document) reserveContents(foot footing) int {
	d.section = "Contents"
	d.next()
	d.bookmark("Contents", 0, 0)
	first := d.page()
	for range d.contentsPages(foot) - 1 {
		d.next()
	}
	return first
}

func (e entry) height() float64 {
	if e.level == 0 {
		return entryHeight
	}
	return subHeight
}

// entryRoom returns the height that an entry needs: a chapter does not stand at the foot of a page without a part.
func (d *document) entryRoom(i int) float64 {
	h := d.entries[i].height()
	if d.entries[i].level == 0 && i+1 < len(d.entries) && d.entries[i+1].level == 1 {
		h += d.entries[i+1].height()
	}
	return h
}

func (d *document) contentsPages(foot footing) int {
	pages, y := 1, contentsStart
	for i, e := range d.entries {
		if y+d.entryRoom(i) > bottom {
			pages, y = pages+1, top
		}
		y += e.height()
	}
	if y+foot.height > bottom {
		pages++
	}
	return pages
}

// fillContents writes the contents on the pages kept for them, now that it is known where everything is. The footing
// stands on the last one.
func (d *document) fillContents(page int, foot footing) {
	d.turnTo(page)
	d.line(left, top, right, top, 0.35, ink)
	d.text(left, top+5+styleTitle.baseline(), styleTitle, "Contents")
	d.y = contentsStart
	for i, e := range d.entries {
		if d.y+d.entryRoom(i) > bottom {
			page++
			d.turnTo(page)
			d.y = top
		}
		d.contentsLine(e, i > 0)
		d.y += e.height()
	}
	if foot.draw == nil {
		return
	}
	if d.y+foot.height > bottom {
		d.turnTo(page + 1)
	}
	d.y = bottom - foot.height
	foot.draw(d)
}

func (d *document) contentsLine(e entry, ruled bool) {
	s, x := styleSecond, left+8
	base := d.y + subHeight - 1.6
	if e.level == 0 {
		s, x = styleMinor, left
		base = d.y + entryHeight - 2.6
		if ruled {
			d.line(left, d.y+1.2, right, d.y+1.2, 0.1, hair)
		}
	}
	d.text(x, base, s, d.clip(s, e.title, right-14-x))
	d.textRight(right, base, style{regular, s.size, s.colour, s.leading}, words.Count(e.page))
	d.link(left, base-4, measure, e.height(), e.to)
}
