package report

import (
	"slices"

	"plumbline/assessment"
)

const (
	rationaleLines = 4
	sidesGap       = 8.0 // between both sides of a tradeoff
	halfMeasure    = (measure - sidesGap) / 2
)

// drawSheets puts a sheet a tradeoff, to say whether it is live and to write down the decision.
func drawSheets(d *document, b *workbook) {
	d.lead("Two qualities that pull against each other. Check the conditions that the answers meet; if one is checked, decide. Neither side is right.")
	titles := practiceTitles(b.Questionnaire)
	for i := range b.Tradeoffs {
		follows := 0.0
		if i+1 < len(b.Tradeoffs) {
			follows = d.sheetHeight(&b.Tradeoffs[i+1], titles)
		}
		d.sheet(&b.Tradeoffs[i], titles, follows)
	}
}

// practiceTitles returns the statement of each practice.
func practiceTitles(q *assessment.Questionnaire) map[string]string {
	titles := map[string]string{}
	for practice := range q.Practices() {
		titles[practice.ID] = practice.Title
	}
	return titles
}

// sheetHeight returns how high the sheet of a tradeoff is with its title.
func (d *document) sheetHeight(t *assessment.Tradeoff, titles map[string]string) float64 {
	above := heightOf(d.optional(styleSecond, t.Summary, measure*0.82)) + heightOf(d.conditions(t)) + 24
	across := max(heightOf(d.side(t.Sides[0], titles)), heightOf(d.side(t.Sides[1], titles)))
	return above + across + d.formHeight(t)
}

// formHeight returns how high the form of a decision is.
func (d *document) formHeight(t *assessment.Tradeoff) float64 {
	return max(heightOf(d.choiceLines(t))+fieldStep+rationaleLines*lineStep, 3*boxStep)
}

// sheet draws one tradeoff over the whole measure, and under it the form of the decision, which stays in one piece.
func (d *document) sheet(t *assessment.Tradeoff, titles map[string]string, follows float64) {
	about := d.optional(styleSecond, t.Summary, measure*0.82)
	sides := [2][]line{d.side(t.Sides[0], titles), d.side(t.Sides[1], titles)}
	d.part(origin(t)+" · "+t.ID, min(d.sheetHeight(t, titles)-10, bottom-top-20))
	d.put(left, measure, about)
	d.y += 2
	d.facing(sides)
	d.y += 2.4
	d.put(left, measure, d.conditions(t))
	d.y += 2.4
	d.need(min(d.formHeight(t)+3, bottom-top))
	d.rule(0.1, hair)
	d.y += 1.6
	page := d.page()
	boxes := d.y + d.ticks(left, d.y-0.9, "Accept", "Mitigate", "Revisit")
	d.put(left+indent, wide, d.choiceLines(t))
	d.inlineFields([]string{"Owner", "Date", "Review date"})
	d.ruled(left+indent, wide, "Rationale", d.stretch(rationaleLines, 1, follows))
	if d.page() == page {
		d.y = max(d.y, boxes)
	}
	d.y += 5
}

// facing puts both sides of a tradeoff beside each other, under each other where they are too long for that.
func (d *document) facing(sides [2][]line) {
	height := max(heightOf(sides[0]), heightOf(sides[1]))
	if height > (bottom-top)/2 {
		d.put(left, halfMeasure, slices.Concat(sides[0], spaced(2, sides[1])))
		return
	}
	d.need(height)
	for i, lines := range sides {
		y := d.y
		for _, l := range lines {
			d.write(left+float64(i)*(halfMeasure+sidesGap), y, halfMeasure, l)
			y += l.height()
		}
	}
	d.y += height
}

// origin says where a tradeoff comes from.
func origin(t *assessment.Tradeoff) string {
	if t.Stated {
		return "stated in the source"
	}
	return "implied"
}

// side names one side of a tradeoff with its practices.
func (d *document) side(s assessment.Side, titles map[string]string) []line {
	lines := d.lines(styleStrong, clean(s.Label), halfMeasure)
	for _, id := range s.Practices {
		lines = append(lines, spaced(0.5, d.lines(styleMeta.in(inkSecond), id+"  "+clean(titles[id]), halfMeasure))...)
	}
	return lines
}

// conditions lists the signals of a tradeoff with boxes to tick.
func (d *document) conditions(t *assessment.Tradeoff) []line {
	if len(t.Signals) == 0 {
		return nil
	}
	lines := []line{{style: styleMeta, text: "Active if one of these is met"}}
	for _, s := range t.Signals {
		lines = append(lines, spaced(0.8, d.boxed(styleBody, clean(s.Says), measure))...)
		when := d.lines(styleMeta, "if "+inWords(s.When), measure-boxHang)
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
	lines = append(lines, line{style: styleMeta, text: "Mitigations", gap: 1})
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
