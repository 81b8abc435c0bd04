package report

import "plumbline/assessment"

// The columns of the pages to add up, from the left edge of the text.
const (
	tallyAnswers = 66.0 // the numbers to circle
	tallyAnswer  = 11.5 // width of each
	tallySum     = 118.0
	tallyWeights = 135.0
	tallyScore   = 152.0
	tallyRow     = 5.4
	tallyHead    = 7.6 // of a principle
)

func (b *workbook) tallyTitles() []string {
	titles := []string{"All pillars"}
	for i := range b.Pillars {
		titles = append(titles, clean(b.Pillars[i].Title))
	}
	return titles
}

// drawTally puts the pages on which scores are added up by hand: one for all pillars, then one a pillar.
func drawTally(d *document, b *workbook) {
	d.lead("One page a pillar. Circle the number under each answer, add up the circles of a question, divide by its weights, times 100. A question’s weights are printed; where a practice is not applicable strike them out, and write down what remains.")
	d.drawTotals(b)
	for i := range b.Pillars {
		d.next()
		d.part(b.Pillars[i].ID, 60)
		d.tally(&b.Pillars[i])
	}
}

// drawTotals is the page on which the pillars become the overall score.
func (d *document) drawTotals(b *workbook) {
	const row, scores, priorities, products = 10.0, 74.0, 104.0, 134.0
	d.part("", 60)
	for i, head := range []string{"Score", "× priority (usually 1)", "= product"} {
		d.text(left+[]float64{scores, priorities, products}[i], d.y+styleHead.baseline(), styleHead, head)
	}
	d.y += styleHead.height() + 1
	d.rule(0.15, edge)
	for i := range b.Pillars {
		d.need(row)
		d.y += row
		d.text(left, d.y-1.6, styleBody, d.clip(styleBody, b.Pillars[i].Title, scores-6))
		for _, x := range []float64{scores, priorities, products} {
			d.blank(left+x, d.y, 24)
		}
	}
	d.need(row + 30)
	d.y += row + 2
	d.text(left, d.y-1.6, styleStrong, "Overall: products ÷ priorities")
	d.blank(left+priorities, d.y, 24)
	d.blank(left+products, d.y, 24)
	d.y += 14
	d.y += row
	d.text(left, d.y-1.6, styleStrong, "Overall score")
	d.blank(left+products, d.y, 24)
	d.y += 16
	scale(d.canvas, left, d.y, measure, 2, b.Bands)
	bandNames(d.canvas, left, d.y+6, measure, b.Bands, assessment.Score{})
	d.y += 12
}

// tally puts the table of one pillar.
func (d *document) tally(pillar *assessment.Pillar) {
	d.tallyHeads()
	for i := range pillar.Principles {
		p := &pillar.Principles[i]
		first := tallyHead
		if len(p.Questions) > 0 {
			first += tallyHeight(&p.Questions[0])
		}
		d.tallyRoom(first)
		d.meanRow(styleStrong, clean(p.Title), p.Weight, meanOf(len(p.Questions), "question"))
		for k := range p.Questions {
			d.tallyQuestion(&p.Questions[k])
		}
	}
	d.tallyRoom(tallyHead + 4)
	d.rule(0.25, ink)
	d.y += 2
	d.meanRow(styleStrong, clean(pillar.Title), 1, meanOf(len(pillar.Principles), "principle"))
}

func meanOf(n int, what string) string {
	if n == 1 {
		return "its " + what
	}
	return "mean of " + number(n) + " " + what + "s"
}

// tallyRoom begins another page with the heads where h millimetres are too much for this one.
func (d *document) tallyRoom(h float64) {
	if d.y+h > bottom && d.y > top+20 {
		d.next()
		d.tallyHeads()
	}
}

func (d *document) tallyHeads() {
	base := d.y + styleHead.baseline()
	for i, head := range []string{"Not yet", "Partly", "Adopted", "N/a"} {
		d.textMid(left+tallyAnswers+(float64(i)+0.5)*tallyAnswer, base, styleHead, head)
	}
	d.text(left+tallySum, base, styleHead, "Circles")
	d.text(left+tallyWeights, base, styleHead, "÷ weights")
	d.text(left+tallyScore, base, styleHead, "= score")
	d.y += styleHead.height() + 1
	d.rule(0.15, edge)
}

// meanRow is a line with a title, and a field for the mean of what the level holds.
func (d *document) meanRow(s style, title string, weight float64, mean string) {
	d.y += tallyHead
	if weight != 1 {
		mean += ", weighs " + factor(weight)
	}
	room := tallyScore - 4 - d.width(styleMeta, mean) - 4
	d.text(left, d.y-1.8, s, d.clip(s, title, room))
	d.textRight(left+tallyScore-4, d.y-1.8, styleMeta, mean)
	d.blank(left+tallyScore, d.y-0.8, measure-tallyScore)
}

func tallyHeight(q *assessment.Question) float64 {
	return max(float64(len(q.Practices))*tallyRow, 8) + 0.6
}

// tallyQuestion puts the practices of a question with the numbers to circle, and the fields for its score.
func (d *document) tallyQuestion(q *assessment.Question) {
	d.tallyRoom(min(tallyHeight(q), bottom-top-20))
	d.rule(0.1, hair)
	y, sum := d.y, 0.0
	for i := range q.Practices {
		p := &q.Practices[i]
		if i > 0 {
			d.tallyRoom(tallyRow)
		}
		sum += p.Weight
		base := d.y + tallyRow/2 + styleBody.size*millimetresPerPoint*0.36
		d.text(left, base, styleMetaInk, d.clip(styleMetaInk, p.ID+"  "+p.Title, tallyAnswers-3))
		for k, n := range []string{"0", factor(p.Weight / 2), factor(p.Weight), "–"} {
			d.textMid(left+tallyAnswers+(float64(k)+0.5)*tallyAnswer, base, styleBody, n)
		}
		d.y += tallyRow
	}
	if d.y > y {
		d.y = max(d.y, y+8)
	}
	const gap = 3.0
	base := d.y - 1.2
	d.blank(left+tallySum, base, tallyWeights-tallySum-gap)
	d.text(left+tallyWeights, base-0.8, styleMeta, factor(sum))
	printed := d.width(styleMeta, factor(sum)) + 1
	d.blank(left+tallyWeights+printed, base, tallyScore-tallyWeights-gap-printed)
	d.blank(left+tallyScore, base, measure-tallyScore)
	if q.Weight != 1 {
		d.textRight(right, y+tallyRow/2, styleMeta, "weighs "+factor(q.Weight))
	}
	d.y += 0.6
}
