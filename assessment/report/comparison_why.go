package report

import (
	"slices"

	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// largestParts is how many practices the sum names one by one; the lists of practices have them all.
const largestParts = 12

func (c *change) whyParts() []string {
	parts := []string{c.Say("The whole change, part by part", "The whole difference, part by part")}
	if c.Tailored() {
		parts = append(parts, c.ScopeTitle())
	}
	if len(c.Practices) > 0 {
		parts = append(parts, "The largest parts")
	}
	return parts
}

// drawWhy shows the complete sum as a waterfall, then the practices with the largest parts.
func drawWhy(d *document, c *change) {
	d.lead(c.Say("The change", "The difference") + " in the confirmed overall score, split completely: first what the questionnaire, the priorities and the applicability " +
		c.Say("did", "do") + " to the same answers, then what the practices of each pillar " + c.Say("contributed", "contribute") + ".")
	d.part("", 60)
	d.paragraph(left, measure, styleSecond, c.Sum())
	d.y += 3
	d.waterfall(c)
	d.y += 2
	d.paragraph(left, measure, styleMeta, "Points of the overall score, rounded so that they add up exactly. "+clean(c.Bars())+" The CSV of this comparison has full precision.")
	if c.Tailored() {
		drawScopeShifts(d, c)
	}
	if len(c.Practices) == 0 {
		return
	}
	shown := c.Largest(largestParts)
	note := words.Plural(len(shown), "practice", "practices")
	if len(shown) < len(c.Practices) {
		note = words.Of(len(shown), len(c.Practices)) + " practices; the rest are under Practices"
	}
	d.part(note, 40)
	d.partsTable(c, shown)
}

// waterfall draws one row a step; the bars hang together over the rows.
func (d *document) waterfall(c *change) {
	var falls []fallStep
	running := tenths(c.Before.Overall.Low)
	falls = append(falls, fallStep{name: clean(c.Side(c.Before)), note: words.Day(c.Before.TakenAt.UTC()), to: running, total: true, points: words.Tenths(running)})
	most := running
	for _, p := range c.Parts {
		falls = append(falls, fallStep{name: p.Title, note: p.Note, from: running, to: running + p.Shown, points: words.Signed(p.Shown, 1)})
		running += p.Shown
		most = max(most, running)
	}
	falls = append(falls, fallStep{name: clean(c.Side(c.After)), note: words.Day(c.After.TakenAt.UTC()), to: tenths(c.After.Overall.Low), total: true, points: words.Tenths(c.After.Overall.Low)})
	limit := max(most*1.04, 1)
	const names = 66.0
	for i, s := range falls {
		st := styleBody
		if s.total {
			st = styleStrong
		}
		lines := slices.Concat(d.fewLines(st, s.name, names-columnGap, 3), d.fewLines(styleMeta, s.note, names-columnGap, 6))
		h := heightOf(lines) + 2.4
		if d.y+h > bottom {
			d.next()
		}
		if s.total {
			d.rule(0.1, edge)
		}
		y := d.y + 1.2
		for _, l := range lines {
			d.write(left, y, names-columnGap, l)
			y += l.height()
		}
		middle := d.y + h/2
		fallBar(d.canvas, left+names, middle, measure-names-18, limit, h, s, i > 0, i < len(falls)-1)
		d.textRight(right, middle+st.size*millimetresPerPoint*0.36, st, s.points)
		d.y += h
	}
	d.rule(0.1, edge)
}

// partsTable lists practices with what each did to the score.
func (d *document) partsTable(c *change, practices []story.PracticeShift) {
	most := 0.0
	for _, p := range practices {
		most = max(most, p.Part, -p.Part)
	}
	t := &table{flow: d.flow, columns: []column{
		{title: "Practice", width: measure - 26 - 28 - 24 - 12}, {title: "Before", width: 26}, {title: "After", width: 28}, {title: "", width: 24}, {title: "Part", width: 12, number: true},
	}}
	for _, p := range practices {
		lines := t.lines(styleMetaInk, clean(p.Title), t.inner(0))
		lines = append(lines, t.lines(styleMeta, p.PillarTitle+" · "+p.ID, t.inner(0))...)
		bar := cell{chart: func(x, y, w float64) {
			if most == 0 || p.Part == 0 {
				return
			}
			middle, length := x+w/2, w/2*p.Part/most
			t.line(middle, y-2, middle, y+1.6, 0.12, edge)
			if length > 0 {
				t.bar(middle, y-1.3, max(length, 0.15), 2.2, good)
			} else {
				t.frame(middle+length, y-1.3, max(-length, 0.15), 2.2, 0.25, poor)
			}
		}}
		t.add(cell{lines: lines}, t.answerBefore(styleMetaInk, p), t.marked(2, styleMetaInk, statusMark(p.After)), bar, t.cell(4, styleMetaInk, words.Signed(p.Part, 2)))
	}
	t.draw()
}

// answerBefore is the cell of the earlier answer, in the second column.
func (t *table) answerBefore(s style, p story.PracticeShift) cell {
	if p.Fresh != "" {
		return cell{lines: []line{{style: styleMeta, text: p.Fresh}}}
	}
	return t.marked(1, s, statusMark(p.Before))
}
