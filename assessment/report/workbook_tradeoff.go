package report

import (
	"slices"

	"plumbline/assessment"
)

const rationaleLines = 4

// drawSheets puts a sheet a tradeoff, to say whether it is live and to write down the decision.
func drawSheets(d *document, b *workbook) {
	d.lead("Two qualities that pull against each other. Tick the conditions that the answers fulfil; where one is ticked, decide. No side is right.")
	titles := practiceTitles(b.Questionnaire)
	for i := range b.Tradeoffs {
		d.sheet(&b.Tradeoffs[i], titles)
	}
}

// practiceTitles returns the statement of each practice.
func practiceTitles(q *assessment.Questionnaire) map[string]string {
	titles := map[string]string{}
	for _, pillar := range q.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				for _, p := range question.Practices {
					titles[p.ID] = p.Title
				}
			}
		}
	}
	return titles
}

func (d *document) sheet(t *assessment.Tradeoff, titles map[string]string) {
	about := d.optional(styleSecond, t.Summary, wide)
	const half = wide/2 - 3
	sides := [2][]line{d.side(t.Sides[0], half, titles), d.side(t.Sides[1], half, titles)}
	across := max(heightOf(sides[0]), heightOf(sides[1]))
	conditions := d.conditions(t)
	decide := d.choiceLines(t)
	form := max(heightOf(decide)+2*fieldStep+rationaleLines*lineStep, 3*boxStep)
	d.part(t.ID, min(heightOf(about)+across+heightOf(conditions)+form+12, bottom-top-20))

	page, y := d.page(), d.y
	for _, l := range d.origins(t) {
		d.write(left, y, label, l)
		y += l.height()
	}
	d.put(left+indent, wide, about)
	d.y += 2
	if across < 90 {
		d.need(across)
		for i, lines := range sides {
			at := d.y
			for _, l := range lines {
				d.write(left+indent+float64(i)*(half+6), at, half, l)
				at += l.height()
			}
		}
		d.y += across
	} else {
		d.put(left+indent, wide, slices.Concat(sides[0], spaced(2, sides[1])))
	}
	d.y += 2
	d.put(left+indent, wide, conditions)
	d.y += 3
	if d.page() == page {
		d.y = max(d.y, y)
	}
	d.need(min(form, bottom-top))
	boxes := d.y + d.ticks(left, d.y-0.9, "Accept", "Mitigate", "Revisit")
	page = d.page()
	d.put(left+indent, wide, decide)
	d.inlineFields([]string{"Owner", "Date", "Look again on"})
	d.ruled(left+indent, wide, "Rationale", rationaleLines)
	if d.page() == page {
		d.y = max(d.y, boxes)
	}
	d.y += 4
}

// origins is the narrow column of a sheet.
func (d *document) origins(t *assessment.Tradeoff) []line {
	if t.Stated {
		return d.lines(styleMeta, "The source states it", label)
	}
	return d.lines(styleMeta, "Follows from what the source asks", label)
}

// side names one side of a tradeoff with its practices.
func (d *document) side(s assessment.Side, width float64, titles map[string]string) []line {
	lines := d.lines(styleStrong, clean(s.Label), width)
	for _, id := range s.Practices {
		lines = append(lines, spaced(0.5, d.lines(styleMeta.in(inkSecond), id+"  "+clean(titles[id]), width))...)
	}
	return lines
}

// conditions lists the signals of a tradeoff with boxes to tick.
func (d *document) conditions(t *assessment.Tradeoff) []line {
	if len(t.Signals) == 0 {
		return nil
	}
	lines := []line{{style: styleMeta, text: "Live, where one of these holds"}}
	for _, s := range t.Signals {
		lines = append(lines, spaced(0.8, d.boxed(styleBody, clean(s.Says), wide))...)
		when := d.lines(styleMeta, "where "+inWords(s.When), wide-boxHang)
		for i := range when {
			when[i].dx = boxHang
		}
		lines = append(lines, when...)
	}
	return lines
}

// choiceLines is the question to decide and the ways to soften the tradeoff.
func (d *document) choiceLines(t *assessment.Tradeoff) []line {
	lines := d.optional(styleStrong, t.Decide, wide)
	if len(t.Mitigations) == 0 {
		return lines
	}
	lines = append(lines, line{style: styleMeta, text: "What would soften it", gap: 1})
	for _, m := range t.Mitigations {
		lines = append(lines, spaced(0.8, d.boxed(styleBody, clean(m), wide))...)
	}
	return lines
}

// inlineFields puts fields to fill in side by side over the wide column.
func (d *document) inlineFields(names []string) {
	const gap = 4.0
	d.y += fieldStep
	width := (wide - gap*float64(len(names)-1)) / float64(len(names))
	for i, name := range names {
		x := left + indent + float64(i)*(width+gap)
		d.text(x, d.y-0.9, styleMeta, name)
		inset := d.width(styleMeta, name) + 2
		d.blank(x+inset, d.y, width-inset)
	}
}
