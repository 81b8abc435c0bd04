package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// The columns of the pages to add up, from the left edge of the text.
const (
	tallyAnswers = 66.0 // the numbers to circle
	tallyAnswer  = 11.5 // width of each
	tallySum     = 118.0
	tallyWeights = 135.0
	tallyScore   = 152.0
	tallyHead    = 7.0 // height of the title of a principle
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
	d.lead("One page per pillar. Circle the number under each answer, add up the circled numbers of a question, divide by its weights and multiply by 100. If a practice is not applicable, cross out the printed sum of weights and write down what remains.")
	d.drawTotals(b)
	for i := range b.Pillars {
		d.section = "Adding up: " + clean(b.Pillars[i].Title)
		d.next()
		d.part("", 60)
		d.tally(&b.Pillars[i])
	}
}

// drawTotals is the page on which the pillars become the overall score.
func (d *document) drawTotals(b *workbook) {
	const row, first, step, field = 9.0, 86.0, 28.0, 24.0
	d.part("", 60)
	for i, head := range []string{"Score", "× priority, usually 1", "= product"} {
		d.text(left+first+step*float64(i), d.y+styleHead.baseline(), styleHead, head)
	}
	d.y += styleHead.height() + 1
	d.rule(0.15, edge)
	line := func(s style, name string, from int) {
		d.need(row)
		d.y += row
		d.text(left, d.y-1.4, s, d.clip(s, name, first-4+step*float64(from)))
		for i := from; i < 3; i++ {
			d.blank(left+first+step*float64(i), d.y-0.6, field)
		}
	}
	for i := range b.Pillars {
		line(styleBody, b.Pillars[i].Title, 0)
	}
	d.y += 3
	d.rule(0.25, ink)
	line(styleStrong, "Sums", 1)
	line(styleStrong, "Overall score: the sum of the products ÷ the sum of the priorities", 2)
	d.y += 10
	d.profile(b)
}

// profile puts a scale a pillar, to mark the scores on.
func (d *document) profile(b *workbook) {
	const row = 8.5
	d.topic("Mark the scores")
	for i := range b.Pillars {
		d.need(row + 8)
		d.y += row
		d.text(left, d.y+1.1, styleBody, d.clip(styleBody, b.Pillars[i].Title, label+2))
		scale(d.canvas, left+indent, d.y, wide, 1.6, b.Bands)
	}
	d.need(row + 8)
	d.y += row
	d.text(left, d.y+1.1, styleStrong, "Overall")
	scale(d.canvas, left+indent, d.y, wide, 2.2, b.Bands)
	bandNames(d.canvas, left+indent, d.y+6, wide, b.Bands, assessment.Score{})
	d.y += 8
}

// tallySheet is the table of one pillar.
type tallySheet struct {
	*document
	row float64 // height of a practice
}

// tally puts the table of one pillar, its rows as high as lets it stay on one page.
func (d *document) tally(pillar *assessment.Pillar) {
	const lowest, highest = 4.6, 6.0
	practices := 0
	for _, p := range pillar.Principles {
		for _, q := range p.Questions {
			practices += len(q.Practices)
		}
	}
	room := bottom - d.y - 10 - float64(len(pillar.Principles)+1)*(tallyHead+0.6) - 2
	t := tallySheet{d, min(max(room/float64(max(practices, 1)), lowest), highest)}
	t.draw(pillar)
}

func (d *tallySheet) draw(pillar *assessment.Pillar) {
	d.heads()
	for i := range pillar.Principles {
		p := &pillar.Principles[i]
		first := tallyHead
		if len(p.Questions) > 0 {
			first += d.height(&p.Questions[0])
		}
		d.room(first)
		d.mean(clean(p.Title), p.Weight, len(p.Questions), "question")
		for k := range p.Questions {
			d.question(&p.Questions[k])
		}
	}
	d.room(tallyHead + 4)
	d.rule(0.25, ink)
	d.y += 2
	d.mean(clean(pillar.Title), 1, len(pillar.Principles), "principle")
}

// mean is a line with the title of a level, and a field for the mean of what it holds. The score of a single one is its
// mean already.
func (d *tallySheet) mean(title string, weight float64, parts int, what string) {
	d.y += tallyHead
	note := ""
	if weight != 1 {
		note = "counts " + words.Exact(weight) + " times"
	}
	if parts > 1 {
		note = strings.TrimPrefix(note+", mean of its "+words.Count(parts)+" "+what+"s", ", ")
		d.blank(left+tallyScore, d.y-0.8, measure-tallyScore)
	}
	room := tallyScore - 8 - d.width(styleMeta, note)
	d.text(left, d.y-1.8, styleStrong, d.clip(styleStrong, title, room))
	d.textRight(left+tallyScore-4, d.y-1.8, styleMeta, note)
}

// room begins another page with the heads where h millimetres are too much for this one.
func (d *tallySheet) room(h float64) {
	if d.y+h > bottom && d.y > top+20 {
		d.next()
		d.heads()
	}
}

func (d *tallySheet) heads() {
	base := d.y + styleHead.baseline()
	for i, head := range []string{words.Status(assessment.Absent), words.Status(assessment.Partial), words.Status(assessment.Adopted), words.None} {
		d.textMid(left+tallyAnswers+(float64(i)+0.5)*tallyAnswer, base, styleHead, head)
	}
	d.text(left+tallySum, base, styleHead, "Circles")
	d.text(left+tallyWeights, base, styleHead, "÷ weights")
	d.text(left+tallyScore, base, styleHead, "= score")
	d.y += styleHead.height() + 1
	d.rule(0.15, edge)
}

func (d *tallySheet) height(q *assessment.Question) float64 {
	return max(float64(len(q.Practices))*d.row, 8) + 0.6
}

// question puts the practices of a question with the numbers to circle, and the fields for its score.
func (d *tallySheet) question(q *assessment.Question) {
	d.room(min(d.height(q), bottom-top-20))
	d.rule(0.1, hair)
	y, sum := d.y, 0.0
	for i := range q.Practices {
		p := &q.Practices[i]
		if i > 0 {
			d.room(d.row)
		}
		sum += p.Weight
		base := d.y + d.row/2 + styleBody.size*millimetresPerPoint*0.36
		d.text(left, base, styleMetaInk, d.clip(styleMetaInk, p.ID+"  "+p.Title, tallyAnswers-3))
		for k, n := range []string{"0", words.Exact(p.Weight / 2), words.Exact(p.Weight), "–"} {
			d.textMid(left+tallyAnswers+(float64(k)+0.5)*tallyAnswer, base, styleBody, n)
		}
		d.y += d.row
	}
	if d.y > y {
		d.y = max(d.y, y+8)
	}
	const gap = 3.0
	base := d.y - 1.2
	d.blank(left+tallySum, base, tallyWeights-tallySum-gap)
	d.text(left+tallyWeights, base-0.8, styleMeta, words.Exact(sum))
	printed := d.width(styleMeta, words.Exact(sum)) + 1
	d.blank(left+tallyWeights+printed, base, tallyScore-tallyWeights-gap-printed)
	d.blank(left+tallyScore, base, measure-tallyScore)
	if q.Weight != 1 {
		d.textRight(right, y+d.row/2, styleMeta, "weighs "+words.Exact(q.Weight))
	}
	d.y += 0.6
}
