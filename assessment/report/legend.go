package report

import "plumbline/assessment"

// legend explains the signs and the charts, so that a printed report needs nothing else.
func legend(bands []assessment.Band) footing {
	return footing{58, func(d *document) {
		d.line(left, d.y, right, d.y, 0.35, ink)
		d.y += 3
		d.text(left, d.y+styleMinor.baseline(), styleMinor, "How to read it")
		d.y += styleMinor.height() + 2.5
		var steps []mark
		for _, b := range bands {
			steps = append(steps, bandMark(bands, b.ID))
		}
		column := measure / 4
		d.key(0, column, "Answers", []mark{statusMark(assessment.Adopted), statusMark(assessment.Partial),
			statusMark(assessment.Absent), statusMark(assessment.NotApplicable), statusMark(assessment.Unanswered)})
		d.key(1, column, "Risk and severity", []mark{levelMark(assessment.High), levelMark(assessment.Medium), levelMark(assessment.Low)})
		d.key(2, column, "Bands of the score", steps[:min(len(steps), 5)])
		d.key(3, column, "Tradeoffs", []mark{tensionMark(), blindMark(), stateMark(assessment.Possible), stateMark(assessment.Quiet)})
		d.y += 30
		open := assessment.Range{Low: 48, High: 91, Applicable: true}
		closed := assessment.Range{Low: 61, High: 61, Applicable: true}
		d.sample("48–91", open, bands, "Some practices are unanswered: filled is the confirmed score, hatched is what is still possible.")
		d.sample("61", closed, bands, "Everything is answered: the plumb line marks the final score. Gaps separate the bands.")
	}}
}

func (d *document) key(i int, width float64, title string, marks []mark) {
	x, y := left+float64(i)*width, d.y
	d.text(x, y+styleHead.baseline(), styleHead, title)
	y += styleHead.height() + 1
	for _, m := range marks {
		m.word = d.clip(styleMetaInk, m.word, width-8)
		d.write(x, y, width, markLine(styleMetaInk, m))
		y += 4.6
	}
}

func (d *document) sample(text string, r assessment.Range, bands []assessment.Band, says string) {
	rangeBar(d.canvas, left, d.y+2.2, 36, 2, r, bands)
	d.text(left+41, d.y+3.1, styleMetaInk, text)
	for i, l := range d.wrap(styleMeta, says, measure-56) {
		d.text(left+56, d.y+3.1+float64(i)*styleMeta.height(), styleMeta, l)
	}
	d.y += 9
}
